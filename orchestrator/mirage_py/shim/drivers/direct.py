"""Files of the host."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from stat import S_ISDIR, S_ISREG


def status(path: str) -> tuple[int, int, int]:
    """0 for a file, 1 for a directory and 2 for what is neither; its size; when it was modified."""
    found = Path(path).stat()
    kind = 0 if S_ISREG(found.st_mode) else 1 if S_ISDIR(found.st_mode) else 2
    return kind, found.st_size, found.st_mtime_ns


def list(path: str, room: bytearray) -> int:
    """The names in a directory, each ended by a zero byte: how many bytes they take."""
    names = b"".join(os.fsencode(one.name) + b"\0" for one in Path(path).iterdir())
    if len(names) > len(room):
        raise OSError(errno.ERANGE, path)
    room[: len(names)] = names
    return len(names)


def read(path: str, offset: int, buffer: bytearray) -> int:
    """Fill `buffer` with what a file has from `offset` on."""
    with Path(path).open("rb", buffering=0) as file:
        file.seek(offset)
        return file.readinto(buffer)


def write(path: str, data: bytes) -> None:
    """Make a file of these bytes, on the disk."""
    with Path(path).open("wb", buffering=0) as file:
        file.write(data)
        os.fsync(file.fileno())


def patch(path: str, offset: int, data: bytes) -> None:
    """Write into a file that is there."""
    with Path(path).open("r+b", buffering=0) as file:
        file.seek(offset)
        file.write(data)
        os.fsync(file.fileno())


def rename(source: str, dest: str) -> None:
    """Give a file or directory another path."""
    Path(source).replace(dest)


def mkdir(path: str) -> None:
    """Make a directory."""
    Path(path).mkdir()


def remove(path: str, directory: bool) -> None:
    """Remove a file, or an empty directory."""
    if directory:
        Path(path).rmdir()
    else:
        Path(path).unlink()


def sync(directory: str) -> None:
    """Let what a directory holds be on the disk."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
