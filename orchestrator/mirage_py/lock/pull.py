"""Bringing what a lock pins onto this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mirage_py import catalog, sources
from mirage_py.lock import file, vendor
from mirage_py.lock.errors import LockMissing
from mirage_py.lock.pin import locked_source
from mirage_py.support.console import step

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from mirage_py.catalog import Vendored
    from mirage_py.lock.model import Lock
    from mirage_py.sources import Cache
    from mirage_py.sources.fetch import Progress


def trees(
    lock: Lock, *, offline: bool = False, cache: Cache | None = None, progress: Progress = step
) -> dict[str, Path]:
    """The tree of each source that `lock` needs, by name: from the project's vendor/ if that is in
    use, else from the cache, which is filled as needed."""
    kept = vendor.check(lock.graph.config.root, lock.sources)
    return kept or sources.trees(lock.sources, offline=offline, cache=cache, progress=progress)


def pull(
    project: Path,
    *,
    into_vendor: bool = False,
    offline: bool = False,
    cache: Cache | None = None,
    progress: Progress = step,
    recipes: Mapping[str, Vendored] | None = None,
) -> dict[str, Path]:
    """Fetch and unpack all that the project's lock file pins, for every target, and with
    `into_vendor` copy it into vendor/. Returns the trees by name."""
    known = catalog.vendored(catalog.share()) if recipes is None else recipes
    lock = file.read(project / file.NAME)
    if lock is None:
        raise LockMissing(project / file.NAME, "it names what to pull")
    pinned = {one.name: locked_source(one, known) for one in lock.pins}
    found = sources.trees(pinned.values(), offline=offline, cache=cache, progress=progress)
    if into_vendor:
        return {name: vendor.store(project, pinned[name], tree) for name, tree in found.items()}
    return found
