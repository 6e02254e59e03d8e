"""What the packages of a unikernel come to, as far as the lock and the cache tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mirage_py.graph.model import Graph
    from mirage_py.lock.model import LockedPackage
    from mirage_py.workspace.packages import Closure

Row = tuple[str, str]
SHOWN = 12
"""Modules that are named of those that are left out; `--json` has all."""


def rows(graph: Graph) -> Iterator[Row]:
    """Each package, and what of it is in the image. It asks no network and writes nothing: what is
    not locked, or not fetched, is said to be so."""
    from mirage_py.graph.packages import requirement
    from mirage_py.lock import NAME, read
    from mirage_py.lock.packages import SIDES, needed, unlocked

    previous = read(graph.config.root / NAME)
    if any(unlocked(graph, previous, side) for side in SIDES):
        unknown = "not locked: run `mirage-py lock`"
        yield from ((requirement(one), unknown) for one in graph.packages)
        return
    locked = needed(graph, previous, "guest")
    found = closure_of(graph)
    for one in locked:
        told = "not fetched: run `mirage-py pull`" if found is None else contents(one, found)
        yield f"{one.name} {one.version}", told
    for one in needed(graph, previous, "host"):
        yield f"{one.name} {one.version}", "for the build, and not in the image"


def contents(package: LockedPackage, found: Closure) -> str:
    """Which modules of a distribution are in the image, and which are not."""
    inside, rest = modules(package, found)
    left = f"; left out: {some(rest)}" if rest else ""
    return (", ".join(inside) or "nothing is imported") + left


def modules(package: LockedPackage, found: Closure) -> tuple[list[str], list[str]]:
    """The modules of a distribution that are in the image, and those that are not."""
    inside = sorted(name for name, owner in found.owners.items() if owner == package.name)
    return inside, list(found.left_out[package.name])


def some(names: Sequence[str]) -> str:
    """The first of many names."""
    more = len(names) - SHOWN
    return ", ".join(names[:SHOWN]) + (f" and {more} more" if more > 0 else "")


def described(graph: Graph) -> dict[str, object]:
    """The same as plain values: by distribution, its version and modules; nothing before that is
    known. What is imported and missing is what its importer can do without."""
    from mirage_py.lock import NAME, read
    from mirage_py.lock.packages import SIDES, needed, unlocked

    previous = read(graph.config.root / NAME)
    if any(unlocked(graph, previous, side) for side in SIDES):
        return {}
    found = closure_of(graph)
    if found is None:
        return {}
    table: dict[str, object] = {}
    for one in needed(graph, previous, "guest"):
        inside, rest = modules(one, found)
        table[one.name] = {"version": one.version, "modules": inside, "left_out": rest}
    for one in needed(graph, previous, "host"):
        table[one.name] = {"version": one.version, "scope": "host"}
    missing = {name: str(where) for name, where in sorted(found.missing.items())}
    return {"distributions": table, "missing": missing}


def closure_of(graph: Graph) -> Closure | None:
    """The modules of packages in the image; None if they are not on this machine."""
    from mirage_py.lock import settle
    from mirage_py.sources.errors import MissingOffline
    from mirage_py.support.errors import Mistakes
    from mirage_py.workspace.layout import unpacked

    try:
        return unpacked(settle(graph, write=False, offline=True), offline=True)
    except MissingOffline:
        return None
    except Mistakes as error:
        if all(isinstance(one, MissingOffline) for one in error.mistakes):
            return None
        raise
