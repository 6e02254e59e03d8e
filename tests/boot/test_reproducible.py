"""The same sources give the same bytes: in another folder, from another cache, in another zone."""

from __future__ import annotations

import shutil
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


def files(built: Built) -> dict[str, bytes]:
    """What a build leaves in dist/, the image and its symbols: name -> content."""
    found = sorted(built.path.parent.glob(f"{built.path.name}*"))
    return {path.name: path.read_bytes() for path in found}


@pytest.mark.parametrize("target", TARGETS)
def test_another_folder(target: str, unikernels: Unikernels, tmp_path: Path) -> None:
    """Nothing of where a project lies is in its image, nor in what debuggers read."""
    one = unikernels.build(SOURCES, target, beside=TARGETS)
    other = Unikernels(tmp_path / "a" / "folder with a longer name").build(SOURCES, target)
    assert one.folder != other.folder
    assert files(one) == files(other)


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
    assert files(one) == files(other)
