"""The user-wide cache: what was fetched and unpacked, under names that tell the content.

    archives/<sha256>   files as they were fetched
    trees/<key>         unpacked and patched sources (trees.key tells what a key is made of)
    runtimes/<key>      built runtimes (mirage_py.workspace)
    kits/<key>          targets for C programs (mirage_py.workspace.kit)
    lowered/<key>       modules as MicroPython reads them (mirage_py.workspace.derived)
    facts/<key>         what reading tells of modules (the same)
    staging/<key>/      what is being made; only the holder of locks/<key> touches it
    locks/<key>         empty files that processes flock

An entry is made in staging and renamed into place, so it is there whole or not at all. A process
that was killed leaves at most a staging folder, which the next one to want that key removes.
"""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from mirage_py.sources.errors import CacheUnusable
from mirage_py.support.files import sha256_file

if TYPE_CHECKING:
    from collections.abc import Iterator

log = logging.getLogger("mirage_py")

SHELVES = ("archives", "trees", "runtimes", "kits", "lowered", "facts")
"""The folders that hold finished entries."""


def cache_dir() -> Path:
    """The cache's folder: MIRAGE_PY_CACHE, else the one the platform gives to applications."""
    override = os.environ.get("MIRAGE_PY_CACHE")
    return Path(override).absolute() if override else platformdirs.user_cache_path("mirage-py")


@dataclass(frozen=True)
class Cache:
    """The cache at `root`."""

    root: Path

    @classmethod
    def of_user(cls) -> Cache:
        return cls(cache_dir())

    def entry(self, shelf: str, key: str) -> Path:
        return self.root / shelf / key

    def archive(self, sha256: str) -> Path | None:
        """The archive of that hash, if it is here and whole; a damaged one is thrown away."""
        path = self.entry("archives", sha256)
        if not path.is_file():
            return None
        if sha256_file(path) != sha256:
            log.warning("%s was damaged and is fetched again", path)
            path.unlink(missing_ok=True)
            return None
        self.used(path)
        return path

    def tree(self, key: str) -> Path | None:
        """The tree of that key, if it is here."""
        path = self.entry("trees", key)
        if not path.is_dir():
            return None
        self.used(path)
        return path

    def used(self, entry: Path) -> None:
        """Note that an entry was used now: `prune` goes by it."""
        with suppress(OSError):  # another user's cache, mounted read-only, serves as well
            os.utime(entry)

    @contextmanager
    def making(self, key: str) -> Iterator[Path]:
        """A fresh folder to make the entry `key` in, for one thread of one process at a time.

        Whoever waited looks again whether the entry is there by now. The folder is removed at the
        end. Raises CacheUnusable when the disk is full or the cache is not ours to write.
        """
        staging = self.root / "staging" / key
        try:
            with self.locked(key):
                shutil.rmtree(staging, ignore_errors=True)
                # A child of a killed process may still write: into a folder of another name.
                staging.mkdir(parents=True, exist_ok=True)
                try:
                    yield Path(tempfile.mkdtemp(dir=staging))
                finally:
                    shutil.rmtree(staging, ignore_errors=True)
        except OSError as error:
            raise CacheUnusable(self.root, error) from error

    def check_room(self, staging: Path) -> None:
        """Raise OSError if nothing more can be written."""
        with tempfile.TemporaryFile(dir=staging) as file:
            file.write(bytes(1 << 16))

    @contextmanager
    def locked(self, key: str, *, wait: bool = True) -> Iterator[None]:
        """Hold the lock of `key`; it ends with the process. BlockingIOError if not to `wait`."""
        path = self.root / "locks" / key
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if not wait:
                    raise
                log.info("waiting for another mirage-py that is at %s", key)
                fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def place(self, made: Path, shelf: str, key: str) -> Path:
        """Move what was made in staging to its place, in one step."""
        at = self.entry(shelf, key)
        at.parent.mkdir(parents=True, exist_ok=True)
        made.rename(at)
        return at
