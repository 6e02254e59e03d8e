"""Lock: every input of a build. Made by `pin`, taken by `lay_out`; written to mirage-py.lock."""

from __future__ import annotations

from dataclasses import dataclass

from mirage_py.catalog import Origin
from mirage_py.graph.model import Graph


@dataclass(frozen=True)
class LockedSource:
    """A vendored source, pinned."""

    name: str
    version: str
    licence: str
    origins: tuple[Origin, ...]
    """Where it may come from, in the order they are tried; each has its own sha256."""
    patches: tuple[tuple[str, str], ...]
    """(file name, sha256) of each of our patches, in the order they are applied."""


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
    toolchain: Toolchain
