"""Packages: the Python dependencies that a config.py declares."""

from __future__ import annotations

from dataclasses import dataclass

from mirage_py.dsl import errors
from mirage_py.dsl.session import here, report
from mirage_py.support.errors import Position


@dataclass(frozen=True)
class Package:
    """A user-level Python dependency, as it was asked for."""

    name: str
    min: str | None
    """Least version."""
    max: str | None
    """The first version that is too new."""
    position: Position


def package(name: str, *, min: str | None = None, max: str | None = None) -> Package:  # noqa: A002
    """The package `name`, at least version `min` and before version `max`."""
    from packaging.version import InvalidVersion, Version  # noqa: PLC0415 - only when needed

    position = here()
    for keyword, bound in (("min", min), ("max", max)):
        try:
            Version(bound or "0")
        except (InvalidVersion, TypeError):
            report(errors.InvalidBound(name, keyword, bound, position))
    return Package(name, min, max, position)
