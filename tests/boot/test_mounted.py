"""Stores that are mounted: `os` and `open` work on them, so ordinary code runs."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from pathlib import Path

import littlefs
import pytest

from tests.boot.test_stores import formatted, opened, sources
from tests.support.golden import Golden
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
import json
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
    with open("/j.json", "w") as file:
        json.dump(["é"], file)
    with open("/j.json") as file:
        print(json.load(file))
    try:
        open("/j.json", encoding="latin-1")
    except LookupError as error:
        print(error)
    os.remove("/j.json")
    print(os.listdir("/"), await store.list())
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
            "['é']",
            "encoding latin-1 needs CPython's io: import it",
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


PLACES = {
    "/memory": "kv_rw_mem()",
    "/direct": "direct_kv_rw('data')",
    "/littlefs": "chamelon(block_of_file('littlefs'))",
    "/tar": "tar_kv_rw(block_of_file('tar'))",
    "/crunch": "crunch('tree')",
    "/fat": "fat_ro(block_of_file('fat'))",
    "/tar-ro": "tar_kv_ro(block_of_file('tarro'))",
    "/docteur": "docteur('relativize://tree')",
}
WRITTEN = ("/memory", "/direct", "/littlefs", "/tar")


def disks(tree: Path, folder: Path) -> dict[str, Path]:
    """What is in `tree`, on disks."""
    for name in ("tar", "tarro"):
        with tarfile.open(folder / name, "w") as archive:
            archive.add(tree, ".")
        (folder / name).write_bytes((folder / name).read_bytes().ljust(64 << 10, b"\0"))
    made = littlefs.LittleFS(block_size=512, block_count=256)
    made.mkdir("/sub")
    for name in ("a", "sub/b"):
        with made.open(f"/{name}", "wb") as file:
            file.write((tree / name).read_bytes())
    (folder / "littlefs").write_bytes(made.context.buffer)
    (folder / "fat").write_bytes(bytes(1 << 20))
    for tool in (
        ["mkfs.vfat", "fat"],
        ["mcopy", "-s", "-i", "fat", tree / "a", tree / "sub", "::"],
    ):
        subprocess.run(tool, cwd=folder, check=True, capture_output=True)
    return {name: folder / name for name in ("tar", "tarro", "littlefs", "fat")}


def table(console: str) -> str:
    """A line for each operation: what it gave, and on which stores."""
    columns: dict[str, list[str]] = {}
    for line in console.splitlines():
        store, _, result = line.partition(" ")
        if store in PLACES:
            column = columns[store] = [f"mount again {result}"]
        elif not line.startswith("["):
            column.append(line)
    rows = []
    for row in zip(*columns.values(), strict=True):
        operations = {" ".join(cell.split(" ")[:2]) for cell in row}
        assert len(operations) == 1, row
        stores: dict[str, list[str]] = {}
        for store, cell in zip(columns, row, strict=True):
            stores.setdefault(cell.split(" ", 2)[2], []).append(store[1:])
        rows += [operations.pop(), *(f"    {what}: {' '.join(on)}" for what, on in stores.items())]
    return "\n".join(rows) + "\n"


def test_table(unikernels: Unikernels, tmp_path: Path, golden: Golden) -> None:
    """Each store and each operation: what can be done gives the same on all, and what cannot is an
    OSError with the number that a file system has."""
    if not (shutil.which("mkfs.vfat") and shutil.which("mcopy")):
        pytest.skip("mkfs.vfat or mcopy is missing: apt install dosfstools mtools")
    program = (Path(__file__).parent / "mounted" / "unikernel.py").read_text()
    program += f"\n\nPLACES = {list(PLACES)!r}\n"
    types = [
        ("kv_rw" if place in WRITTEN else "kv_ro") + "_" * at for at, place in enumerate(PLACES)
    ]
    files = sources(program, **dict(zip(types, PLACES.values(), strict=True)))
    files |= {"tree/a": "one\ntwo\n", "tree/sub/b": "below"}
    built = unikernels.build(with_files(files), "unix")
    shutil.copytree(built.folder / "tree", tmp_path / "data")
    attached = disks(built.folder / "tree", tmp_path)
    attached["docteur"] = built.folder / "dist" / "disk.img"
    ran = subprocess.run(
        [built.path, "--mem=8", *(f"--block:{name}={path}" for name, path in attached.items())],
        cwd=tmp_path, check=False, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert ran.returncode == 0, ran
    golden("boot/mounted.txt", table(ran.stdout))
    listed = subprocess.run(["tar", "tf", tmp_path / "tar"], check=True, capture_output=True)
    assert b"moved" in listed.stdout
