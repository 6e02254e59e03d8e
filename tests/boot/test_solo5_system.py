"""`build --solo5 system`: our part of an image, linked with an official Solo5 that is installed."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from mirage_py import catalog
from mirage_py.catalog.solo5 import BEYOND_OURS, abis
from tests.support.hvt import Hvt
from tests.support.programs import ROOT
from tests.support.spt import Spt
from tests.support.tenders import run_tender
from tests.support.unikernel import Ran, mirage_py

TRIPLE = "x86_64-solo5-none-static"
WRAPPER = shutil.which(f"{TRIPLE}-cc")
ABIS = abis(Path(WRAPPER), TRIPLE) if WRAPPER else []
OURS = catalog.targets(ROOT)
DISK = 4096
CONFIG = """\
from mirage_py import *

app = main("unikernel.start", {type} >> job)
register("both", [app({devices})])
"""
UNIKERNEL = """\
import asyncio

# Both are zero at first: what lies behind the end of the image is not.
seen = []


async def start({names}):
    await asyncio.sleep(0.01)
    kept = [bytearray(1000) for _ in range(100)]
    assert all(not any(one) for one in kept)
    print("SUCCESS", {what})
"""


def project(folder: Path, *, block: bool) -> Path:
    """A unikernel, with a disk or without."""
    config = CONFIG.format(type="block", devices='block_of_file("storage")')
    if not block:
        config = CONFIG.replace("{type} >> ", "").format(devices="").replace("app()", "app")
    names, what = ("disk", "disk.capacity") if block else ("", "0")
    (folder / "config.py").write_text(config)
    (folder / "unikernel.py").write_text(UNIKERNEL.format(names=names, what=what))
    return folder


def build(folder: Path, target: str, which: str = "system") -> Ran:
    return mirage_py("-C", str(folder), "build", "-t", target, "--solo5", which, timeout=600)


def refused(ran: Ran) -> bool:
    """Whether it was said what to install."""
    told = f"`{TRIPLE}-cc` was not found" in ran.messages and "opam install" in ran.messages
    return ran.status == 1 and told


def test_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on most machines."""
    bare = [one for one in os.get_exec_path() if not Path(one, f"{TRIPLE}-cc").exists()]
    monkeypatch.setenv("PATH", os.pathsep.join(bare))
    assert refused(build(project(tmp_path, block=True), "spt"))
    assert not (tmp_path / "dist").exists()


@pytest.mark.parametrize("target", ABIS or ["spt"])
def test_image(target: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    """It is built for every target that the installed Solo5 has, and runs where it can be run."""
    block = "block" in (OURS[target].provides if target in OURS else BEYOND_OURS[target])
    project(tmp_path, block=block)
    ran = build(tmp_path, target)
    if WRAPPER is None:
        assert refused(ran)
        return
    assert ran.status == 0, ran
    image = tmp_path / "dist" / f"both.{target}"
    told = json.loads(mirage_py("inspect", "--json", str(image)).console)
    assert told["target"] == target
    assert told["devices"] == ([{"name": "storage", "kind": "block"}] if block else [])
    assert told["toolchain"]["solo5"] == f"official Solo5 ({TRIPLE}-cc)"
    assert told["archives"]["libmicropython.a"] > 10000
    if target in OURS:
        disk = tmp_path / "disk.img"
        disk.write_bytes(bytes(DISK))
        ran = run(image, disk, request)
        assert (ran.status, ran.lines[-2:]) == (
            0,
            [f"SUCCESS {DISK}", "Solo5: solo5_exit(0) called"],
        ), ran


def run(image: Path, disk: Path, request: pytest.FixtureRequest) -> Ran:
    """Run it; hvt in the machine that has a real KVM."""
    option = f"--block:storage={disk}"
    if OURS[image.suffix[1:]].needs_kvm:
        hvt: Hvt = request.getfixturevalue("mirage_hvt")
        return hvt.run(image, option, mem=4)
    if image.suffix == ".spt":
        tender: Spt = request.getfixturevalue("spt_tender")
        return run_tender(tender.tender, "--mem=4", option, "--", image)
    return mirage_py("run", "-q", "--mem=16", option, str(image))


def test_there_and_back(tmp_path: Path) -> None:
    """One project is linked this way and that; what was asked for last lies in dist/."""
    project(tmp_path, block=True)
    image = tmp_path / "dist" / "both.spt"
    contents = []
    for which in ("own", "system", "own", "system"):
        ran = build(tmp_path, "spt", which)
        if which == "system" and WRAPPER is None:
            assert refused(ran)
            assert image.read_bytes() == contents[0]
            return
        assert ran.status == 0, ran
        contents.append(image.read_bytes())
    assert contents[0] == contents[2] != contents[1] == contents[3]
    assert [path.name for path in (tmp_path / "_build").iterdir()] == ["spt"]
