"""The modules of an image, found by reading: from the entry points, along the imports.

This is the one part of `plan` that reads files. Nothing of the user's is run.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mirage_py.catalog import Binding
from mirage_py.graph.cimports import cimported
from mirage_py.graph.clashes import clash
from mirage_py.graph.errors.modules import (
    EscapingImport,
    FeatureMissing,
    HostModule,
    InvalidModule,
    ModuleClash,
    NoModule,
    NoSubmodule,
    StartClash,
    UnknownGuestModule,
)
from mirage_py.graph.imports import Import, imports
from mirage_py.graph.model import Module, Native, Wanted
from mirage_py.graph.names import (
    GUEST_MODULES,
    HOST_MODULES,
    START_NAMES,
    VFS_MODULES,
    WITHOUT_FILES,
)
from mirage_py.graph.offered import lacking
from mirage_py.graph.uses import uses
from mirage_py.support.errors import MirageError, Position
from mirage_py.support.near import near
from mirage_py.support.parse import parse, source_text

BELOW = ".*"
"""What stands behind the name of a package if all of it is meant."""


def natives(module: Module, find: Callable[[str], Path | None]) -> dict[str, Native]:
    """A native module that is imported, and those that it uses, by name; `find` gives the file of a
    module."""
    found: dict[str, Native] = {}
    waiting = [module]
    while waiting:
        one = waiting.pop()
        named = {name: find(name) for name in cimported(one.path, one.name) if name != one.name}
        used = {name: path for name, path in named.items() if path and path.suffix == ".pyx"}
        found[one.name] = Native(one.name, one.path, one is module, tuple(used))
        waiting += [Module(name, path) for name, path in used.items() if name not in found]
    return found


def add(known: dict[str, Native], more: Mapping[str, Native]) -> None:
    """Take up further native modules; what Python imports stays so."""
    for name, one in more.items():
        if not is_imported(known.get(name)):
            known[name] = one


def is_imported(native: Native | None) -> bool:
    """Whether that is a native module which Python imports."""
    return native is not None and native.imported


def is_without_files(tree: ast.Module) -> bool:
    """Whether a module asks something of `os`, and nothing that needs files."""
    found = {one.split(".")[1] for one in uses([*ast.walk(tree)]) if one.startswith("os.")}
    return bool(found) and found <= WITHOUT_FILES


@dataclass(frozen=True)
class Source:
    """A module of the user's, parsed."""

    module: Module
    file: str
    """Relative to the project."""
    lines: tuple[str, ...]
    tree: ast.Module

    def at(self, line: int) -> Position:
        """The position of a line of it."""
        text = self.lines[line - 1].strip() if line <= len(self.lines) else ""
        return Position(self.file, line, text)

    @property
    def package(self) -> str:
        """The package that its relative imports start from."""
        name = self.module.name
        return name if self.module.path.name == "__init__.py" else name.rpartition(".")[0]


@dataclass
class Sources:
    """All that was read."""

    root: Path
    bindings: Mapping[str, Binding]
    from_disk: bool = False
    """The image can import from a file system: what is not here may be there."""
    folders: tuple[Path, ...] = ()
    """Further folders whose modules can be imported."""
    made: frozenset[str] = frozenset()
    """Files that devices add to the workspace: `table.py` can be imported."""
    natives: dict[str, Native] = field(default_factory=dict)
    library: frozenset[str] = frozenset()
    """Modules of CPython's that our library has."""
    packages: bool = False
    """The project has packages, or may have: what is not here may be theirs."""
    pinned: frozenset[Path] = frozenset()
    """Folders that packages are taken from: no modules of the project's stand in them."""
    wanted: list[Wanted] = field(default_factory=list)
    users: dict[str, Source] = field(default_factory=dict)
    builtins: set[str] = field(default_factory=set)
    places: dict[str, Position] = field(default_factory=dict)
    """Where each of them is first imported by the user."""
    through: dict[str, str] = field(default_factory=dict)
    """What of the guest's imports each of those that the user does not."""
    linked: set[str] = field(default_factory=set)
    """Bindings that an import asks for."""
    fileless: set[str] = field(default_factory=set)
    """Files of the user's that ask nothing of `os` that needs files."""
    mistakes: list[MirageError] = field(default_factory=list)

    def entry(self, name: str, position: Position) -> None:
        """Read the module of an entry point, and all that it leads to."""
        if self._find(name) is None:
            stem = name.replace(".", "/")
            files = (f"{stem}.py", f"{stem}/__init__.py") if "." in name else (f"{stem}.py",)
            self.mistakes.append(NoModule(name, files, position))
            return
        self._read(name, position)

    def imported(self, name: str, position: Position) -> None:
        """Read what a device imports: a module of the user's, or one of the guest's."""
        self._follow(Import(name, None, position.line, optional=False, text=name), position)

    def keep(self, name: str, position: Position) -> None:
        """Read what the command line names: a module, or `thing.*`, all below `thing`."""
        package = name.removesuffix(BELOW)
        own = sorted(self._below(package)) if package != name else []
        for module in own:
            self._read(module, position)
        if own:
            return
        if package != name and self.packages and package.partition(".")[0] not in GUEST_MODULES:
            self.wanted.append(Wanted(package, None, position, optional=False, whole=True))
        else:
            self._follow(Import(package, None, 0, optional=False, text=name), position)

    def _below(self, package: str) -> Iterator[str]:
        """The user's modules that stand in `package`, and it."""
        for folder in (self.root, *self.folders):
            for path in folder.joinpath(*package.split(".")).rglob("*.py*"):
                inside = path.relative_to(folder).with_suffix("")
                parts = inside.parts[:-1] if inside.name == "__init__" else inside.parts
                if path.suffix in {".py", ".pyx"} and all(part.isidentifier() for part in parts):
                    yield ".".join(parts)

    def _find(self, name: str) -> Path | None:
        """The file of the user's module `name`, if it is one."""
        return next(self.files(name), None)

    def files(self, name: str) -> Iterator[Path]:
        """The files that the user's module `name` may be: more than one are a mistake."""
        for folder in dict.fromkeys((self.root, *self.folders)):
            stem = folder.joinpath(*name.split("."))
            below = (f"{stem.name}.py", f"{stem.name}.pyx")
            yield from filter(Path.is_file, (stem / "__init__.py", *map(stem.with_name, below)))

    def _is_folder(self, name: str) -> bool:
        """Whether `name` is a folder of the user's, which modules may stand in."""
        parts = name.split(".")
        found = [one.joinpath(*parts) for one in (self.root, *self.folders)]
        return any(one not in self.pinned and any(one.rglob("*.py*")) for one in found)

    def _read(self, name: str, position: Position) -> None:
        """Read the user's module `name`, the packages it stands in, and what they import."""
        parent = name.rpartition(".")[0]
        if parent:
            self._read(parent, position)
        path = self._find(name)
        if name in self.users or path is None or is_imported(self.natives.get(name)):
            return
        file = os.path.relpath(path, self.root)
        if name in GUEST_MODULES | self._drivers().keys() | {"mirage"}:
            self.mistakes.append(ModuleClash(file, name, position))
            return
        if START_NAMES.fullmatch(name):
            self.mistakes.append(StartClash(file, name, position))
            return
        self.mistakes += clash(self, name, position)
        if path.suffix == ".pyx":
            add(self.natives, natives(Module(name, path), self._find))
            return
        try:
            text = source_text(path)
            tree = parse(text, file)
        except (SyntaxError, UnicodeDecodeError, ValueError) as error:
            line = getattr(error, "lineno", None) or 1
            where = Position(file, line, (getattr(error, "text", None) or "").strip())
            why = error.msg if isinstance(error, SyntaxError) else str(error)
            self.mistakes.append(InvalidModule(why, where))
            return
        source = Source(Module(name, path), file, tuple(text.splitlines()), tree)
        self.users[name] = source
        if is_without_files(tree):
            self.fileless.add(file)
        for one in imports(tree, source.package):
            self._follow(one, source.at(one.line))

    def _follow(self, one: Import, position: Position) -> None:
        """Take up an import of the user's: a module of theirs, one of the guest's, or neither."""
        top = one.module.partition(".")[0]
        if not one.module:
            self.mistakes.append(EscapingImport(one.text, position))
        elif top in HOST_MODULES:
            self.mistakes.append(HostModule(top, position))
        elif self._find(top) or self._is_folder(top):
            self._follow_own(one, position)
        elif f"{one.module}.py" in self.made:
            return
        else:
            self._follow_guest(one, position)

    def _follow_own(self, one: Import, position: Position) -> None:
        below = f"{one.module}.{one.attribute}"
        if one.attribute and self._find(below):
            self._read(below, position)
            return
        self._read(one.module, position)
        if not self._find(one.module) and not self._is_folder(one.module) and not one.optional:
            file = f"{one.module.replace('.', '/')}.py"
            self.mistakes.append(NoSubmodule(one.module, file, position))

    def place(self, name: str) -> tuple[str, Position | None]:
        """What the user imports that leads to the guest's module `name`: itself, in most cases; and
        where."""
        seen = {name}
        while name not in self.places and self.through.get(name, name) not in seen:
            name = self.through[name]
            seen.add(name)
        return name, self.places.get(name)

    def _follow_guest(self, one: Import, position: Position | None, by: str = "") -> None:
        """Take up an import of what is not the user's: at a place of theirs, or by a module of the
        guest's."""
        name = one.module
        if name == "mirage" and one.attribute:
            name = f"mirage.{one.attribute}"
        below = one.attribute and name in self.library
        for each in (name, *([f"{name}.{one.attribute}"] if below else [])):
            self.builtins.add(each)
            if position:
                self.places.setdefault(each, position)
            else:
                self.through.setdefault(each, by)
        drivers = self._drivers()
        if name in drivers:
            self._link(drivers[name])
        if name.startswith("mirage."):
            binding = name.split(".")[1]
            if binding in self._packages():
                wrong = lacking(one, self.bindings[binding], position) if position else None
                self.mistakes += [wrong] if wrong else []
                self._link(binding)
                return
        elif name.partition(".")[0] in VFS_MODULES and not self.from_disk:
            top = name.partition(".")[0]
            if position and not one.optional and not self._is_fileless(top, position):
                self.mistakes.append(FeatureMissing(top, "vfs", position))
            return
        elif name.partition(".")[0] in self._guest(drivers):
            return
        if position and self.packages:
            self.builtins.discard(name)
            optional = one.optional or self.from_disk
            self.wanted.append(Wanted(one.module, one.attribute, position, optional))
        elif position and not one.optional and not self.from_disk:
            known = (
                GUEST_MODULES | self.library | {f"mirage.{package}" for package in self._packages()}
            )
            self.mistakes.append(UnknownGuestModule(name, near(name, known), position))

    def _is_fileless(self, name: str, position: Position) -> bool:
        """Whether the module of the guest's is asked there for nothing that needs files."""
        return name in self.library and position.file in self.fileless

    def asked(self) -> set[str]:
        """The guest's modules that the user's modules and devices import themselves."""
        return self.builtins & self.places.keys()

    def _guest(self, drivers: Mapping[str, str]) -> frozenset[str]:
        """The top-level modules of the guest; a package may have one of our library's better."""
        always = GUEST_MODULES | drivers.keys() | {"mirage"}
        return always if self.packages else always | self.library

    def _link(self, name: str) -> None:
        """Link a binding, and those that its guest modules import."""
        if name in self.linked:
            return
        self.linked.add(name)
        for path in self.bindings[name].modules:
            for one in imports(ast.parse(path.read_text(encoding="utf-8")), f"mirage.{name}"):
                self._follow_guest(one, None, f"mirage.{name}")

    def link(self, names: set[str]) -> None:
        """Link the bindings that devices name."""
        for name in sorted(names):
            self._link(name)

    def _drivers(self) -> dict[str, str]:
        """Module names of drivers (`_block`) and the bindings that hold them."""
        return {
            f"_{path.stem}": binding.name
            for binding in self.bindings.values()
            for path in binding.drivers
        }

    def _packages(self) -> set[str]:
        """The bindings that are packages below `mirage`."""
        return {
            binding.name
            for binding in self.bindings.values()
            if any(path.name == "__init__.py" for path in binding.modules)
        }
