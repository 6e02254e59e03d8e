"""Fetching archives: origins in order, several sources at once, hashes checked before all else."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from mirage_py.sources import debian, git, path, pypi, url
from mirage_py.sources.cache import Cache
from mirage_py.sources.errors import (
    HashMismatch,
    MissingOffline,
    OriginFailed,
    SourceUnavailable,
)
from mirage_py.sources.request import PATIENCE, Fetched, Patience, Request
from mirage_py.sources.together import at_once
from mirage_py.support.console import step
from mirage_py.support.files import sha256_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mirage_py.catalog import Origin, Vendored

FETCHERS: dict[str, Callable[[Request], Fetched]] = {
    "debian": debian.fetch,
    "pypi": pypi.fetch,
    "url": url.fetch,
    "git": git.fetch,
    "path": path.fetch,
}
LOCAL = frozenset({"path"})
"""The kinds that need no network."""

Progress = Callable[[str], AbstractContextManager[None]]
"""Shows a text while its block runs, in whatever thread: `support.console.step`."""


def fetch(
    sources: Iterable[Vendored],
    *,
    offline: bool = False,
    cache: Cache | None = None,
    progress: Progress = step,
    patience: Patience = PATIENCE,
) -> dict[str, Path]:
    """The archive of each source, in the cache, by name; its file name is its sha256.

    Raises what went wrong with each source: SourceUnavailable, MissingOffline, CacheUnusable.
    """
    store = cache or Cache.of_user()

    def one(source: Vendored) -> Path:
        return archive(source, store, offline=offline, progress=progress, patience=patience)

    return at_once(one, sources)


def preferred(source: Vendored) -> Iterator[Origin]:
    """The origins of which any serves, if the cache has it: no network is asked in vain. What lies
    on this machine (a `path` pin put first) is not passed over for a later one."""
    for origin in source.origins:
        yield origin
        if origin.kind in LOCAL:
            return


def archive(
    source: Vendored, cache: Cache, *, offline: bool, progress: Progress, patience: Patience
) -> Path:
    """The archive of one source: from the cache, else from the first origin that has it."""
    kept = map(cache.archive, (origin.sha256 for origin in preferred(source)))
    if there := next(filter(None, kept), None):
        return there
    failures = []
    for origin in source.origins:
        if offline and origin.kind not in LOCAL:
            if there := cache.archive(origin.sha256):
                return there
            continue
        try:
            with progress(f"fetching {source.name} {source.version} ({origin.kind})"):
                return bring(source, origin, cache, patience)
        except OriginFailed as failure:
            failures.append(failure)
    if not failures:
        raise MissingOffline(source, cache.root)
    raise SourceUnavailable(source, failures)


def bring(source: Vendored, origin: Origin, cache: Cache, patience: Patience) -> Path:
    """The archive from that origin, in the cache. Raises OriginFailed or CacheUnusable."""
    with cache.making(origin.sha256) as staging:
        # Another process may have brought it while this one waited.
        if kept := cache.archive(origin.sha256):
            return kept
        request = Request(origin, source.folder, staging, source.max_bytes, patience)
        try:
            got = FETCHERS[origin.kind](request)
        except OriginFailed:
            cache.check_room(staging)  # a tool that failed may have failed for want of room
            raise
        found = sha256_file(got.path)
        if found != origin.sha256:
            raise HashMismatch(origin, got.where, found)
        return cache.place(got.path, "archives", origin.sha256)
