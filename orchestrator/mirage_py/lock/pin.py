"""The third stage: `pin` fixes every input. What is locked stays, unless an upgrade is asked."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from mirage_py import catalog
from mirage_py.lock.errors import NotCarried, UnknownUpgrade
from mirage_py.lock.model import Lock, LockedSource, LockFile, Pin
from mirage_py.lock.packages import SIDES, named, part_of
from mirage_py.lock.packages import needed as needed_packages
from mirage_py.lock.toolchain import toolchain
from mirage_py.sources.trees import hashes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from mirage_py.catalog import Origin, Vendored
    from mirage_py.graph.model import Graph
    from mirage_py.lock.model import Toolchain

EVERYTHING = ("*",)
"""The `upgrade` that takes nothing from the lock before."""
TOOLCHAIN = "toolchain"
"""What stands for the toolchain among the names to upgrade."""


def pin(
    graph: Graph,
    *,
    previous: LockFile | None = None,
    upgrade: Collection[str] = (),
    recipes: Mapping[str, Vendored] | None = None,
) -> Lock:
    """The lock of `graph`, keeping what `previous` pins but for the names to `upgrade`.

    It touches no file and no network, so packages are those that `previous` pins; `settle` goes by
    the project's lock file and resolves them. `recipes` are the
    catalog's vendored sources. Raises NotCarried, UnknownUpgrade and ToolMissing.
    """
    known = catalog.vendored(catalog.share()) if recipes is None else recipes
    here = toolchain()
    others = {*upgrade} - named(previous)
    return select(graph, updated(previous, graph.vendored, known, here, others), known, here)


def updated(
    previous: LockFile | None,
    needed: Iterable[str],
    recipes: Mapping[str, Vendored],
    here: Toolchain,
    upgrade: Collection[str] = (),
) -> LockFile:
    """The lock file once `needed` was asked for: what it held before (for other targets, too), and
    what is new."""
    pins = {one.name: one for one in previous.pins} if previous else {}
    names = {*pins, *needed}
    for name in sorted({*upgrade} - {*names, TOOLCHAIN, *EVERYTHING}):
        raise UnknownUpgrade(name, {*names, TOOLCHAIN}, named(previous))
    for name in names:
        if asked(upgrade, name) and name not in recipes:
            del pins[name]  # it is carried no more, so nothing can be built of it
        elif name not in pins or asked(upgrade, name):
            pins[name] = fresh(recipes[name])
    kept = here if previous is None or asked(upgrade, TOOLCHAIN) else previous.toolchain
    guest, host = part_of(previous, "guest"), part_of(previous, "host")
    return LockFile(tuple(pins[name] for name in sorted(pins)), kept, guest, host)


def asked(upgrade: Collection[str], name: str) -> bool:
    """Whether `name` is to be upgraded."""
    return name in upgrade or EVERYTHING[0] in upgrade


def fresh(recipe: Vendored) -> Pin:
    """The pin of a source as the catalog has it now."""
    return Pin(recipe.name, recipe.version, recipe.licence, recipe.origins, hashes(recipe.patches))


def select(graph: Graph, lock: LockFile, recipes: Mapping[str, Vendored], here: Toolchain) -> Lock:
    """What of the lock file this graph needs. Raises NotCarried."""
    sources = locked_sources([one for one in lock.pins if one.name in graph.vendored], recipes)
    guest, host = needed_packages(graph, lock, "guest"), needed_packages(graph, lock, "host")
    return Lock(graph, sources, here, guest, host, {side: part_of(lock, side) for side in SIDES})


def differences(one: Pin, recipes: Mapping[str, Vendored]) -> list[str]:
    """What keeps the source of a pin from being built, in words: a recipe (overlay, patches, our
    port) fits one version, so a pin of another cannot be built by it."""
    if one.name not in recipes:
        return [f"{one.name}: it has no such source any more"]
    now, found = fresh(recipes[one.name]), []
    if one.version != now.version:
        found.append(f"version: locked {one.version}, carried {now.version}")
    found += patch_changes(one, now, "locked", "carried")
    return [f"{one.name}: {difference}" for difference in found]


def locked_sources(
    pins: Collection[Pin], recipes: Mapping[str, Vendored]
) -> tuple[LockedSource, ...]:
    """The sources to build for pins. Raises NotCarried: another source than the locked one does
    not quietly take its place."""
    if unfit := {one.name: found for one in pins if (found := differences(one, recipes))}:
        raise NotCarried(unfit)
    return tuple(of_recipe(recipes[one.name], one.origins) for one in pins)


def of_recipe(recipe: Vendored, origins: tuple[Origin, ...]) -> LockedSource:
    """What a recipe builds, from those origins."""
    values = {part.name: getattr(recipe, part.name) for part in fields(recipe)}
    return LockedSource(**values | {"origins": origins})


def patch_changes(old: Pin, new: Pin, one: str, other: str) -> list[str]:
    """The patches in which two pins differ, in words; `one` and `other` say whose they are."""
    before, after = dict(old.patches), dict(new.patches)
    return [
        f"patch {name}: {one} {before.get(name, 'none')}, {other} {after.get(name, 'none')}"
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    ]
