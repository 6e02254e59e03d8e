"""Directories that are part of the image, read where they lie on the host."""

from __future__ import annotations

import errno

from mirage_py.shim import machine
from mirage_py.shim.disks import Entry


def directory(name: str) -> int:
    """The number of the directory of that name. OSError if there is none."""
    names = [tree.name for tree in machine.current.trees]
    if name not in names:
        raise OSError(errno.ENOENT, f"no directory `{name}`: `guest.crunch({name!r})` embeds it")
    return names.index(name)


def find(number: int, key: str) -> int:
    """The number of a key's entry, or -1."""
    return machine.current.trees[number].find(key)


def get(number: int, key: str) -> memoryview | None:
    """The bytes of a value; None if there is no value of that key."""
    found = find(number, key)
    if found < 0 or not is_value(number, found):
        return None
    return memoryview(entry(number, found).path.read_bytes())


def is_value(number: int, found: int) -> bool:
    """Whether an entry is a file."""
    return entry(number, found).path.is_file()


def size(number: int, found: int) -> int:
    """The bytes of a file; the entries of a directory."""
    one = entry(number, found)
    return one.path.stat().st_size if one.path.is_file() else one.count


def first(number: int, found: int) -> int:
    """The number of a directory's first entry; the others follow it."""
    return entry(number, found).first


def modified(number: int, found: int) -> int:
    """When it was last modified, in nanoseconds since 1970."""
    return entry(number, found).path.stat().st_mtime_ns


def name(number: int, found: int) -> str:
    """The last part of its path."""
    return entry(number, found).key.rpartition("/")[2]


def digest(number: int, found: int) -> bytes:
    """Its sha256."""
    return machine.current.trees[number].digest(found)


def entry(number: int, found: int) -> Entry:
    """An entry by its number."""
    return machine.current.trees[number].entries[found]
