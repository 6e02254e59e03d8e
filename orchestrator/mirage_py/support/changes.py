"""Waiting until a file changes, by inotify(7): the kernel tells, nothing is asked in between."""

from __future__ import annotations

import ctypes
import os
import select
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path
    from typing import Self

MASK = 0x2 | 0x8 | 0x40 | 0x80 | 0x100 | 0x200
"""IN_MODIFY, IN_CLOSE_WRITE, IN_MOVED_FROM, IN_MOVED_TO, IN_CREATE, IN_DELETE (linux/inotify.h)."""
GONE = 0x8000
"""IN_IGNORED: a folder is not there, and so not watched, any more."""
EVENT = struct.Struct("iIII")
"""struct inotify_event: watch, mask, cookie, bytes of the name that follows."""
CLOEXEC = 0o2000000
QUIET = 0.05
"""Seconds without another change after which a save is over: editors write several files."""


class Watcher:
    """The files below `root`, and what is watched `also`, but for those that `ignores` says."""

    def __init__(self, root: Path, ignores: Callable[[Path], bool]) -> None:
        self.root, self.ignores = root, ignores
        self.libc = ctypes.CDLL(None, use_errno=True)
        self.descriptor = self.libc.inotify_init1(CLOEXEC)
        if self.descriptor < 0:
            raise OSError(ctypes.get_errno(), "inotify_init1")
        self.folders: dict[int, Path] = {}
        self.known: set[Path] = set()
        """Files that were there when they were last heard of."""
        self._add(root)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self.descriptor)

    def _add(self, folder: Path) -> None:
        """Watch a folder and those in it, if it is still there."""
        number = self.libc.inotify_add_watch(self.descriptor, os.fsencode(folder), MASK)
        if number >= 0:
            self.folders[number] = folder
        try:
            inside = list(folder.iterdir())
        except OSError:
            return
        for path in inside:
            self.known.add(path)
            if path.is_dir() and not path.is_symlink() and not self.ignores(path):
                self._add(path)

    def also(self, folders: Iterable[Path]) -> None:
        """Watch folders elsewhere, if they are there."""
        for folder in folders:
            if folder not in self.folders.values() and folder.is_dir():
                self._add(folder)

    def changed(self, timeout: float | None) -> set[Path]:
        """The files that changed, as soon as any did and a moment passed; none after `timeout`
        seconds. A file that came and went is an editor's own."""
        found: set[Path] = set()
        while select.select([self.descriptor], [], [], QUIET if found else timeout)[0]:
            found |= {path for path in self._read() if not self.ignores(path)}
        there = {path for path in found if path.exists()}
        gone = (found - there) & self.known
        self.known = (self.known - gone) | there
        return there | gone

    def _read(self) -> set[Path]:
        data, found, at = os.read(self.descriptor, 1 << 16), set(), 0
        while at < len(data):
            number, what, _, size = EVENT.unpack_from(data, at)
            name = data[at + EVENT.size : at + EVENT.size + size].rstrip(b"\0")
            at += EVENT.size + size
            path = self.folders.get(number, self.root) / os.fsdecode(name)
            if what & GONE:
                self.folders.pop(number, None)
            if path.is_dir() and not self.ignores(path):
                self._add(path)
            found.add(path)
        return found
