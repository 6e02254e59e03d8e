"""`pull`: fetch what the lock names, so that a build needs no network."""

from __future__ import annotations

from typing import Annotated

import typer

from mirage_py.cli.common import DryRun, Offline, Settings
from mirage_py.cli.stages import shown
from mirage_py.support.console import log


def pull(
    settings: Settings,
    *,
    vendor: Annotated[
        bool, typer.Option("--vendor", help="Also keep the sources in vendor/, for builds to use.")
    ] = False,
    offline: Offline = False,
    dry_run: DryRun = False,
) -> None:
    """Fetch the sources that mirage-py.lock names."""
    from mirage_py import lock
    from mirage_py.lock.errors import LockMissing

    if dry_run:
        known = lock.read(settings.root / lock.NAME)
        if known is None:
            raise LockMissing(settings.root / lock.NAME, "it names what to pull")
        for pin in known.pins:
            log.info("would fetch %s %s", pin.name, pin.version)
        return
    for name, tree in lock.pull(settings.root, into_vendor=vendor, offline=offline).items():
        log.info("%s: %s", name, shown(tree))
