"""The Python packages of an image: what its devices ask of each, added up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import reduce

from packaging.version import Version

from mirage_py.catalog import Target
from mirage_py.dsl.impl import Declaration
from mirage_py.dsl.package import EXACTLY, Package, Scope
from mirage_py.dsl.value import Context
from mirage_py.graph.errors.packages import BoundConflict, PinConflict, PinOutside
from mirage_py.support.errors import MirageError


def merge(asked: Iterable[Package], mistakes: list[MirageError]) -> tuple[Package, ...]:
    """Each package once: its bounds are those of all who ask for it, and a pin wins. What cannot
    be added up is a mistake that names both who ask."""
    groups: dict[str, list[Package]] = {}
    for one in dict.fromkeys(asked):
        groups.setdefault(one.normalized, []).append(one)
    for group in groups.values():
        mistakes += conflicts(group)
    return tuple(reduce(both, group) for group in groups.values())


def conflicts(group: Sequence[Package]) -> Iterator[MirageError]:
    """What those who ask for one package do not agree in."""
    pins = [one for one in group if one.pin]
    yield from (PinConflict(pins[0], one) for one in pins if one.pin != pins[0].pin)
    version = pinned_version(pins[0]) if pins else None
    if version:
        yield from (PinOutside(pins[0], one) for one in group if not is_within(version, one))
    if pins:
        return
    least = max(
        (one for one in group if one.min), key=lambda one: Version(str(one.min)), default=None
    )
    most = min(
        (one for one in group if one.max), key=lambda one: Version(str(one.max)), default=None
    )
    if least and most and not is_within(Version(str(least.min)), most):
        yield BoundConflict(*sorted((least, most), key=group.index))


def pinned_version(package: Package) -> Version | None:
    """The version that a package is pinned to, if it is known before the source is looked at."""
    if package.pin_version or package.source:
        return Version(package.pin_version) if package.pin_version else None
    return Version(str(package.pin).removeprefix(EXACTLY))


def is_within(version: Version, package: Package) -> bool:
    """Whether a version is between the bounds of who asks for it."""
    above = package.min is None or version >= Version(package.min)
    return above and (package.max is None or version < Version(package.max))


def both(first: Package, second: Package) -> Package:
    """A package that is asked for twice."""
    return replace(
        first,
        min=tightest(first.min, second.min, max),
        max=tightest(first.max, second.max, min),
        scope=first.scope if first.scope == second.scope else "guest",
        build=first.build and second.build,
        extras=tuple(dict.fromkeys((*first.extras, *second.extras))),
        # Whoever names no modules may use all of them.
        libs=tuple(dict.fromkeys((*first.libs, *second.libs)))
        if first.libs and second.libs
        else (),
        pin=first.pin or second.pin,
        pin_version=first.pin_version or second.pin_version,
        natives=tuple(dict.fromkeys((*first.natives, *second.natives))),
    )


def tightest(one: str | None, other: str | None, choose: Callable[..., Version]) -> str | None:
    """Of two bounds the one that `choose`, max or min, takes; the only one, if one is none."""
    bounds = [Version(bound) for bound in (one, other) if bound is not None]
    return str(choose(bounds)) if bounds else None


def in_image(package: Package) -> bool:
    """Whether an image may hold modules of it; others serve the build."""
    return side_of(package) == "guest"


def side_of(package: Package) -> Scope:
    """The side of the wall that a package is used on."""
    return "host" if package.build else package.scope


def requirement(package: Package) -> str:
    """A package as pip is asked for it (PEP 508): `microdot<3,>=2.0`, `thing @ ./thing`."""
    extras = f"[{','.join(sorted(package.extras))}]" if package.extras else ""
    name = f"{package.normalized}{extras}"
    if package.pin:
        return f"{name} @ {package.pin}" if package.source else f"{name}{package.pin}"
    least = [f">={package.min}"] if package.min else []
    most = [f"<{package.max}"] if package.max else []
    return name + ",".join([*most, *least])


def possible(
    declarations: Iterable[Declaration], targets: Iterable[Target]
) -> tuple[str, ...] | None:
    """Names of the packages that `declarations` ask for on any of `targets`; None if keys decide,
    which may have any value."""
    values = [one.packages for one in declarations]
    if any(one.keys for one in values):
        return None
    contexts = [Context(target, {}) for target in targets]
    try:
        found = {one.normalized for at in contexts for each in values for one in each.eval(at)}
    except Exception:
        return None
    return tuple(sorted(found))
