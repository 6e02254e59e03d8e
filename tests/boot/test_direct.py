"""Stores that are directories of the host."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.boot.test_stores import EXPECTED, TRIAL, sources
from tests.support.unikernel import Unikernels, mirage_py

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "device-usage" / "kv_ro"
WRITTEN = (
    TRIAL.replace("        store.name\n", "        store.unlimited\n")
    + """
async def start(store):
    await trial(store)
"""
)


def run(image: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """An image's run, started in `folder`."""
    return subprocess.run(
        [image, "--mem=4"], cwd=folder, check=False, capture_output=True, text=True, timeout=60
    )


def test_written(unikernels: Unikernels, tmp_path: Path) -> None:
    """The API's trial; what it leaves are ordinary files."""
    image = unikernels.build(sources(WRITTEN, kv_rw="direct_kv_rw('data')"), "unix").path
    data = tmp_path / "data"
    data.mkdir()
    os.mkfifo(data / "pipe")  # neither a value nor a dictionary, and nothing that is waited for
    ran = run(image, tmp_path)
    assert (ran.returncode, ran.stderr) == (0, ""), ran
    assert ran.stdout.splitlines() == EXPECTED
    assert sorted(path.name for path in data.iterdir()) == ["pipe", "z"]
    assert (data / "z").read_bytes() == b"Hello World!"


def test_no_directory(unikernels: Unikernels, tmp_path: Path) -> None:
    image = unikernels.build(sources(WRITTEN, kv_rw="direct_kv_rw('data')"), "unix").path
    ran = run(image, tmp_path)
    assert ran.returncode == 1
    assert "there is no directory `data` where this runs" in ran.stdout.splitlines()[-1], ran
    assert list(tmp_path.iterdir()) == []


def test_full(unikernels: Unikernels, tmp_path: Path) -> None:
    """What does not fit changes nothing."""
    program = """\
from mirage import kv

async def start(store):
    await store.set("a", b"old")
    try:
        await store.set("a", bytes(200000))
    except kv.NoSpace as error:
        print("full", error.args[1], await store.get("a"), await store.list())
"""
    image = unikernels.build(sources(program, kv_rw="direct_kv_rw('data')"), "unix").path
    (tmp_path / "data").mkdir()
    mounted = 'mount -t tmpfs -o size=64k none data && exec "$0" --mem=4'
    ran = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "sh", "-c", mounted, image],
        cwd=tmp_path, check=False, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert ran.returncode == 0, ran
    assert ran.stdout.splitlines() == ["full /a b'old' [('a', 'value')]"]


@pytest.mark.parametrize("key", [[], ["--kv_ro=direct"]])
def test_kv_ro(key: list[str], tmp_path: Path) -> None:
    """The example: a change of the file is seen at once in a directory of the host, and with the
    next build in an image's own."""
    folder = tmp_path / "kv_ro"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("_build", "dist"))
    built = mirage_py("-C", str(folder), "build", *key, timeout=600)
    assert built.status == 0, built
    image, right = folder / "dist" / "kv_ro.unix", "extremely secret vital storage confirmed!"
    assert right in run(image, folder).stdout
    (folder / "t" / "secret").write_text("bar\n")
    ran = run(image, folder)
    assert ("The secret provided does not match!" if key else right) in ran.stdout, ran
    (folder / "t" / "secret").unlink()
    ran = run(image, folder)
    missing = "Could not compare the secret against a known constant: NotFound"
    assert (missing if key else right) in ran.stdout, ran


def test_elsewhere(tmp_path: Path) -> None:
    """Other targets embed what is read, and refuse what is written when they are configured."""
    folder = tmp_path / "kv_ro"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("_build", "dist"))
    told = mirage_py("-C", str(folder), "describe", "-t", "spt", "--kv_ro=direct")
    assert "crunch" in told.console, told
    (folder / "config.py").write_text(
        (folder / "config.py").read_text().replace("generic_kv_ro", "direct_kv_rw")
        .replace("kv_ro >> job", "kv_rw >> job")
    )  # fmt: skip
    ran = mirage_py("-C", str(folder), "configure", "-t", "hvt")
    assert ran.status == 1
    assert "`direct_kv_rw` needs `files`, which target `hvt` does not provide" in ran.messages
    assert "config.py:5" in ran.messages
    assert "build with `-t unix`" in ran.messages
