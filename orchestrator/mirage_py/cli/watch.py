"""`watch`: run the image, and build and run it again whenever a source changes."""

from __future__ import annotations

import importlib
import os
import shlex
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mirage_py.cli.common import Memory, Settings, Target
from mirage_py.cli.keys import Keys
from mirage_py.support.console import log
from mirage_py.support.errors import MirageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mirage_py.support.changes import Watcher
    from mirage_py.support.fork import Fork

IGNORED = frozenset({"_build", "dist", "vendor", "__pycache__", "mirage-py.lock"})
TICK = 0.2
"""Seconds between two looks whether the image has ended."""


def watch(
    settings: Settings,
    *,
    target: Target = None,
    memory: Memory = None,
    keys: Keys = None,
    device: Annotated[list[str] | None, typer.Option("--device", hidden=True)] = None,
    argument: Annotated[list[str] | None, typer.Option("--argument", hidden=True)] = None,
) -> int:
    """Run the unikernel, and again whenever its sources change; Ctrl-C ends it.

    Devices and, behind `--`, the guest's arguments are as for `run`.
    """
    from mirage_py.cli.app import main
    from mirage_py.support.changes import Watcher
    from mirage_py.support.fork import Fork

    preload()
    words = ["-f", str(settings.file), "run", *(["-t", target] if target else [])]
    words += [f"--mem={memory}"] if memory else []
    words += [*(keys or []), *(device or []), *(["--", *argument] if argument else [])]
    pinned = Pinned(settings.root)
    with Watcher(settings.root, Ignored(device or [])) as watcher:
        while True:
            log.debug("+ mirage-py %s", shlex.join(words))
            watcher.also(pinned.folders())  # before anything of them is read
            child = Fork(lambda: main(words))
            try:
                changed = until_change(watcher, child, pinned)
            finally:
                child.end()
            names = ", ".join(sorted(os.path.relpath(path, settings.root) for path in changed)[:3])
            log.info("%s changed", names)


def preload() -> None:
    """Import what `run` will: each run goes on from here, and finds it imported."""
    for name in ("image.link", "lock", "tender.execute", "workspace.layout"):
        importlib.import_module(f"mirage_py.{name}")


def until_change(watcher: Watcher, child: Fork, pinned: Pinned) -> set[Path]:
    """Wait until a source changes, and say meanwhile if the image ends."""
    while not child.ended():
        watcher.also(pinned.folders())
        if changed := watcher.changed(TICK):
            return changed
    log.info("ended with status %d; waiting for a change", child.status)
    watcher.also(pinned.folders())
    while not (changed := watcher.changed(None)):
        pass
    return changed


class Pinned:
    """Where the project at `root` has packages from that are folders elsewhere, by its lock."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._known: tuple[Path, ...] = ()
        self._read_at = -1

    def folders(self) -> tuple[Path, ...]:
        """As the lock says now: a run may have written it anew."""
        from mirage_py.lock import NAME
        from mirage_py.lock.file import read

        path = self.root / NAME
        about = found(path)
        changed_at = about.st_mtime_ns if about else 0
        if changed_at != self._read_at:
            self._read_at = changed_at
            with suppress(MirageError):  # which the run tells
                lock = read(path)
                pins = (*lock.guest.pins, *lock.host.pins) if lock else ()
                origins = [one.origin for one in pins if one.origin.kind == "path"]
                self._known = tuple((self.root / one.where["path"]).resolve() for one in origins)
        return self._known


class Ignored:
    """Whether a change of a path means nothing: it is made by a build, an editor's own, a disk of
    the image's, or what this very command writes its messages to."""

    def __init__(self, devices: Sequence[str]) -> None:
        words = (word.partition("=") for word in devices)
        self.disks = {Path(path).resolve() for name, _, path in words if name.startswith("--block")}
        self.outputs = [os.fstat(one.fileno()) for one in (sys.stdout, sys.stderr)]

    def __call__(self, path: Path) -> bool:
        if path.name in IGNORED or path.name.startswith((".", "#")):
            return True
        if path.name.endswith(("~", ".egg-info")):  # an editor's, and what setuptools notes
            return True
        about = found(path)
        return path.resolve() in self.disks or (
            about is not None and any(os.path.samestat(about, one) for one in self.outputs)
        )


def found(path: Path) -> os.stat_result | None:
    """What there is to know of a file; None if it is not there, or not any more."""
    try:
        return path.stat()
    except OSError:
        return None
