"""Stores that are mounted: `os` and `open` work on them, so ordinary code runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.boot.test_stores import formatted, sources
from tests.support.unikernel import Unikernels

READ = """\
import os
from mirage.kv import files

def start(store):
    files.mount(store, "/")
    print(sorted(os.listdir("/")), os.stat("/sub/b")[6], os.getcwd())
    with open("/a.txt") as file:
        print(file.readline(), list(file))
    os.chdir("sub")
    with open("b", "rb") as file:
        file.seek(2)
        print(file.read(), os.listdir())
    for attempt in (lambda: open("/none"), lambda: open("/sub"), lambda: open("/new", "w")):
        try:
            attempt()
        except OSError as error:
            print(error.errno)
"""
WRITE = """\
import os
from mirage.kv import files

async def start(store):
    files.mount(store, "/")
    with open("/new.txt", "w") as file:
        file.write("first\\n")
        print("second", file=file)
    with open("/new.txt", "a") as file:
        file.write("third")
    print(await store.get("new.txt"), open("/new.txt").read().split())
    os.rename("/new.txt", "/old.txt")
    print(os.listdir("/"), os.stat("/old.txt")[6])
    os.remove("/old.txt")
    print(os.listdir("/"), await store.list())
"""

MISTAKES = """\
import uos as os
from mirage.kv import files

async def start(store):
    files.mount(store, "/")
    await store.set("v", b"value")
    await store.set("d/below", b"")
    for mode in ("q", "", "rw", "x", "xb", "w+"):
        try:
            open("/v", mode).close()
            print("opened", mode)
        except (OSError, ValueError) as error:
            print(mode, type(error).__name__, isinstance(error, OSError) and error.errno)
    with open("/made", "x") as file:
        file.write("once")
    print(await store.get("v"), await store.get("made"))
    for call, path in (
        (os.mkdir, "/d"), (os.mkdir, "/e"), (os.rmdir, "/d"), (os.rmdir, "/v"), (os.rmdir, "/none"),
        (os.remove, "/d"),
    ):
        try:
            call(path)
            print("done")
        except OSError as error:
            print(error.errno, end=" ")
    await store.remove("d/below")
    os.rmdir("/d")
    print(await store.list())
"""
READ_ONLY = """\
import os
from mirage.kv import files

def start(store):
    files.mount(store, "/")
    for call in (
        lambda: open("/a.txt", "w"), lambda: os.mkdir("/d"), lambda: os.rmdir("/d"),
        lambda: os.remove("/a.txt"), lambda: os.rename("/a.txt", "/b"),
    ):
        try:
            call()
        except OSError as error:
            print(error.errno)
"""


def with_files(made: dict[str, str]) -> dict[str, str]:
    made["config.py"] = made["config.py"].replace(")])", ')], features=["vfs"])')
    return made


def test_read(unikernels: Unikernels) -> None:
    files = with_files(sources(READ, kv_ro='crunch("www")'))
    files |= {"www/a.txt": "one\ntwo\n", "www/sub/b": "below"}
    ran = unikernels.build(files, "spt").run(mem=4)
    assert (ran.status, ran.lines) == (
        0,
        ["['a.txt', 'sub'] 5 /", "one", " ['two\\n']", "b'low' ['b']", "2", "21", "30"],
    ), ran


@pytest.mark.parametrize("device", ["kv_rw_mem()", "chamelon(block_of_file())"])
def test_write(device: str, unikernels: Unikernels, tmp_path: Path) -> None:
    image = unikernels.build(with_files(sources(WRITE, kv_rw=device)), "spt")
    disk = formatted(tmp_path / "disk.img")
    ran = image.run(*([f"--block:storage={disk}"] if "block" in device else []), mem=4)
    assert (ran.status, ran.lines) == (
        0,
        [
            "b'first\\nsecond\\nthird' ['first', 'second', 'third']",
            "['old.txt'] 18",
            "[] []",
        ],
    ), ran


def test_mistakes(unikernels: Unikernels) -> None:
    """What cannot be done is an error as of a file system, and changes nothing."""
    ran = unikernels.build(with_files(sources(MISTAKES, kv_rw="kv_rw_mem()")), "spt").run(mem=4)
    assert ran.status == 0, ran
    assert ran.lines == [
        "q ValueError False",
        " ValueError False",
        "rw ValueError False",
        "x AlreadyPresent 17",
        "xb AlreadyPresent 17",
        "w+ OSError 95",
        "b'value' b'once'",
        "17 1 39 20 2 21 [('made', 'value'), ('v', 'value')]",
    ], ran


def test_read_only(unikernels: Unikernels) -> None:
    files = with_files(sources(READ_ONLY, kv_ro='crunch("www")')) | {"www/a.txt": "one"}
    ran = unikernels.build(files, "spt").run(mem=4)
    assert (ran.status, ran.lines) == (0, ["30"] * 5), ran
