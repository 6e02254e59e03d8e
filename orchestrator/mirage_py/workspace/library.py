"""Which modules an image holds beside the user's own: what is imported, and what that imports."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from mirage_py.graph.imports import imports
from mirage_py.graph.model import Module
from mirage_py.graph.names import GUEST_MODULES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


OWN = frozenset({"asyncio", "mirage"})
"""Packages that are written for the interpreter as it is."""


@dataclass(frozen=True)
class Library:
    """The modules that come with us, by top-level package: `asyncio`, `mirage.log`."""

    packages: Mapping[str, tuple[Module, ...]]
    natives: frozenset[str]
    """Drivers that are modules: `_time`."""
    cpython: frozenset[str] = frozenset()
    """Packages that are CPython's: they may want anything of CPython's library."""


@dataclass(frozen=True)
class Closure:
    """What an image links."""

    modules: tuple[Module, ...]
    """Library modules to freeze."""
    natives: tuple[str, ...]
    others: tuple[str, ...]
    """Names that are neither: modules of the interpreter, where it has them."""


def close(
    names: Iterable[str],
    library: Library,
    readers: Iterable[Path] = (),
    *,
    whole: bool = False,
    modern: bool = False,
    prepare: Callable[[Module], Module] = lambda module: module,
) -> Closure:
    """Follow imports from `names` through the library.

    A package is taken whole, but for the modules that it loads only when one of their names is
    asked of it: those wait until one of `readers`, the image's other modules, or one of the library
    mentions such a name. `whole` takes them at once: the image may come to code that is not here.
    `modern` takes what extends a module of the interpreter without asking. `prepare` is told of
    each module, and gives the one to freeze.
    """
    mentioned: set[str] = set().union(*(mentions(path) for path in readers))
    search = Search(library, mentioned, set(mentioned), whole, modern, prepare)
    waiting = list(names)
    while waiting:
        waiting += search.follow(waiting.pop())
    return Closure(
        tuple(search.modules[name] for name in sorted(search.modules)),
        tuple(sorted(search.natives)),
        tuple(sorted(search.others)),
    )


@dataclass
class Search:
    """What has been found so far, and what is still to be asked for."""

    library: Library
    mentioned: set[str]
    """Names that any module of the image speaks of."""
    asked: set[str]
    """Those of code that may want what only CPython has: MicroPython's own does not."""
    whole: bool
    modern: bool
    prepare: Callable[[Module], Module]
    modules: dict[str, Module] = field(default_factory=dict)
    natives: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    enough: list[str] = field(default_factory=list)
    """Names for which the interpreter's module did, so far."""
    lazy: dict[str, frozenset[str]] = field(default_factory=dict)
    """Modules that wait, and the names that they wait for."""

    def follow(self, name: str) -> list[str]:
        """Take what an import of `name` leads to, and say what that imports in turn."""
        package = package_of(name, self.library)
        if name[:1] == "u" and name[1:] in GUEST_MODULES:
            self.others.add(name[1:])  # the interpreter's own, by one of ours that extends it
        elif package is None:
            kind = self.natives if name in self.library.natives else self.others
            kind.add(name.partition(".")[0])
        elif self.is_enough(package, name):
            self.others.add(package)
            self.enough.append(name)
        else:
            parent = name.rpartition(".")[0]
            again = self.extended() if package in self.library.cpython else []
            return self.take(package, name) + ([parent] if parent else []) + again
        return []

    def extended(self) -> list[str]:
        """From now on, take what extends the interpreter's modules; which did until now."""
        self.modern, again, self.enough = True, self.enough, []
        return again

    def is_enough(self, package: str, name: str) -> bool:
        """Whether the interpreter's module of that name does, of which `package` is an extension:
        nobody asks for what it has beyond it."""
        if package not in GUEST_MODULES or package in self.modules or self.modern:
            return False
        more = extension(self.library.packages[package])
        return more is not None and not more & (self.asked | {name[len(package) + 1 :]})

    def take(self, package: str, name: str) -> list[str]:
        """Take a package, and say what it imports; of its lazy modules only `name`, and those whose
        names are mentioned by now."""
        loaded = loads(self.library.packages[package])
        found = []
        for module in self.library.packages[package]:
            if module.name in self.modules:
                continue
            if module.name in loaded and module.name != name and not self.whole:
                self.lazy[module.name] = loaded[module.name]
                continue
            self.modules[module.name] = made = self.prepare(module)
            found += imported(made.path, package)
            if made.path.name != "__init__.py" or not loaded:
                self.mentioned |= mentions(made.path)
            if package.partition(".")[0] not in OWN:
                self.asked |= mentions(made.path)
        asked = (one for one, names in self.lazy.items() if names & self.mentioned)
        return found + [one for one in asked if one not in self.modules]


def extension(package: Iterable[Module]) -> frozenset[str] | None:
    """What a package has beyond the interpreter's module of its name, which it imports with a `u`
    before it, and whose names it lists as `_NATIVE` where it defines them anew; None if it does not
    extend one."""
    found: set[str] = set()
    native: set[str] = set()
    extends = False
    for module in package:
        if module.path.name != "__init__.py" and "." in module.name:
            found.add(module.path.stem)
            continue
        for statement in parse(module.path).body:
            match statement:
                case ast.ImportFrom(module=str(base)):
                    extends = extends or base == f"u{module.name}"
                case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                    found.add(name)
                case ast.Assign(targets=[ast.Name("_NATIVE")], value=value):
                    native |= set(ast.literal_eval(value))
                    extends = True
                case _:
                    pass
    return frozenset(found - native) if extends else None


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
