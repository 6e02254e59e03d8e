"""Lock: every input of a build. Made by `pin`, taken by `lay_out`; kept in mirage-py.lock."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mirage_py.catalog import Origin, Vendored
from mirage_py.dsl.package import Scope
from mirage_py.graph.model import Graph
from mirage_py.sources.trees import keys


@dataclass(frozen=True)
class LockedSource(Vendored):
    """A vendored source, pinned: its origins are the lock's, its recipe is the catalog's."""

    @property
    def key(self) -> str:
        """Names what its tree is made of: archive, patches and what is kept."""
        return hashlib.sha256("".join(keys(self)).encode()).hexdigest()

    @property
    def trees(self) -> list[str]:
        """The names that its unpacked tree may have in the cache."""
        return keys(self)

    @property
    def place(self) -> str:
        """The folder of its tree, below vendor/."""
        return self.name


@dataclass(frozen=True)
class LockedPackage(LockedSource):
    """A distribution of Python modules, pinned. No patch of ours changes it."""

    requires: tuple[str, ...] = ()
    """Names of the distributions that it depends on."""

    @property
    def patches(self) -> tuple[Path, ...]:
        return ()

    host: bool = False
    """It serves the build, and is not in the image."""

    @property
    def place(self) -> str:
        return f"{'host' if self.host else 'packages'}/{self.name}"


@dataclass(frozen=True)
class Toolchain:
    """The compiler that builds the image."""

    compiler: str
    """First line of `cc --version`."""
    linker: str
    """First line of `ld --version`."""


@dataclass(frozen=True)
class Lock:
    """Graph plus the pin of every input."""

    graph: Graph
    sources: tuple[LockedSource, ...]
    """What the graph needs, in the order of the names."""
    toolchain: Toolchain
    """The one on this machine, that will build; the lock file may name another."""
    packages: tuple[LockedPackage, ...] = ()
    """The distributions that the graph's packages come to, in the order of the names."""
    host: tuple[LockedPackage, ...] = ()
    """Those of the packages that serve the build, in the same order."""
    resolved: Mapping[Scope, Packages] = field(default_factory=dict)
    """The packages of the lock file, on either side: those of other keys and targets, too."""

    @property
    def inputs(self) -> tuple[LockedSource, ...]:
        """All that is unpacked for a build."""
        return (*self.sources, *self.packages, *self.host)


@dataclass(frozen=True)
class Pin:
    """A vendored source as the lock file names it."""

    name: str
    version: str
    licence: str
    origins: tuple[Origin, ...]
    """Where it may come from, in the order they are tried; each has its own sha256."""
    patches: tuple[tuple[str, str], ...]
    """(file name, sha256) of each of our patches, in the order they are applied."""


@dataclass(frozen=True)
class PackagePin:
    """A distribution as the lock file names it."""

    name: str
    """Normalised (PEP 503)."""
    version: str
    licence: str
    requires: tuple[str, ...]
    """Names of the distributions that it depends on, all of them in the lock."""
    origin: Origin


@dataclass(frozen=True)
class Packages:
    """What packages were resolved to, on one side of the wall."""

    requirements: tuple[str, ...] = ()
    """What was asked for (PEP 508), in the order of the names."""
    pins: tuple[PackagePin, ...] = ()
    """In the order of the names."""


@dataclass(frozen=True)
class LockFile:
    """What mirage-py.lock holds: the pins of every target that was ever asked for."""

    pins: tuple[Pin, ...]
    """In the order of the names."""
    toolchain: Toolchain
    guest: Packages = Packages()
    """Of the image."""
    host: Packages = Packages()
    """Of the machine that builds it."""
