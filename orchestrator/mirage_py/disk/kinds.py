"""The formats that a disk can have: one module each, found by what is on the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from mirage_py.disk import docteur, fat, keys, littlefs, tar
from mirage_py.disk.errors import IsDirectory, IsValue, NoFormat
from mirage_py.support.errors import MirageError
from mirage_py.support.files import write_atomically


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

    def value(self, path: Path, key: str) -> bytes:
        """The value of a key. Raises IsDirectory, NoKey, BadDisk."""
        try:
            return self.get(path, key)
        except (MirageError, OSError):
            self.check_place(path, key)
            raise

    def check_place(self, path: Path, key: str) -> None:
        """That a key can be that of a value. Raises IsDirectory, IsValue, BadDisk."""
        for name, size in self.entries(path):
            if name.startswith(f"{key}/") or (name == key and size is None):
                raise IsDirectory(path, key)
            if size is not None and key.startswith(f"{name}/"):
                raise IsValue(path, name)

    def put_all(self, path: Path, values: Iterable[tuple[str, Path]]) -> None:
        """Put files of the host under their keys: all of them, or none. Raises MirageError."""
        before, mode = path.read_bytes(), path.stat().st_mode & 0o777
        try:
            for key, value in values:
                self.check_place(path, key)
                self.put(path, key, value.read_bytes())
        except BaseException:
            write_atomically(path, before, mode=mode)
            raise


KINDS = {
    kind.name: kind
    for kind in (
        Kind("tar", tar.is_on, tar.make, tar.entries, tar.get, tar.put, tar.LONGEST),
        Kind(
            "docteur",
            docteur.is_on, docteur.make, docteur.entries, docteur.get, docteur.put,
        ),
        Kind(
            "fat",
            fat.is_on, fat.make, fat.entries, fat.get, fat.put, forbidden=fat.FORBIDDEN,
        ),
        Kind(
            "littlefs",
            littlefs.is_on, littlefs.make, littlefs.entries, littlefs.get, littlefs.put,
        ),
    )
}  # fmt: skip


def opened(path: Path) -> Kind:
    """The format of a disk. Raises NoFormat, OSError."""
    if path.is_dir():
        raise NoFormat(path)
    head = path.read_bytes()
    for kind in KINDS.values():
        if kind.is_on(head):
            return kind
    raise NoFormat(path)
