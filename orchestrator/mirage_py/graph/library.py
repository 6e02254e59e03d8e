"""Which modules an image holds beside the user's own: what is imported, and what that imports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from mirage_py import catalog
from mirage_py.graph.facts import Facts, facts_at, names_of
from mirage_py.graph.model import Module
from mirage_py.graph.names import GUEST_MODULES, OF_FILES, VFS_MODULES
from mirage_py.graph.parts import Parts
from mirage_py.graph.uses import ALL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Read = Callable[[Path, str], Facts]
"""Reads a module, whose relative imports start from the package of that name."""

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
    lacking: frozenset[str] = frozenset()
    """Modules that the image's interpreter has not, whatever others have."""


@dataclass(frozen=True)
class Closure:
    """What an image links."""

    modules: tuple[Module, ...]
    """Library modules to freeze."""
    natives: tuple[str, ...]
    others: tuple[str, ...]
    """Names that are neither: modules of the interpreter, where it has them."""
    packages: frozenset[str]
    """The packages of the library that the modules are of, and those that hold none."""


def ours(root: Path, lacking: Iterable[str]) -> Library:
    """The modules that `root` has itself; its interpreter is without those of `lacking`."""
    bindings = catalog.bindings(root).values()
    packages = {f"mirage.{one.name}": one.modules for one in bindings if one.modules}
    packages |= catalog.library(root)
    lacking = frozenset(lacking)
    for name in OF_FILES if lacking >= VFS_MODULES else ():
        packages.pop(name, None)
    return Library(
        {name: package(name, files) for name, files in packages.items()},
        frozenset(f"_{driver.stem}" for one in bindings for driver in one.drivers),
        lacking=lacking,
    )


def package(name: str, files: Sequence[Path]) -> tuple[Module, ...]:
    """The modules of package `name` in these files; of module `name`, if that is the one file."""
    if len(files) == 1 and files[0].stem == name.rpartition(".")[2]:
        return (Module(name, files[0]),)
    return tuple(
        Module(name if file.stem == "__init__" else f"{name}.{file.stem}", file) for file in files
    )


def close(
    names: Iterable[str],
    library: Library,
    readers: Iterable[Facts] = (),
    *,
    whole: bool = False,
    modern: bool = False,
    read: Read = facts_at,
    prepare: Callable[[Module], Module] = lambda module: module,
    shorten: Callable[[Module, str], Module] | None = None,
) -> Closure:
    """Follow imports from `names` through the library.

    A package is taken whole, but for the modules that it loads only when one of their names is
    asked of it: those wait until one of `readers`, the image's other modules, or one of the library
    mentions such a name. `whole` takes them at once: the image may come to code that is not here.
    `modern` takes what extends a module of the interpreter without asking. `read` reads a module of
    the library; `prepare` is told of each that is taken, and gives the one to freeze.

    With `shorten`, a module of `mirage` is taken only where it is imported, and of it what is
    spoken of (graph/parts.py); `shorten` is given the text of one that is not all taken.
    """
    readers = [*readers]
    mentioned: set[str] = set().union(*(one.mentions for one in readers))
    apart = shorten is not None and not whole
    search = Search(library, mentioned, set(mentioned), whole, modern, prepare, apart, cache(read))
    waiting = list(names)
    if apart:  # `from mirage.ptime import mock` may be of a module
        waiting += [name for one in readers for name in one.imports if is_ours(name)]
    while waiting or (waiting := search.asked_for()):
        waiting += search.follow(waiting.pop())
    for name, part in search.parts.items():
        text = part.shortened()
        if shorten and text is not None:
            search.modules[name] = shorten(search.modules[name], text)
    return Closure(
        tuple(search.modules[name] for name in sorted(search.modules)),
        tuple(sorted(search.natives)),
        tuple(sorted(search.others)),
        frozenset(search.taken),
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
    apart: bool
    """Modules of `mirage` are taken one by one, and in parts."""
    read: Read
    parts: dict[str, Parts] = field(default_factory=dict)
    """Those that are, by name."""
    modules: dict[str, Module] = field(default_factory=dict)
    natives: set[str] = field(default_factory=set)
    others: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    """Packages."""
    enough: list[str] = field(default_factory=list)
    """Names for which the interpreter's module did, so far."""
    lazy: dict[str, frozenset[str]] = field(default_factory=dict)
    """Modules that wait, and the names that they wait for."""
    extensions: dict[str, frozenset[str] | None] = field(default_factory=dict)
    """What packages have beyond the interpreter's module of their name, as far as was asked."""

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
        if package not in self.extensions:
            modules = self.library.packages[package]
            self.extensions[package] = extension(package, modules, self.read)
        more = self.extensions[package]
        if more is None or package in self.library.lacking:
            return False
        return not more & (self.asked | {name, name[len(package) + 1 :]})

    def take(self, package: str, name: str) -> list[str]:
        """Take a package, and say what it imports; of its lazy modules only `name`, and those whose
        names are mentioned by now."""
        self.taken.add(package)
        if self.apart and is_ours(package):
            self.take_apart(package, name)
            return []
        waiting = [m for m in self.library.packages[package] if m.name not in self.modules]
        loaded = loads(self.library.packages[package], self.read) if waiting else {}
        found: list[str] = []
        for module in waiting:
            if module.name in loaded and module.name != name and not self.whole:
                self.lazy[module.name] = loaded[module.name]
                continue
            self.modules[module.name] = made = self.prepare(module)
            facts = self.read(made.path, package)
            found += facts.imports
            if made.path.name != "__init__.py" or not loaded:
                self.mentioned |= facts.mentions
            if package.partition(".")[0] not in OWN:
                self.asked |= facts.mentions
        return found + [one for one in self.lazy if one not in self.modules and self.is_asked(one)]

    def is_asked(self, lazy: str) -> bool:
        """Whether a lazy module is spoken of. What extends the interpreter's has names that stand
        for much else, too (`path`): there, its own module is to be named with it."""
        package, names = lazy.rpartition(".")[0], self.lazy[lazy]
        if package in GUEST_MODULES - OWN and not self.modern:
            names = frozenset(f"{package}.{one}" for one in (*names, ALL))
        elif "wait" in names:  # events have one of that name
            names = names - {"wait"} | {f"{package}.wait"}
        return not names.isdisjoint(self.mentioned)

    def take_apart(self, package: str, name: str) -> None:
        """Take a package's own module, and the one of that name, as far as they are spoken of."""
        for module in self.library.packages[package]:
            if module.name in (package, name) and module.name not in self.modules:
                self.modules[module.name] = self.prepare(module)
                self.parts[module.name] = Parts(module.path, package)

    def asked_for(self) -> list[str]:
        """What imports those parts of modules that are spoken of by now, and were not before."""
        return [
            name
            for part in [*self.parts.values()]
            for one in part.take(self.mentioned)
            for name in names_of(one)
        ]


def is_ours(name: str) -> bool:
    """Whether it is a package of the bindings, or below one."""
    return name.startswith("mirage.")


def extension(top: str, package: Sequence[Module], read: Read = facts_at) -> frozenset[str] | None:
    """What package `top` has beyond the interpreter's module of its name, which it imports with a
    `u` before it, and whose names it lists as `_NATIVE` where it defines them anew; None if it does
    not extend one. Variables and lazy modules, whose names stand for much else, too, are called
    `os.sep`, and keywords that the interpreter's functions do not take `json.dumps(indent)`."""
    lazy = loads(package, read)
    found = {f"{top}.{ALL}", *(f"{top}.{one}" for names in lazy.values() for one in names)}
    native: set[str] = set()
    extends = False
    for module in package:
        if module.path.name != "__init__.py" and "." in module.name:
            found |= set() if module.name in lazy else {module.path.stem}
            continue
        facts = read(module.path, top)
        extends = extends or f"u{module.name}" in facts.taken or facts.native is not None
        native |= facts.native or set()
        others = [names for base, names in facts.taken.items() if base != f"u{module.name}"]
        found |= facts.defined
        for one in (facts.keywords, facts.assigned, *others):
            found |= {f"{top}.{name}" for name in one}
    return frozenset(found - native - {f"{top}.{one}" for one in native}) if extends else None


def loads(package: Iterable[Module], read: Read = facts_at) -> dict[str, frozenset[str]]:
    """The modules that a package loads lazily, with the names that each is loaded for."""
    return {
        f"{module.name}.{where}": names
        for module in package
        if module.path.name == "__init__.py"
        for where, names in read(module.path, module.name).lazy.items()
    }


def package_of(name: str, library: Library) -> str | None:
    """The package of the library that `name` is in."""
    parts = name.split(".")
    prefixes = (".".join(parts[:length]) for length in range(len(parts), 0, -1))
    return next((prefix for prefix in prefixes if prefix in library.packages), None)
