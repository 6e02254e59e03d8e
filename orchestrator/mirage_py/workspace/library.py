"""Which modules an image holds beside the user's own: what is imported, and what that imports."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mirage_py.graph.imports import imports
from mirage_py.graph.model import Module
from mirage_py.graph.names import GUEST_MODULES

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


def close(
    names: Iterable[str], library: Library, readers: Iterable[Path] = (), *, whole: bool = False
) -> Closure:
    """Follow imports from `names` through the library.

    A package is taken whole, but for the modules that it loads only when one of their names is
    asked of it: those wait until one of `readers`, the image's other modules, or one of the library
    mentions such a name. `whole` takes them at once: the image may come to code that is not here.
    """
    modules: dict[str, Module] = {}
    natives: set[str] = set()
    others: set[str] = set()
    mentioned: set[str] = set().union(*(mentions(path) for path in readers))
    waiting = list(names)
    lazy: dict[str, frozenset[str]] = {}
    while waiting:
        name = waiting.pop()
        if name[:1] == "u" and name[1:] in GUEST_MODULES:
            others.add(name[1:])  # the interpreter's own, by one of ours that extends it
            continue
        package = package_of(name, library)
        if package in GUEST_MODULES and package not in modules and package in library.packages:
            more = extension(library.packages[package])
            if more is not None and not more & (mentioned | {name[len(package) + 1 :]}):
                others.add(package)
                continue
        if package is None:
            (natives if name in library.natives else others).add(name.partition(".")[0])
            continue
        loaded = loads(library.packages[package])
        for module in library.packages[package]:
            if module.name in modules:
                continue
            if module.name in loaded and module.name != name and not whole:
                lazy[module.name] = loaded[module.name]
                continue
            modules[module.name] = module
            waiting += imported(module.path, package)
            if module.path.name != "__init__.py" or not loaded:
                mentioned |= mentions(module.path)
        waiting += [one for one in lazy if one not in modules and lazy[one] & mentioned]
    return Closure(
        tuple(modules[name] for name in sorted(modules)),
        tuple(sorted(natives)),
        tuple(sorted(others)),
    )


def extension(package: Iterable[Module]) -> frozenset[str] | None:
    """What a package has beyond the interpreter's module of its name, which it imports with a `u`
    before it; None if it does not extend one."""
    found: set[str] = set()
    extends = False
    for module in package:
        if module.path.name != "__init__.py":
            found.add(module.path.stem)
            continue
        for statement in parse(module.path).body:
            match statement:
                case ast.ImportFrom(module=str(base)):
                    extends = extends or base == f"u{module.name}"
                case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                    found.add(name)
                case _:
                    pass
    return frozenset(found) if extends else None


def loads(package: Iterable[Module]) -> dict[str, frozenset[str]]:
    """The modules that a package loads lazily, with the names that each is loaded for: those of the
    dictionary `_attrs` of its `__init__.py`, as in MicroPython's asyncio."""
    found: dict[str, set[str]] = {}
    for module in package:
        if module.path.name != "__init__.py":
            continue
        for statement in parse(module.path).body:
            match statement:
                case ast.Assign(targets=[ast.Name("_attrs")], value=ast.Dict() as value):
                    for name, where in ast.literal_eval(value).items():
                        found.setdefault(f"{module.name}.{where}", set()).add(name)
                case _:
                    pass
    return {name: frozenset(names) for name, names in found.items()}


def mentions(path: Path) -> set[str]:
    """Every name that a module speaks of: as a variable, an attribute, an import or a string."""
    names: set[str] = set()
    for node in ast.walk(parse(path)):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                names.add(name)
            case ast.Constant(value=str() as name):
                names.add(name)
            case _:
                pass
    return names


def parse(path: Path) -> ast.Module:
    """The module at `path`."""
    return ast.parse(path.read_text(encoding="utf-8"))


def package_of(name: str, library: Library) -> str | None:
    """The package of the library that `name` is in."""
    parts = name.split(".")
    prefixes = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((prefix for prefix in prefixes if prefix in library.packages), None)


def imported(path: Path, name: str) -> list[str]:
    """Every name that the library module at `path` may import. `from mirage import log` may mean
    `mirage.log`; relative imports stay in the package, which is taken whole."""
    found = []
    for one in imports(parse(path), name):
        found += [one.module, f"{one.module}.{one.attribute}"] if one.attribute else [one.module]
    return found
