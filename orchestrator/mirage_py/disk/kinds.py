"""The formats that a disk can have: one module each, found by what is on the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from mirage_py.disk import docteur, fat, keys, littlefs, tar
from mirage_py.disk.errors import NoFormat


@dataclass(frozen=True)
class Kind:
    """A format. Keys are paths with single slashes between; each function may raise MirageError."""

    name: str
    is_on: Callable[[bytes], bool]
    """Whether a disk that holds this has the format."""
    make: Callable[[Path, int, int], None]
    """Makes a disk: file, size in bytes, size of a block."""
    entries: Callable[[Path], Iterable[tuple[str, int | None]]]
    """Every key with its size, None for a directory; all of the disk is read."""
    get: Callable[[Path, str], bytes]
    put: Callable[[Path, str, bytes], None]
    longest: int = 255
    """The most bytes of a name: LFS_NAME_MAX of littlefs, and what a FAT's long name has."""
    forbidden: str = ""
    """Characters that no name has."""

    def key(self, text: str) -> str:
        """A key as this format has it. Raises BadKey."""
        return keys.checked(text, self.longest, self.forbidden)


KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            "littlefs",
            littlefs.is_on, littlefs.make, littlefs.entries, littlefs.get, littlefs.put,
        ),
        Kind("tar", tar.is_on, tar.make, tar.entries, tar.get, tar.put, tar.LONGEST),
        Kind(
            "docteur",
            docteur.is_on, docteur.make, docteur.entries, docteur.get, docteur.put,
        ),
        Kind(
            "fat",
            fat.is_on, fat.make, fat.entries, fat.get, fat.put, forbidden=fat.FORBIDDEN,
        ),
    )
}  # fmt: skip


def opened(path: Path) -> Kind:
    """The format of a disk. Raises NoFormat, OSError."""
    head = path.read_bytes()
    for kind in KINDS.values():
        if kind.is_on(head):
            return kind
    raise NoFormat(path)
