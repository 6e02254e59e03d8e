"""littlefs on a disk, by littlefs-python."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mirage_py.disk import chamelon
from mirage_py.disk.errors import BadDisk, CannotBe, DoesNotFit, NoFormat, NoKey, NoLibrary
from mirage_py.support.files import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

MAGIC = b"littlefs"
CHAMELONS = 0x20000
"""The version of disks that MirageOS's chamelon makes."""
WORDS, PAIR = struct.Struct("<III"), struct.Struct("<II")
Geometry = tuple[int, int, int]
"""Version, size of a block, number of blocks."""
Pair = tuple[int, int]
NAME, INLINE, END, TAIL = 0x0FF, 0x201, 0x500, 0x600
"""Types of tags: a superblock's name, bytes in the directory, the end of a commit, what follows."""
PAIRS = 32
"""Those that are looked at for a superblock."""
LARGEST_BLOCK = 1 << 16
FULL, ABSENT = -28, -2
POINTERS, SPARE = 8, 6
"""Bytes of a file's block that are not the file's, two words on average; blocks for directories."""


def library() -> Any:
    """The module `littlefs`. Raises NoLibrary."""
    try:
        import littlefs  # noqa: PLC0415 - an extra
    except ImportError:
        raise NoLibrary("littlefs-python", "a littlefs") from None
    return littlefs


def entry(block: bytes) -> tuple[Geometry | None, list[Pair]]:
    """What the commits of a block say: the geometry if it is a superblock, and the pairs of blocks
    where the directory went on, the last one first (littlefs' SPEC.md: tags are big-endian, each
    XORed with the one before, and the end of a commit says what the first bit of the next is)."""
    tag, at, named = 0xFFFFFFFF, 4, False
    geometry: Geometry | None = None
    tails: list[Pair] = []
    while at + 16 <= len(block):
        tag ^= int.from_bytes(block[at : at + 4], "big")
        kind, size, body = tag >> 20, tag & 0x3FF, at + 4
        if kind & 0x800:
            break
        if kind == NAME:
            named = block[body : body + 8] == MAGIC
        elif kind == INLINE and named and geometry is None:
            geometry = WORDS.unpack_from(block, body)
        elif kind & 0x700 == TAIL:
            tails.insert(0, PAIR.unpack_from(block, body))
        elif kind & 0x7FE == END:
            tag ^= (kind & 1) << 31
        at = body + (0 if size == 0x3FF else size)
    return geometry, tails


def newest_first(disk: bytes, pair: Pair, size: int) -> list[tuple[int, bytes]]:
    """The blocks of a pair, by number, that of the later revision first."""
    blocks = [(one, disk[one * size :][:size]) for one in pair if (one + 1) * size <= len(disk)]
    if len(blocks) == 2:
        first, second = (int.from_bytes(block[:4], "little") for _, block in blocks)
        if (second - first) & 0xFFFFFFFF < 1 << 31:
            blocks.reverse()
    return blocks


def geometry(disk: bytes) -> Geometry | None:
    """Version, size and number of blocks. Blocks 0 and 1 say so, or where a superblock was moved
    from there, the pair that they lead to; where the later block was not written to its end, what
    the other one says."""
    size = 128
    while size <= LARGEST_BLOCK:
        waiting: list[Pair] = [(0, 1)]
        seen: set[Pair] = set()
        while waiting and len(seen) < PAIRS:
            seen.add(pair := waiting.pop(0))
            following: list[Pair] = []
            for number, block in newest_first(disk, pair, size):
                found, tails = entry(block)
                if found and (number == 0 or found[1] == size) and found[1] >= 128:
                    return found
                following += tails
            waiting = [one for one in following if one not in seen] + waiting
        size *= 2
    return None


def is_on(head: bytes) -> bool:
    return geometry(head) is not None


def make(path: Path, size: int, block: int) -> None:
    """A littlefs of disk version 2.1."""
    made = library().LittleFS(block_size=block, block_count=size // block)
    write_atomically(path, bytes(made.context.buffer))


def mounted(path: Path) -> Any:
    """The file system of a disk, in memory."""
    littlefs = library()
    data = path.read_bytes()
    found = geometry(data)
    if found is None:
        raise NoFormat(path)
    version, size, count = found
    if size * count > len(data):
        raise BadDisk(path, "littlefs", f"it has {size * count} bytes, and the disk {len(data)}")
    if version == CHAMELONS and chamelon.wrote(data, size, count):
        raise CannotBe(
            path,
            "chamelon wrote to it, in its own way, which littlefs would misread",
            hint="a unikernel with `chamelon(...)` reads it",
        )
    context = littlefs.UserContext(len(data))
    context.buffer[:] = data
    # Mounted by hand: the constructor would format what it cannot mount.
    files = littlefs.LittleFS(
        context=context, block_size=size, block_count=count, disk_version=version, mount=False
    )
    try:
        files.mount()
    except littlefs.LittleFSError as error:
        raise BadDisk(path, "littlefs", str(error)) from None
    return files


def entries(path: Path) -> Iterator[tuple[str, int | None]]:
    files = mounted(path)
    try:
        for folder, folders, names in files.walk("/"):
            for name in sorted([*folders, *names]):
                key = f"{folder.rstrip('/')}/{name}"
                size = None
                if name in names:
                    with files.open(key, "rb") as file:
                        size = len(file.read())
                yield key.lstrip("/"), size
    except library().LittleFSError as error:
        raise BadDisk(path, "littlefs", str(error)) from None


def get(path: Path, key: str) -> bytes:
    files = mounted(path)  # which an open file does not keep alive
    try:
        with files.open(f"/{key}", "rb") as file:
            return bytes(file.read())
    except (library().LittleFSError, OSError) as error:
        if getattr(error, "code", None) == ABSENT or isinstance(error, FileNotFoundError):
            raise NoKey(path, key) from None
        raise BadDisk(path, "littlefs", str(error)) from None


def put(path: Path, key: str, data: bytes) -> None:
    littlefs = library()
    files = mounted(path)
    if files.fs_stat().disk_version == 0x20000 and any(size is None for _, size in entries(path)):
        raise CannotBe(
            path,
            "a littlefs 2.0 with directories, which may be one that only chamelon can write",
            "copy what is in it to a disk that `mirage-py disk format` makes",
        )
    # Not left to the library, which ends the process when a file that did not fit is closed.
    size, count = files.cfg.block_size, files.cfg.block_count
    if len(data) // (size - POINTERS) + SPARE > count - files.used_block_count:
        raise DoesNotFit(path, key)
    try:
        if "/" in key:
            files.makedirs(f"/{key.rpartition('/')[0]}", exist_ok=True)
        with files.open(f"/{key}", "wb") as file:
            file.write(data)
    except littlefs.LittleFSError as error:
        if error.code == FULL:
            raise DoesNotFit(path, key) from None
        raise CannotBe(path, f"`{key}` cannot be written: {error}") from None
    write_atomically(path, bytes(files.context.buffer), mode=path.stat().st_mode & 0o777)
