"""The packages of a lock: resolved once, by pip, and kept until something else is asked for."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.version import Version

from mirage_py.catalog import Origin
from mirage_py.graph.packages import requirement, side_of
from mirage_py.lock import folders
from mirage_py.lock.errors import (
    OtherPackage,
    PackageNotHashed,
    UnresolvedOffline,
)
from mirage_py.lock.model import LockedPackage, LockFile, PackagePin, Packages
from mirage_py.sources.cache import Cache
from mirage_py.sources.errors import NoRevision, Unresolved
from mirage_py.sources.fetch import FETCHERS
from mirage_py.sources.request import Request
from mirage_py.sources.resolve import Resolved, dependency, resolve
from mirage_py.support.console import step
from mirage_py.support.files import sha256_file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from mirage_py.dsl.package import Package, Scope
    from mirage_py.graph.model import Graph
    from mirage_py.support.errors import Position

log = logging.getLogger("mirage_py")

MAX_BYTES = 200_000_000
"""More than any distribution of pure Python unpacks to."""


SIDES: tuple[Scope, ...] = ("guest", "host")


def part_of(lock: LockFile | None, side: Scope) -> Packages:
    """The packages of a lock file, on that side of the wall."""
    found: Packages = getattr(lock, side, Packages())
    return found


def named(lock: LockFile | None) -> set[str]:
    """The names of all distributions of a lock file."""
    return {one.name for side in SIDES for one in part_of(lock, side).pins}


def asked_of(graph: Graph, side: Scope) -> list[Package]:
    """The packages that `graph` asks for on that side."""
    return [one for one in graph.packages if side_of(one) == side]


def packages(
    graph: Graph,
    before: Packages,
    upgrade: Collection[str],
    side: Scope,
    *,
    offline: bool = False,
) -> Packages:
    """What the packages of `graph`, and those that were locked `before` for other keys and targets,
    come to.

    pip is asked only if what is locked does not do. `upgrade` are the names not to keep; "*" is
    everything. Raises Unresolved and UnresolvedOffline.
    """
    everything = "*" in upgrade
    asked = asked_of(graph, side)
    old = {} if everything else dict(still_possible(graph, before))
    wanted = old | {one.normalized: requirement(one) for one in asked}
    requirements = tuple(wanted[name] for name in sorted(wanted))
    names = {one.name for one in before.pins}
    changed = [*folders.moved(graph.config.root, asked, before)]
    before = folders.edited(before, changed)
    moved = {one.name for one in changed if one not in before.pins}
    anew = bool(names & {*upgrade} or everything or moved)
    if not requirements:
        return Packages()
    new = {*requirements} - {*before.requirements}
    if missing := {one for one in new if not does(before, one)} | lost(before):
        log.debug("to be resolved: %s", ", ".join(sorted(missing)))
    elif not anew:
        return before if requirements == before.requirements else pruned(before, requirements)
    if offline:
        raise UnresolvedOffline(sorted(missing) or requirements)
    kept = [] if everything else list(preferred(before, {*upgrade} | moved, requirements))
    with step(f"resolving {', '.join(sorted(wanted))}"):
        return Packages(requirements, tuple(chosen(graph, asked, requirements, kept)))


def still_possible(graph: Graph, before: Packages) -> Iterator[tuple[str, str]]:
    """The locked requirements that some choice of keys may still ask for, by name."""
    for one in before.requirements:
        if graph.optional_packages is None or dependency(one) in graph.optional_packages:
            yield dependency(one), one


def does(before: Packages, text: str) -> bool:
    """Whether what is locked is all that a new requirement asks for: pip would keep it."""
    name = dependency(text)
    pin = next((one for one in before.pins if one.name == name), None)
    if pin is None or pin.origin.kind != "pypi" or " @ " in text:
        return False
    asked = Requirement(text)
    extras = [Requirement(one).extras for one in before.requirements if dependency(one) == name]
    fits = asked.specifier.contains(Version(pin.version), prereleases=True)
    return fits and asked.extras in (extras or [set()])


def pruned(before: Packages, requirements: tuple[str, ...]) -> Packages:
    """What of a lock is still needed when it has to do for fewer requirements."""
    pins = {one.name: one for one in before.pins}
    kept = reached([dependency(one) for one in requirements], pins)
    return Packages(requirements, tuple(pins[name] for name in sorted(kept)))


def lost(before: Packages) -> set[str]:
    """The distributions that a lock speaks of and does not hold: someone took them out."""
    needed = {name for one in before.pins for name in one.requires}
    return (needed | {*map(dependency, before.requirements)}) - {one.name for one in before.pins}


def reached(names: Iterable[str], pins: Mapping[str, PackagePin]) -> set[str]:
    """The distributions of `names`, and all that they need."""
    waiting, found = list(names), set[str]()
    while waiting:
        name = waiting.pop()
        if name in pins and name not in found:
            found.add(name)
            waiting += pins[name].requires
    return found


def preferred(
    before: Packages, dropped: Collection[str], requirements: Sequence[str]
) -> Iterator[str]:
    """The locked versions that the requirements still allow, as constraints."""
    bounds = {dependency(text): Requirement(text) for text in requirements if " @ " not in text}
    for one in before.pins:
        bound = bounds.get(one.name)
        fits = bound is None or bound.specifier.contains(Version(one.version), prereleases=True)
        if one.origin.kind == "pypi" and one.name not in dropped and fits:
            yield f"{one.name}=={one.version}"


def chosen(
    graph: Graph, asked: Sequence[Package], requirements: Sequence[str], kept: Sequence[str]
) -> Iterator[PackagePin]:
    """The pins, in the order of the names."""
    root = graph.config.root
    plain = {one.normalized: one for one in asked if folders.is_plain(root, one)}
    texts = [installable(root, one) for one in requirements if dependency(one) not in plain]
    built = [one.normalized for one in asked if one.natives]
    try:
        found = {one.name: one for one in (resolve(texts, kept, built) if texts else [])}
    except Unresolved as error:
        error.position = error.position or place(asked, error)
        raise
    for package in asked:
        if package.source and package.normalized not in plain:
            is_there(root, package, found)
    for each in found.values():
        if each.newer:
            log.warning("%s %s is taken: %s", each.name, each.version, each.newer)
    for name in plain:
        found[name] = Resolved(name, "0", "unknown", ())
    pinned = {one.normalized: one for one in asked if one.source}
    for name, one in sorted(found.items()):
        at = pinned.get(name)
        version = at.pin_version if at and at.pin_version else one.version
        yield PackagePin(name, version, one.licence, one.requires, origin(root, one, at))


def is_there(root: Path, package: Package, found: Mapping[str, Resolved]) -> None:
    """Raises OtherPackage if pip found another distribution where `package` is pinned to."""
    at = found.get(package.normalized)
    if at is None or not (at.folder or at.commit):
        folder = str((root / str(package.source)).resolve())
        repository = str(package.source).removeprefix("git+").rpartition("@")[0]
        asked = {folder, repository, str(package.source).removeprefix("git+")} - {""}
        there = [name for name, one in found.items() if {one.folder, one.url} & asked]
        raise OtherPackage(package, there)


def place(asked: Sequence[Package], error: Unresolved) -> Position | None:
    """Where config.py names the package that an error speaks of."""
    if isinstance(error, NoRevision):
        asked = [one for one in asked if one.source and one.source.startswith("git+")]
    why = error.message.partition("\n")[2]
    spoken = [one for one in asked if one.name in why] or asked
    return spoken[0].position if len(spoken) == 1 else None


NO_HOST, THIS_HOST = "git+file:///", "git+file://localhost/"
"""A repository of this machine; PEP 508 wants an address to have a host."""


def installable(root: Path, text: str) -> str:
    """A requirement as pip takes it: a folder by its address."""
    name, direct, where = text.partition(" @ ")
    if where.startswith("git+") and "[" not in name:
        return where  # PEP 508 has no `git+file:`, which pip takes by itself
    if where.startswith(NO_HOST):
        return f"{name} @ {where.replace(NO_HOST, THIS_HOST, 1)}"
    if not direct or where.startswith("git+"):
        return text
    return f"{name} @ {(root / where).resolve().as_uri()}"


def origin(root: Path, one: Resolved, package: Package | None) -> Origin:
    """Where a distribution comes from, with its hash."""
    if one.commit:
        return hashed("git", {"url": one.url, "commit": one.commit})
    if package and package.source:
        return folders.origin(root, package.source)
    if not one.file:
        raise PackageNotHashed(one.name, one.version, one.folder)
    where = {"name": one.name, "version": one.version, "file": one.file}
    if not one.sha256:
        return hashed("pypi", where)
    return Origin("pypi", one.sha256, MappingProxyType(where))


def hashed(kind: str, where: dict[str, str]) -> Origin:
    """An origin that says no hash of itself: it is fetched, and is then in the cache. Raises
    OriginFailed."""
    cache = Cache.of_user()
    unhashed = Origin(kind, "", MappingProxyType(where))
    key = hashlib.sha256(repr(sorted(where.items())).encode()).hexdigest()
    with cache.making(key) as staging:
        got = FETCHERS[kind](Request(unhashed, staging, staging, MAX_BYTES)).path
        found = sha256_file(got)
        if cache.archive(found) is None:
            cache.place(got, "archives", found)
        return replace(unhashed, sha256=found)


def needed(graph: Graph, lock: LockFile | None, side: Scope) -> tuple[LockedPackage, ...]:
    """What of a lock the packages of `graph` come to: their distributions, and what those need."""
    pins = {one.name: one for one in part_of(lock, side).pins}
    found = reached((one.normalized for one in asked_of(graph, side)), pins)
    return tuple(locked_package(graph.config.root, pins[name], side) for name in sorted(found))


def locked_package(root: Path, one: PackagePin, side: Scope) -> LockedPackage:
    """A pinned distribution, ready to be fetched for the project at `root`."""
    return LockedPackage(
        name=one.name, folder=root, version=one.version, licence=one.licence, licence_files=(),
        why="a package of the project", origins=(one.origin,), keep=(), max_bytes=MAX_BYTES,
        library=(), requires=one.requires, host=side == "host",
    )  # fmt: skip


def differences(old: Packages, new: Packages) -> Iterator[str]:
    """What differs from one lock's packages to the next, a line each."""
    before = {one.name: one for one in old.pins}
    after = {one.name: one for one in new.pins}
    for name in sorted({*before, *after}):
        was, now = before.get(name), after.get(name)
        if was is None and now:
            yield f"add package {name} {now.version}"
        elif now is None and was:
            yield f"remove package {name} {was.version}"
        elif was and now and was.version != now.version:
            yield f"package {name}: was {was.version}, is now {now.version}"
        elif was and now and was != now:
            moved = was.origin.kind == now.origin.kind == "path"
            what = "its folder has changed" if moved else "is another archive, or needs others"
            yield f"package {name}: {what}"
    for what, ones, others in (("add", new, old), ("remove", old, new)):
        for one in ones.requirements:
            if one not in others.requirements:
                yield f"{what} requirement {one}"


def unlocked(graph: Graph, previous: LockFile | None, side: Scope) -> list[str]:
    """What of the packages of `graph` the lock does not say, a line each."""
    before, asked = part_of(previous, side), asked_of(graph, side)
    texts = [requirement(one) for one in asked]
    missing = [f"add requirement {one}" for one in texts if one not in before.requirements]
    missing += [f"add package {one}" for one in sorted(lost(before))]
    return missing + [
        f"package {one.name}: its folder has changed"
        for one in folders.moved(graph.config.root, asked, before)
    ]
