"""Bringing what a lock pins onto this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mirage_py import catalog, sources
from mirage_py.lock import file, vendor
from mirage_py.lock.errors import LockMissing
from mirage_py.lock.packages import SIDES, locked_package, part_of
from mirage_py.lock.pin import locked_sources
from mirage_py.support.console import step

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from mirage_py.catalog import Vendored
    from mirage_py.lock.model import Lock, LockedSource
    from mirage_py.sources import Cache
    from mirage_py.sources.fetch import Progress


def trees(
    lock: Lock, *, offline: bool = False, cache: Cache | None = None, progress: Progress = step
) -> dict[str, Path]:
    """The tree of each source that `lock` needs, by name: from the project's vendor/ if that is in
    use, else from the cache, which is filled as needed."""
    kept = vendor.check(lock.graph.config.root, lock.inputs)
    return kept or sources.trees(lock.sources, offline=offline, cache=cache, progress=progress)


def package_trees(
    lock: Lock,
    *,
    host: bool = False,
    offline: bool = False,
    cache: Cache | None = None,
    progress: Progress = step,
) -> dict[str, Path]:
    """The tree of each distribution that the image of `lock` needs, or with `host` the build of it,
    by name; from where `trees` takes its."""
    packages = lock.host if host else lock.packages
    if not packages:
        return {}
    kept = vendor.check(lock.graph.config.root, lock.inputs)
    if kept:
        return {one.name: kept[one.place] for one in packages}
    return sources.trees(packages, offline=offline, cache=cache, progress=progress)


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
    `into_vendor` copy it into vendor/. Returns the trees by their places there."""
    known = catalog.vendored(catalog.share()) if recipes is None else recipes
    lock = file.read(project / file.NAME)
    if lock is None:
        raise LockMissing(project / file.NAME, "it names what to pull")
    found: dict[str, Path] = {}
    vendored = locked_sources(lock.pins, known)
    guest, host = (
        [locked_package(project, one, side) for one in part_of(lock, side).pins] for side in SIDES
    )
    pinned: Sequence[LockedSource]
    for pinned in (vendored, guest, host):
        got = sources.trees(pinned, offline=offline, cache=cache, progress=progress)
        for one in pinned:
            tree = got[one.name]
            found[one.place] = vendor.store(project, one, tree) if into_vendor else tree
    return found
