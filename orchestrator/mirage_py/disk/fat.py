"""A FAT file system on a disk, by mtools."""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path

from mirage_py.disk.errors import BadDisk, CannotBe, NoKey
from mirage_py.support import process
from mirage_py.support.errors import ToolFailed

HOW = "install mtools"
SECTOR = 512
KIND = "FAT file system"
HEAD = struct.Struct("<HBHBHHBHHHII")
"""From byte 11 on (bindings/fat)."""
FORBIDDEN = '"*:<>?\\|' + "".join(map(chr, (*range(32), 127)))
"""What no long name has (Microsoft's FAT specification, 7); mtools take some of it for patterns and
drives."""


def is_on(head: bytes) -> bool:
    return head[510:512] == b"\x55\xaa" and b"FAT" in head[54:90]


def run(*argv: str | Path) -> str:
    """Run one of the mtools."""
    return process.run([str(word) for word in argv], needed_for="for FAT disks", how=HOW)


def make(path: Path, size: int, block: int) -> None:
    if block != SECTOR:
        raise CannotBe(path, f"a FAT disk has blocks of {SECTOR} bytes")
    with path.open("wb") as file:
        file.truncate(size)
    run("mformat", "-i", path, "-T", str(size // SECTOR), "::")


def check(path: Path) -> None:
    """That a disk has all of its sectors, and that its tables are the same. Raises BadDisk."""
    disk = path.read_bytes()
    size, _, reserved, tables, _, small, _, length, *_, large = HEAD.unpack_from(disk, 11)
    length = length or int.from_bytes(disk[36:40], "little")
    if size * (small or large) > len(disk):
        raise BadDisk(path, KIND, f"it has {size * (small or large)} bytes, and {path} {len(disk)}")
    copies = {disk[at * size :][: length * size] for at in range(
        reserved, reserved + tables * length, max(1, length)
    )}  # fmt: skip
    if len(copies) != 1:
        raise BadDisk(path, KIND, "its tables differ")


def entries(path: Path) -> Iterator[tuple[str, int | None]]:
    check(path)
    with tempfile.TemporaryDirectory() as name:
        folder = copied(path, Path(name))
        for found in sorted(folder.rglob("*")):
            size = None if found.is_dir() else found.stat().st_size
            yield found.relative_to(folder).as_posix(), size


def copied(path: Path, to: Path) -> Path:
    """A folder with all that is on a disk."""
    try:
        run("mcopy", "-n", "-s", "-i", path, "::", to)
    except ToolFailed as error:
        last = error.output.strip().splitlines()[-1:] or ["it cannot be read"]
        raise BadDisk(path, KIND, last[0]) from None
    return to


def get(path: Path, key: str) -> bytes:
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "copy"
        try:
            run("mcopy", "-i", path, f"::{key}", copy)
        except ToolFailed:
            raise NoKey(path, key) from None
        return copy.read_bytes()


def put(path: Path, key: str, data: bytes) -> None:
    parts = key.split("/")
    for count in range(1, len(parts)):
        try:
            run("mmd", "-D", "s", "-i", path, "::" + "/".join(parts[:count]))
        except ToolFailed:
            continue  # it is there already, or the copy below fails
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "copy"
        copy.write_bytes(data)
        try:
            run("mcopy", "-o", "-i", path, copy, f"::{key}")
        except ToolFailed as error:
            last = error.output.strip().splitlines()[-1:] or [""]
            raise CannotBe(path, f"`{key}` cannot be written: {last[0]}") from None
