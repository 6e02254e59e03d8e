"""A tar archive on a disk, by the standard library."""

from __future__ import annotations

import io
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from mirage_py.disk.errors import BadDisk, CannotBe, DoesNotFit, NoKey
from mirage_py.support.files import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

UNIT = 512
KIND = "tar archive"
LONGEST = 100
"""The most bytes of a name in a ustar header; what is above it has 155 more."""


def is_on(head: bytes) -> bool:
    """A header's checksum tells, of ustar's as of those before it."""
    try:
        tarfile.TarInfo.frombuf(head[:UNIT], "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


def make(path: Path, size: int, block: int) -> None:
    """Nothing can be told of an archive with nothing in it."""
    raise CannotBe(
        path,
        f"an empty tar archive is a disk of {size} zeros, which is not told from any other",
        f"`truncate -s {size} {path}`, or `tar cf {path} FOLDER`",
    )


@contextmanager
def archive(path: Path) -> Iterator[tarfile.TarFile]:
    """The archive of a disk."""
    try:
        with tarfile.open(path, "r:") as opened:
            yield opened
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise BadDisk(path, KIND, str(error)) from None


def normal(name: str) -> str:
    """A member's name as a key."""
    return "/".join(part for part in name.split("/") if part not in ("", "."))


def entries(path: Path) -> Iterator[tuple[str, int | None]]:
    with archive(path) as opened:
        room = path.stat().st_size
        for member in opened:
            if member.isfile() and member.offset_data + member.size > room:
                raise BadDisk(path, KIND, f"`{normal(member.name)}` was truncated")
            if normal(member.name) and (member.isfile() or member.isdir()):
                yield normal(member.name), member.size if member.isfile() else None
        check_end(path, opened.offset)


def check_end(path: Path, offset: int) -> None:
    """That an archive ends where the library stops to read, which takes damage for an end."""
    with path.open("rb") as disk:
        disk.seek(offset)
        unit = disk.read(UNIT)
    if len(unit) < UNIT:
        raise BadDisk(path, KIND, "it has no end: it was truncated")
    if any(unit):
        raise BadDisk(path, KIND, f"the header at byte {offset}")


def get(path: Path, key: str) -> bytes:
    with archive(path) as opened:
        for member in opened:
            file = opened.extractfile(member) if member.isfile() else None
            if file and normal(member.name) == key:
                return file.read()
    raise NoKey(path, key)


def put(path: Path, key: str, data: bytes) -> None:
    """Append a member; the archive's disk keeps its size."""
    for name, size in entries(path):
        if name == key or name.startswith(f"{key}/"):
            raise CannotBe(path, f"`{key}` is there already, and a tar archive is only appended to")
        if size is not None and key.startswith(f"{name}/"):
            raise CannotBe(path, f"`{name}` is a file, and nothing can be below it")
    disk = io.BytesIO(path.read_bytes())
    room = len(disk.getvalue())
    with tarfile.open(fileobj=disk, mode="a", format=tarfile.USTAR_FORMAT) as opened:
        member = tarfile.TarInfo(key)
        member.size, member.mtime = len(data), int(time.time())
        try:
            opened.addfile(member, io.BytesIO(data))
        except ValueError as error:  # a key that ustar's two fields do not hold
            raise CannotBe(path, f"`{key}` cannot be written: {error}") from None
        end = opened.offset + 2 * UNIT
    if end > room:
        raise DoesNotFit(path, key)
    write_atomically(path, disk.getvalue()[:room], mode=path.stat().st_mode & 0o777)
