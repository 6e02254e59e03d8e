"""What the packages of a unikernel come to, as far as the lock and the cache tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mirage_py.graph.model import Graph
    from mirage_py.lock.model import LockedPackage
    from mirage_py.workspace.packages import Closure

Row = tuple[str, str]


def rows(graph: Graph) -> Iterator[Row]:
    """Each package, and what of it is in the image. It asks no network and writes nothing: what is
    not locked, or not fetched, is said to be so."""
    from mirage_py.graph.packages import in_image, requirement
    from mirage_py.lock import NAME, read
    from mirage_py.lock.packages import needed, part_of, unlocked

    previous = read(graph.config.root / NAME)
    asked = [one for one in graph.packages if in_image(one)]
    if unlocked(graph, previous):
        yield from ((requirement(one), "not locked: run `mirage-py lock`") for one in asked)
        return
    locked = needed(graph, part_of(previous))
    found = closure_of(graph)
    for one in locked:
        told = "not fetched: run `mirage-py pull`" if found is None else contents(one, found)
        yield f"{one.name} {one.version}", told


def contents(package: LockedPackage, found: Closure) -> str:
    """Which modules of a distribution are in the image, and how many are not."""
    inside = sorted(name for name, owner in found.owners.items() if owner == package.name)
    rest = len(found.left_out[package.name])
    left = f"; {rest} left out" if rest else ""
    return (", ".join(inside) or "nothing is imported") + left


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
