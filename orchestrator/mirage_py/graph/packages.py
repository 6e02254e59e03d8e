"""The Python packages of an image: what its devices ask of each, added up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from packaging.version import Version

from mirage_py.catalog import Target
from mirage_py.dsl.impl import Declaration
from mirage_py.dsl.package import Package, Scope
from mirage_py.dsl.value import Context
from mirage_py.graph.errors.packages import BoundConflict, PinConflict
from mirage_py.support.errors import MirageError


def merge(asked: Iterable[Package], mistakes: list[MirageError]) -> tuple[Package, ...]:
    """Each package once: its bounds are those of all who ask for it, and a pin wins. What cannot
    be added up is a mistake that names both who ask."""
    found: dict[str, Package] = {}
    for one in asked:
        name = one.normalized
        found[name] = both(found[name], one, mistakes) if name in found else one
    return tuple(found.values())


def both(first: Package, second: Package, mistakes: list[MirageError]) -> Package:
    """A package that is asked for twice."""
    if first.pin and second.pin and first.pin != second.pin:
        mistakes.append(PinConflict(first, second))
    merged = replace(
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
    if not merged.pin and is_empty(merged):
        mistakes.append(BoundConflict(first, second))
        return first
    return merged


def tightest(one: str | None, other: str | None, choose: Callable[..., Version]) -> str | None:
    """Of two bounds the one that `choose`, max or min, takes; the only one, if one is none."""
    bounds = [Version(bound) for bound in (one, other) if bound is not None]
    return str(choose(bounds)) if bounds else None


def is_empty(package: Package) -> bool:
    """Whether no version is between the bounds."""
    return bool(package.min and package.max and Version(package.min) >= Version(package.max))


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
