"""Pinning by a project's mirage-py.lock: read it, say what would change, write it."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from mirage_py import catalog
from mirage_py.lock import file
from mirage_py.lock.compiled import compiled
from mirage_py.lock.errors import LockMissing, LockOutOfDate, ToolchainDiffers
from mirage_py.lock.packages import SIDES, named, packages, part_of, unlocked
from mirage_py.lock.packages import differences as differences_of_packages
from mirage_py.lock.pin import patch_changes, select, updated
from mirage_py.lock.toolchain import differences, toolchain

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from mirage_py.catalog import Vendored
    from mirage_py.graph.model import Graph
    from mirage_py.lock.model import Lock, LockFile, Pin

log = logging.getLogger("mirage_py")


def settle(
    graph: Graph,
    *,
    locked: bool = False,
    upgrade: Collection[str] = (),
    write: bool = True,
    offline: bool = False,
    check: Callable[[Lock], object] | None = None,
    recipes: Mapping[str, Vendored] | None = None,
    first: Lock | None = None,
) -> Lock:
    """The lock of `graph` by its project's lock file, which is written if it must change.

    `locked` forbids a change, and any other toolchain than the locked one. `write=False` is for
    dry runs. `first` is a lock that was not written, whose packages stay as if it had been. `check`
    may refuse the lock, by an error, before it is written. Raises the errors of lock.errors and
    ToolMissing, and Unresolved.
    """
    known = catalog.vendored(catalog.share()) if recipes is None else recipes
    path = graph.config.root / file.NAME
    previous = file.read(path)
    if locked and previous is None:
        raise LockMissing(path, "--locked was given")
    here = toolchain()
    wanted = updated(previous, graph.vendored, known, here, {*upgrade} - named(previous))
    missing = [one for side in SIDES for one in unlocked(graph, previous, side)]
    if locked and missing:
        raise LockOutOfDate(path, missing)
    before = first.resolved if first else {side: part_of(previous, side) for side in SIDES}
    found = {
        side: packages(graph, before[side], upgrade, side, offline=offline or locked)
        for side in SIDES
    }
    wanted = replace(wanted, guest=found["guest"], host=found["host"])
    told = [*changes(previous, wanted)]
    for side in SIDES:
        told += differences_of_packages(part_of(previous, side), found[side])
    if locked and told:
        raise LockOutOfDate(path, told)
    lock = select(graph, wanted, known, here)
    differing = differences(wanted.toolchain, here)
    if locked and differing:
        raise ToolchainDiffers(differing)
    for difference in differing:
        log.warning("the toolchain is not the locked one: %s", difference)
    if check:
        check(lock)
    if write and told:
        file.write(path, wanted)
        log.info("%s: %s", path.name, "; ".join(told))
        for line in compiled(graph, part_of(previous, "guest"), found["guest"]):
            log.warning("%s", line)
    return lock


def changes(old: LockFile | None, new: LockFile) -> Iterator[str]:
    """What differs from one lock to the next, a line each."""
    before = {one.name: one for one in old.pins} if old else {}
    after = {one.name: one for one in new.pins}
    for name in sorted({*before, *after}):
        if name not in before:
            yield f"add {name} {after[name].version}"
        elif name not in after:
            yield f"remove {name} {before[name].version}"
        else:
            yield from (f"{name}: {what}" for what in pin_changes(before[name], after[name]))
    for what in differences(old.toolchain, new.toolchain, "was", "is now") if old else ():
        yield f"toolchain: {what}"


def pin_changes(old: Pin, new: Pin) -> Iterator[str]:
    """What differs from one pin of a source to the next."""
    for what in ("version", "licence"):
        if getattr(old, what) != getattr(new, what):
            yield f"{what}: was {getattr(old, what)}, is now {getattr(new, what)}"
    if old.origins != new.origins:
        was, now = (", ".join(f"{o.kind} {o.sha256}" for o in one.origins) for one in (old, new))
        yield f"origins: were {was}; are now {now}"
    yield from patch_changes(old, new, "was", "is now")
