"""Removing from the cache what nobody used for a while, and what killed processes left."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mirage_py.sources.cache import SHELVES, Cache
from mirage_py.sources.errors import CacheUnusable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAYS = 30
DAY = 86_400


@dataclass(frozen=True)
class Removed:
    """An entry that was removed from the cache (or would be)."""

    path: Path
    size: int
    """In bytes."""


def prune(
    *, unused_days: float = DAYS, dry_run: bool = False, cache: Cache | None = None
) -> list[Removed]:
    """Remove what was not used for so many days (0: everything), and say what that was.

    An entry that a running mirage-py is making is left alone.
    """
    store = cache or Cache.of_user()
    before = time.time() - unused_days * DAY
    try:
        return [
            Removed(path, size)
            for path in [*leftovers(store), *unused(store, before)]
            for size in [size_of(path)]
            if dry_run or remove(store, path)
        ]
    except OSError as error:
        raise CacheUnusable(store.root, error) from error


def leftovers(cache: Cache) -> Iterator[Path]:
    """What is or was being made."""
    yield from sorted((cache.root / "staging").glob("*"))


def unused(cache: Cache, before: float) -> Iterator[Path]:
    """Finished entries that were last used before that time."""
    for shelf in SHELVES:
        for path in sorted((cache.root / shelf).glob("*")):
            if path.stat().st_mtime <= before:
                yield path


def size_of(path: Path) -> int:
    """Bytes of a file, or of all files below a folder."""
    inside = [path] if path.is_file() else path.rglob("*")
    return sum(file.lstat().st_size for file in inside if not file.is_dir() or file.is_symlink())


def remove(cache: Cache, path: Path) -> bool:
    """Remove an entry, unless somebody is making it. It is out of sight before it is taken apart,
    so a process killed meanwhile leaves no half of it."""
    try:
        with cache.locked(path.name, wait=False):
            doomed = cache.root / "staging" / path.name
            if path != doomed:
                shutil.rmtree(doomed, ignore_errors=True)
                doomed.parent.mkdir(parents=True, exist_ok=True)
                path.rename(doomed)
            if doomed.is_dir():
                shutil.rmtree(doomed)
            else:
                doomed.unlink(missing_ok=True)
    except BlockingIOError:
        return False
    return True
