"""What stands for a device of the tender, or for a directory in the image."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True)
class Disk:
    """A block device over a file."""

    file: BinaryIO
    capacity: int
    """Bytes; those of an unfinished last block are out of reach."""
    block_size: int


def disk(content: bytes | int | Path, block_size: int) -> Disk:
    """A disk with a copy of these bytes, of so many zeros, or over a file, which is written to.
    Raises OSError."""
    if isinstance(content, Path):
        return Disk(content.open("r+b", buffering=0), content.stat().st_size, block_size)
    data = bytes(content)
    return Disk(BytesIO(data), len(data), block_size)


@dataclass(frozen=True)
class Entry:
    """A file or a directory of a tree."""

    key: str
    """Its path in the tree, "" for the root."""
    path: Path
    first: int = 0
    """Of a directory: the number of its first entry; the others follow it."""
    count: int = 0


@dataclass(frozen=True)
class Tree:
    """A directory that is embedded in the image, its entries by number."""

    name: str
    entries: list[Entry]

    def find(self, key: str) -> int:
        """The number of a key's entry, or -1."""
        keys = [entry.key for entry in self.entries]
        return keys.index(key.strip("/")) if key.strip("/") in keys else -1

    def digest(self, number: int) -> bytes:
        """The sha256 of a file, or of all that is below a directory."""
        entry = self.entries[number]
        if entry.path.is_file():
            return hashlib.sha256(entry.path.read_bytes()).digest()
        whole = hashlib.sha256()
        for below in range(entry.first, entry.first + entry.count):
            whole.update(self.entries[below].path.name.encode() + b"\0" + self.digest(below))
        return whole.digest()


def tree(name: str, root: Path) -> Tree:
    """The tree of a directory. Raises OSError if it is none."""
    return Tree(name, list(entries(root)))


def entries(root: Path) -> Iterator[Entry]:
    """Every entry below `root`, those of a directory in a row."""
    waiting = [("", root)]
    made = 1
    while waiting:
        key, path = waiting.pop(0)
        below = sorted(path.iterdir()) if path.is_dir() or not key else []
        yield Entry(key, path, made, len(below))
        made += len(below)
        waiting += [(f"{key}/{one.name}".lstrip("/"), one) for one in below]
