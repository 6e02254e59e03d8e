"""Which modules an image holds beside the user's own: what is imported, and what that imports."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mirage_py.graph.imports import imports
from mirage_py.graph.model import Module

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class Library:
    """The modules that come with us, by top-level package: `asyncio`, `mirage.log`."""

    packages: Mapping[str, tuple[Module, ...]]
    natives: frozenset[str]
    """Drivers that are modules: `_time`."""


@dataclass(frozen=True)
class Closure:
    """What an image links."""

    modules: tuple[Module, ...]
    """Library modules to freeze."""
    natives: tuple[str, ...]
    others: tuple[str, ...]
    """Names that are neither: modules of the interpreter, where it has them."""


def close(names: Iterable[str], library: Library) -> Closure:
    """Follow imports from `names` through the library. A package is taken whole: its modules may
    import each other lazily."""
    modules: dict[str, Module] = {}
    natives: set[str] = set()
    others: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        package = package_of(name, library)
        if package:
            for module in library.packages[package]:
                if module.name not in modules:
                    modules[module.name] = module
                    waiting += imported(module.path, package)
        elif name in library.natives:
            natives.add(name)
        else:
            others.add(name.partition(".")[0])
    return Closure(
        tuple(modules[name] for name in sorted(modules)),
        tuple(sorted(natives)),
        tuple(sorted(others)),
    )


def package_of(name: str, library: Library) -> str | None:
    """The package of the library that `name` is in."""
    parts = name.split(".")
    prefixes = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((prefix for prefix in prefixes if prefix in library.packages), None)


def imported(path: Path, name: str) -> list[str]:
    """Every name that the library module at `path` may import. `from mirage import log` may mean
    `mirage.log`; relative imports stay in the package, which is taken whole."""
    found = []
    for one in imports(ast.parse(path.read_text(encoding="utf-8")), name):
        found += [one.module, f"{one.module}.{one.attribute}"] if one.attribute else [one.module]
    return found
