"""Lock: every input of a build. Made by `pin`, taken by `lay_out`; kept in mirage-py.lock."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from mirage_py.catalog import Origin, Vendored
from mirage_py.graph.model import Graph
from mirage_py.sources.trees import keys


@dataclass(frozen=True)
class LockedSource(Vendored):
    """A vendored source, pinned: its origins are the lock's, its recipe is the catalog's."""

    @property
    def key(self) -> str:
        """Names what its tree is made of: archive, patches and what is kept."""
        return hashlib.sha256("".join(keys(self)).encode()).hexdigest()


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
class LockFile:
    """What mirage-py.lock holds: the pins of every target that was ever asked for."""

    pins: tuple[Pin, ...]
    """In the order of the names."""
    toolchain: Toolchain
