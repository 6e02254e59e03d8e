"""Stores that are mounted: `os` and `open` work on them, so ordinary code runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.boot.test_stores import formatted, opened, sources
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


LEFT = """\
import gc
import os
import vfs
from mirage.block import Parts
from mirage.kv import files

class Failing(Parts):
    name, block_size, capacity = "failing", 512, 64 * 512
    error = None

    def __init__(self):
        self.data = bytearray(self.capacity)

    def _read_part(self, offset, buffer):
        buffer[:] = self.data[offset : offset + len(buffer)]

    def _write_part(self, offset, buffer):
        if self.error:
            raise self.error
        self.data[offset : offset + len(buffer)] = buffer

def left():
    for n in range(3000):
        open("/f%d" % (n % 7), "w").write("x%d" % n)
        for one in os.ilistdir("/"):
            break
        if n % 50 == 49:
            gc.collect()
    print(open("/f3").read(), sorted(os.listdir("/")), gc.mem_alloc() < 400_000)
    for n in range(300):
        open("/a", "a").write("y")
    print(os.stat("/a")[6])
    open("/old", "w").write("renamed")
    os.rename("/old", "/new")
    several = [open("/s%d" % n, "w") for n in range(40)]
    for n, file in enumerate(several):
        file.write(str(n))
    for file in several:
        file.close()
    print(open("/new").read(), "".join(open("/s%d" % n).read() for n in range(40)))

def failing():
    device = Failing()
    vfs.VfsLfs2.mkfs(device)
    system = vfs.VfsLfs2(device)
    for error in (ZeroDivisionError("in a device"), OSError(28), MemoryError(), OSError("text")):
        file = system.open("/f", "wb")
        device.error = error
        try:
            file.write(bytes(2000))
            file.close()
        except OSError as raised:
            print(raised.errno, end=" ")
        device.error = None
        del file
        gc.collect()
        list(bytearray(1000) for _ in range(100))
        with system.open("/g", "wb") as file:
            file.write(bytes(1000))
        print(system.stat("/g")[6], [one[0] for one in system.ilistdir("/")])

async def start(store):
    files.mount(store, "/")
    failing()
    left()
    kept = open("/kept", "w")
    kept.write("kept")
    open("/last", "w").write("last")
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


def test_files_that_nobody_closes(unikernels: Unikernels, tmp_path: Path) -> None:
    """They are written nevertheless, and the file system stays whole, whatever its device does."""
    files = with_files(sources(LEFT, kv_rw="chamelon(block_of_file())"))
    disk = formatted(tmp_path / "disk.img")
    ran = unikernels.build(files, "spt").run(f"--block:storage={disk}", mem=4)
    assert ran.status == 0, ran
    assert "ZeroDivisionError: in a device" in ran.lines
    assert [line for line in ran.lines if "Error" not in line and line[:1] not in " T"] == [
        *[f"{number} 1000 ['f', 'g']" for number in (5, 28, 12, 5)],
        "x2999 ['f0', 'f1', 'f2', 'f3', 'f4', 'f5', 'f6'] True",
        "300",
        "renamed " + "".join(map(str, range(40))),
    ], ran
    left = opened(disk)
    for name in ("kept", "last"):
        with left.open(f"/{name}", "r") as file:
            assert file.read() == name


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
