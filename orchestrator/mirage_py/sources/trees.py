"""Trees: sources unpacked and patched, in the cache, where nobody changes them any more."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from mirage_py.sources.cache import Cache
from mirage_py.sources.extract import extract
from mirage_py.sources.fetch import Progress, fetch, preferred
from mirage_py.sources.patch import apply
from mirage_py.sources.request import PATIENCE, Patience
from mirage_py.sources.together import at_once
from mirage_py.support.console import step
from mirage_py.support.files import sha256_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mirage_py.catalog import Origin, Vendored

FORM = 1
"""Raised when unpacking makes something else of the same archive."""


def key(archive_sha256: str, patches: Sequence[tuple[str, str]], keep: Iterable[str]) -> str:
    """The name of a tree: what it is made of. `patches` are (name, sha256), in order."""
    made_of = [FORM, archive_sha256, list(map(list, patches)), sorted(keep)]
    return hashlib.sha256(json.dumps(made_of).encode()).hexdigest()


def hashes(patches: Iterable[Path]) -> tuple[tuple[str, str], ...]:
    """(file name, sha256) of each patch, in order."""
    return tuple((patch.name, sha256_file(patch)) for patch in patches)


def keys(source: Vendored, origins: Iterable[Origin] | None = None) -> list[str]:
    """The names that the tree of `source` may have: one for each origin (all of its, if None)."""
    patches = hashes(source.patches)
    chosen = source.origins if origins is None else origins
    return [key(origin.sha256, patches, source.keep) for origin in chosen]


def tree(source: Vendored, archive: Path, *, cache: Cache | None = None) -> Path:
    """The tree that `archive`, fetched before, makes of `source`.

    Raises BadArchive, KeepMissing or PatchFailed."""
    store = cache or Cache.of_user()
    name = key(archive.name, hashes(source.patches), source.keep)
    with store.making(name) as staging:
        if kept := store.tree(name):
            return kept
        folder = staging / "tree"
        extract(archive, folder, source=source.name, max_bytes=source.max_bytes, keep=source.keep)
        apply(source.patches, folder, source=source.name)
        return store.place(folder, "trees", name)


def trees(
    sources: Iterable[Vendored],
    *,
    offline: bool = False,
    cache: Cache | None = None,
    progress: Progress = step,
    patience: Patience = PATIENCE,
) -> dict[str, Path]:
    """The tree of each source by name; only what the cache lacks is fetched and unpacked."""
    store = cache or Cache.of_user()
    there: dict[str, Path] = {}
    wanted: dict[str, Vendored] = {}
    for source in sources:
        names = keys(source, preferred(source))
        if kept := next(filter(None, map(store.tree, names)), None):
            there[source.name] = kept
        else:
            wanted[source.name] = source
    archives = fetch(
        wanted.values(), offline=offline, cache=store, progress=progress, patience=patience
    )

    def unpack(source: Vendored) -> Path:
        with progress(f"unpacking {source.name} {source.version}"):
            return tree(source, archives[source.name], cache=store)

    return there | at_once(unpack, wanted.values())
