"""An unpacked distribution, and what of modules and other files stands in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from mirage_py.workspace.entry_points import entry_points

if TYPE_CHECKING:
    from mirage_py.lock.model import LockedPackage

COMPILED = (".so", ".pyd", ".dylib")
SOURCES = (".c", ".cpp", ".pyx", ".rs")
"""What an sdist makes extension modules of."""
SUFFIXES = (".py", ".pyx")
"""Of modules' sources."""
NOT_MODULES = frozenset({"setup", "conftest", "noxfile", "tests", "test", "docs", "examples"})
"""What stands at the top of a source tree and is not installed."""


@dataclass(frozen=True)
class Distribution:
    """An unpacked distribution."""

    package: LockedPackage
    roots: tuple[Path, ...]
    """The folders in which its modules lie."""
    is_wheel: bool

    @property
    def name(self) -> str:
        """As messages show it."""
        return f"{self.package.name} {self.package.version}"

    def file(self, path: Path) -> str:
        """A file of it as messages show it: `microdot-2.3.1/microdot/microdot.py`."""
        root = next(root for root in self.roots if path.is_relative_to(root))
        inside = path.relative_to(root).as_posix()
        return f"{self.package.name}-{self.package.version}/{inside}"

    def find(self, name: str) -> Path | None:
        """The file of module `name`, if it has one."""
        return self._first(name, "/__init__.py", ".py")

    def native(self, name: str) -> Path | None:
        """The .pyx of module `name`, if it has one."""
        return self._first(name, ".pyx")

    def is_folder(self, name: str) -> bool:
        """Whether `name` is a folder, in which modules may stand: a namespace package."""
        return self._holds(name) and stem(name) in self._folders

    def compiled(self, name: str) -> Path | None:
        """The file of machine code, or what would become it, that is module `name`."""
        for root, files in self._machine if self._holds(name) else ():
            for file in files.get(stem(name), ()):
                if file.endswith(COMPILED) or not self.is_wheel:
                    return root / file
        return None

    def modules(self) -> Iterator[str]:
        """The names of all its modules."""
        for _, files in self._files:
            for file in files:
                if not file.endswith(SUFFIXES):
                    continue
                parts = file.rpartition(".")[0].split("/")
                named = parts[:-1] if parts[-1] == "__init__" else parts
                if named and all(part.isidentifier() for part in named) and self._holds(named[0]):
                    yield ".".join(named)

    def resources(self) -> dict[str, Path]:
        """Its files beside its modules, as `package/file`."""
        return {
            file: root / file
            for root, files in self._files
            for file in files
            if "/" in file
            and self._holds(file.partition("/")[0])
            and ".dist-info/" not in file
            and not file.endswith((".py", ".pyc", ".pyi"))
        }

    def entry_points(self) -> Iterator[tuple[str, str, str]]:
        """Group, name and value (`module:thing`) of what it offers by name."""
        yield from entry_points(self.roots)

    def _first(self, name: str, *endings: str) -> Path | None:
        if self._holds(name):
            for root, files in self._files:
                for ending in endings:
                    if (file := stem(name) + ending) in files:
                        return root / file
        return None

    def _holds(self, name: str) -> bool:
        return self.is_wheel or name.partition(".")[0] not in NOT_MODULES

    @cached_property
    def _files(self) -> tuple[tuple[Path, dict[str, None]], ...]:
        """By root, its files in the order of their names: looked up often, and listed once."""
        return tuple(
            (root, dict.fromkeys(sorted(files_below(root), key=lambda file: file.split("/"))))
            for root in self.roots
        )

    @cached_property
    def _folders(self) -> frozenset[str]:
        """The folders with modules in them, or below."""
        files = (file for _, files in self._files for file in files if file.endswith(SUFFIXES))
        return frozenset(file[:end] for file in files for end, one in enumerate(file) if one == "/")

    @cached_property
    def _machine(self) -> tuple[tuple[Path, dict[str, list[str]]], ...]:
        """By root and module, the files that are machine code or become it."""
        found: list[tuple[Path, dict[str, list[str]]]] = []
        for root, files in self._files:
            named: dict[str, list[str]] = {}
            for file in files:
                if file.endswith((*COMPILED, *SOURCES)):
                    folder, slash, name = file.rpartition("/")
                    named.setdefault(folder + slash + name.partition(".")[0], []).append(file)
            found.append((root, named))
        return tuple(found)


def stem(name: str) -> str:
    """What the files of a module begin with."""
    return name.replace(".", "/")


def files_below(root: Path) -> Iterator[str]:
    """The files below a folder, by their names in it; a link is what it leads to."""
    waiting, followed = [(os.fspath(root), "")], set[str]()
    while waiting:
        folder, inside = waiting.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_file():
                    yield inside + entry.name
                elif entry.is_dir():
                    if entry.is_symlink():
                        target = os.path.realpath(entry.path)
                        if target in followed:  # links can lead round in a circle
                            continue
                        followed.add(target)
                    waiting.append((entry.path, f"{inside}{entry.name}/"))


def distribution(package: LockedPackage, tree: Path) -> Distribution:
    """An unpacked distribution: a wheel (PEP 427), or the tree of its source, which may keep its
    modules in `src`."""
    if any(tree.glob("*.dist-info/WHEEL")):
        return Distribution(package, (tree, *sorted(tree.glob("*.data/purelib"))), is_wheel=True)
    inner = tree / "src"
    folders = (inner, tree) if inner.is_dir() else (tree,)
    return Distribution(package, folders, is_wheel=False)
