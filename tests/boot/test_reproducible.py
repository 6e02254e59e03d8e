"""The same sources give the same bytes: in another folder, from another cache, in another zone."""

from __future__ import annotations

import difflib
import hashlib
import itertools
import shutil
import subprocess
from pathlib import Path

import pytest

from mirage_py import catalog
from mirage_py.sources.cache import cache_dir
from tests.support.unikernel import Built, Unikernels

SOURCES = {
    "config.py": """\
from mirage_py import *
register("same", [main("unikernel.start", block >> job)(block_of_file("storage"))])
""",
    "unikernel.py": """\
import asyncio
import helper
from mirage import log


async def start(storage):
    log.info("{} {}".format(storage.capacity, helper.WORDS))
    await asyncio.sleep(0)
""",
    "helper.py": """\
WORDS = {"one": 1, "two": 2.5, "three": 3j, "four": b"4", "five": (5,), "six": 2**70}
""",
}
TARGETS = sorted(catalog.targets(catalog.share()))


READ = ["readelf", "--wide", "--section-headers", "--symbols", "--debug-dump=info,decodedline,loc"]
SHOWN = 40
"""Lines of the first difference."""


def files(built: Built) -> dict[str, Path]:
    """What a build leaves in dist/: the image and its symbols."""
    return {path.name: path for path in built.path.parent.glob(f"{built.path.name}*")}


def assert_same(one: Built, other: Built) -> None:
    """Both are the same bytes; if not, tell where they begin to differ."""
    ours, theirs = files(one), files(other)
    assert ours.keys() == theirs.keys()
    differ = [name for name in ours if sha256(ours[name]) != sha256(theirs[name])]
    said = "\n".join(difference(ours[name], theirs[name]) for name in differ[-1:])
    assert not differ, f"{differ} differ:\n{said}"


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def difference(one: Path, other: Path) -> str:
    """The first lines that differ of what readelf tells of two images."""
    told = [subprocess.run([*READ, path], check=False, capture_output=True, text=True).stdout
            for path in (one, other)]  # fmt: skip
    lines = difflib.unified_diff(*(text.splitlines() for text in told), n=0, lineterm="")
    return "\n".join(itertools.islice(lines, SHOWN))


@pytest.mark.parametrize("target", TARGETS)
def test_another_folder(target: str, unikernels: Unikernels, tmp_path: Path) -> None:
    """Nothing of where a project lies is in its image, nor in what debuggers read."""
    one = unikernels.build(SOURCES, target, beside=TARGETS)
    other = Unikernels(tmp_path / "a" / "folder with a longer name").build(SOURCES, target)
    assert one.folder != other.folder
    assert_same(one, other)


def test_another_cache(
    unikernels: Unikernels, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A runtime that was built in another place, by a user with other settings, is the same."""
    one = unikernels.build(SOURCES, "spt")
    cache = tmp_path / "another cache"
    shutil.copytree(cache_dir() / "archives", cache / "archives")
    monkeypatch.setenv("MIRAGE_PY_CACHE", str(cache))
    monkeypatch.setenv("TZ", "Pacific/Chatham")
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("PYTHONHASHSEED", "1")
    other = Unikernels(tmp_path).build(SOURCES, "spt")
    assert list((cache / "runtimes").iterdir()), "the runtime was not built anew"
    assert_same(one, other)
