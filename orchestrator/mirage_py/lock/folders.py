"""Packages that are folders of this machine, as `pin="../thing"` names them."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from mirage_py.catalog import Origin
from mirage_py.lock.errors import NoPackageFolder
from mirage_py.lock.model import PackagePin, Packages
from mirage_py.sources import path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mirage_py.dsl.package import Package

PROJECT = ("pyproject.toml", "setup.py", "setup.cfg")
"""What makes a folder something that pip can build; else it is just modules."""
SOURCES = frozenset({".py", ".pyx"})
ASKED = frozenset({"name", "version", "dependencies", "optional-dependencies"})
"""What pip asks of a project, as pyproject.toml may say it (PEP 621)."""


def is_plain(root: Path, package: Package) -> bool:
    """Whether a package is a folder of modules that pip knows nothing of. Raises
    NoPackageFolder."""
    if not package.source or package.source.startswith("git+"):
        return False
    folder = root / package.source
    if not folder.is_dir():
        raise NoPackageFolder(package, "is no folder")
    if any((folder / name).exists() for name in PROJECT):
        return False
    if not any(one.suffix in SOURCES for one in folder.rglob("*.py*")):
        raise NoPackageFolder(package, f"has neither modules of Python nor a {PROJECT[0]}")
    return True


def origin(root: Path, source: str) -> Origin:
    """Where the package in the folder `source` comes from, with the hash of all of it, and of what
    pip is told of it."""
    folder = root / source
    where = {"path": source}
    if told := metadata(folder):
        where["metadata"] = told
    return Origin("path", path.sha256(folder), MappingProxyType(where))


def metadata(folder: Path) -> str:
    """The hash of all that pip is told of a folder: of pyproject.toml, or of nothing, where there
    are just modules. "" if code of the folder says some of it."""
    there = [name for name in PROJECT if (folder / name).exists()]
    if there not in ([], [PROJECT[0]]):
        return ""
    told = b"".join((folder / name).read_bytes() for name in there)
    return hashlib.sha256(told).hexdigest() if not there or is_static(told) else ""


def is_static(told: bytes) -> bool:
    """Whether a pyproject.toml says all that pip asks (PEP 621): a backend may add nothing."""
    try:
        project = tomllib.loads(told.decode()).get("project")
    except ValueError:  # pip says what is wrong
        return False
    return isinstance(project, dict) and ASKED.isdisjoint(project.get("dynamic", ()))


def moved(root: Path, asked: Sequence[Package], before: Packages) -> Iterator[PackagePin]:
    """The pins of packages whose folder is not what it was when it was locked, as it is now."""
    pins = {one.name: one for one in before.pins if one.origin.kind == "path"}
    for one in asked:
        pin = pins.get(one.normalized)
        if pin and one.source and (root / one.source).is_dir():
            now = origin(root, one.source)
            if now.sha256 != pin.origin.sha256:
                yield replace(pin, origin=now)


def edited(before: Packages, now: Sequence[PackagePin]) -> Packages:
    """What was locked, with those of the `moved` that pip would be told the same of."""
    pins = {one.name: one for one in before.pins}
    for one in now:
        if one.origin.where == pins[one.name].origin.where and "metadata" in one.origin.where:
            pins[one.name] = one
    return replace(before, pins=tuple(pins.values()))
