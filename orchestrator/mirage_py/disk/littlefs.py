"""littlefs on a disk, by littlefs-python."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from mirage_py.disk import chamelon
from mirage_py.disk.errors import BadDisk, CannotBe, DoesNotFit, NoKey, NoLibrary
from mirage_py.support.files import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

MAGIC = b"littlefs"
CHAMELONS = 0x20000
"""The version of disks that MirageOS's chamelon makes."""
Geometry = tuple[int, int, int]
"""Version, size of a block, number of blocks."""
SIZES = [1 << bits for bits in range(7, 17)]
"""Bytes that a block may have."""
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


def geometry(disk: bytes) -> Geometry | None:
    """What the library finds on a disk: with the size of a block that its superblock says, wherever
    that was moved to."""
    littlefs = library()
    context = littlefs.UserContext(len(disk))
    context.buffer[:] = disk
    for size in SIZES:
        if 2 * size > len(disk):
            break
        # With no number of blocks, the superblock's is taken.
        files = littlefs.LittleFS(context=context, block_size=size, block_count=0, mount=False)
        try:
            files.mount()
            found = files.fs_stat()
        except littlefs.LittleFSError:
            continue
        return found.disk_version, found.block_size, found.block_count
    return None


def is_on(head: bytes) -> bool:
    """A superblock that is damaged still says what it is; one that was moved is found."""
    if any(head[at + 8 :].startswith(MAGIC) for at in (0, *SIZES)):
        return True
    try:
        return geometry(head) is not None
    except NoLibrary:
        return False


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
        raise BadDisk(path, "littlefs", "it has no superblock that can be read")
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
