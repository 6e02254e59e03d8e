"""Packages: the Python dependencies that a config.py declares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from mirage_py.dsl.errors.packages import (
    EmptyRange,
    InvalidBound,
    InvalidPackage,
    LibsTwice,
    PinVersionAlone,
    UnknownScope,
)
from mirage_py.dsl.errors.shapes import NotThis
from mirage_py.dsl.keywords import known_keywords
from mirage_py.dsl.session import here, report
from mirage_py.dsl.shapes import is_text, texts
from mirage_py.support.errors import Position

NAME = re.compile(r"[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9._-]*[A-Za-z0-9]")
"""Of a distribution (packaging.python.org, "Names and normalization")."""
EXACTLY = "=="
"""What a pin to a version begins with."""
Scope = Literal["guest", "host"]


@dataclass(frozen=True)
class Package:
    """A user-level Python dependency, as it was asked for."""

    name: str
    min: str | None
    """Least version."""
    max: str | None
    """The first version that is too new."""
    position: Position
    scope: Scope = "guest"
    """Where it is used: in the image, or on the machine that builds it."""
    build: bool = False
    """Needed to build the image, and not in it."""
    extras: tuple[str, ...] = ()
    libs: tuple[str, ...] = ()
    """The modules of it that are used; all that are imported, if it is empty."""
    pin: str | None = None
    """Its version, as `==2.0`; or where it is taken from in place of an index: a folder, or
    git+URL@REVISION."""
    pin_version: str | None = None
    """The version that what is pinned counts as."""
    natives: tuple[str, ...] = ()
    """Those of its modules that are compiled from a .pyx."""

    def __repr__(self) -> str:
        """As config.py may have it, in messages."""
        return f"package({self.name!r})"

    @property
    def source(self) -> str | None:
        """Where it is taken from in place of an index, if it is."""
        return None if self.pin is None or self.pin.startswith(EXACTLY) else self.pin

    @property
    def normalized(self) -> str:
        """The name that tells packages apart (PEP 503)."""
        return re.sub(r"[-_.]+", "-", self.name).lower()


@known_keywords
def package(
    name: str,
    *,
    scope: Scope = "guest",
    build: bool = False,
    extras: Sequence[str] = (),
    libs: Sequence[str] = (),
    sublibs: Sequence[str] = (),
    min: str | None = None,
    max: str | None = None,
    pin: str | None = None,
    pin_version: str | None = None,
    natives: Sequence[str] = (),
) -> Package:
    """The package `name`, at least version `min` and before version `max`.

    What several devices ask of one package is added up. `scope` is "guest" for what is in the image
    and "host" for what the machine that builds it uses; `build` marks what only the build needs.
    `libs` are the modules that are used, `sublibs` the same below the package's own name. `pin` is
    its version, as `==2.0`; or a folder or `git+URL@REVISION`, where it is taken from instead of an
    index, as if it were version `pin_version`. `natives` are modules of it that are compiled into
    the image from their .pyx; its source is then taken, and no wheel.
    """
    position = here()
    if not is_text(name) or not NAME.fullmatch(name):
        report(InvalidPackage(name, position))
        name = str(name)
    if pin is not None and not (is_text(pin) and pin):
        hint = 'as in `pin="==2.0"`, `pin="../folder"` or `pin="git+https://host/name@main"`'
        report(NotThis("pin", pin, "a version, a folder or a repository", position, hint))
        pin = None
    libs, sublibs = texts("libs", libs, position), texts("sublibs", sublibs, position)
    if libs and sublibs:
        report(LibsTwice(name, position))
    if pin_version and not pin:
        report(PinVersionAlone(name, position))
    if scope not in ("guest", "host"):
        report(UnknownScope(name, scope, position))
        scope = "guest"  # what is imported of it is no further mistake
    given = {"min": min, "max": max, "pin_version": pin_version}
    if pin and pin.startswith(EXACTLY):
        _bounds(name, {"pin": pin.removeprefix(EXACTLY)}, position)
    modules = libs or [f"{name}.{sub}" for sub in sublibs]
    return Package(
        name=name,
        position=position,
        scope=scope,
        build=build,
        extras=texts("extras", extras, position),
        libs=tuple(modules),
        pin=pin,
        natives=texts("natives", natives, position),
        **_bounds(name, given, position),
    )


def _bounds(name: str, bounds: dict[str, str | None], position: Position) -> dict[str, str | None]:
    """Those of `bounds` that can be; what is no version, or leaves none between, is reported."""
    from packaging.version import InvalidVersion, Version  # noqa: PLC0415 - only when needed

    versions = {}
    for keyword, bound in bounds.items():
        try:
            versions[keyword] = Version(bound) if bound is not None else None
        except (InvalidVersion, TypeError):
            report(InvalidBound(name, keyword, bound, position))
    least, most = versions.get("min"), versions.get("max")
    if least and most and least >= most:
        report(EmptyRange(name, str(least), str(most), position))
        del versions["max"]
    return {keyword: bounds[keyword] if keyword in versions else None for keyword in bounds}
