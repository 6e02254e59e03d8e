"""What devices add to the build of an image: files, actions, folders of modules."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from mirage_py.dsl.impl import Declaration
from mirage_py.graph.devices import Node
from mirage_py.graph.errors.additions import FileClash, FileOutside, NoCSource, NoFolder, NotC
from mirage_py.graph.model import Addition, CLibrary, CSource
from mirage_py.support.errors import MirageError, Position

SOURCES = (".c", ".S")
"""Of `c_sources`, what is compiled."""
COMPILED = (".a", ".o")
"""Of them, what is machine code already."""


def additions(nodes: Iterable[Node], mistakes: list[MirageError]) -> tuple[Addition, ...]:
    """What the declarations of `nodes` add, each once; two files of one name are a mistake."""
    places: dict[str, Position] = {}
    found = []
    for declaration, settled in {node.declaration: node.settled for node in nodes}.items():
        position, action = declaration.position, declaration.configure
        mistakes += [
            FileOutside(name, position)
            for name in (*settled.files, *settled.install)
            if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts
        ]
        for name in (*settled.files, *(f"dist/{one}" for one in settled.install)):
            if name in places:
                mistakes.append(FileClash(name, places[name], position))
            places[name] = position
        if settled.files or action or settled.meson or settled.install:
            found.append(Addition(position, settled.files, action, settled.meson, settled.install))
    return tuple(found)


def c_sources(
    root: Path, declarations: Iterable[Declaration], mistakes: list[MirageError]
) -> tuple[CSource, ...]:
    """The C sources that the image is compiled with, each once."""
    found: dict[Path, CSource] = {}
    for declaration in declarations:
        for name in declaration.c_sources:
            path = (root / name).resolve()
            if not path.is_file():
                mistakes.append(NoCSource(declaration.name, name, declaration.position))
            elif path.suffix not in SOURCES + COMPILED:
                mistakes.append(NotC(declaration.name, name, declaration.position))
            found.setdefault(path, CSource(path, declaration.position))
    return tuple(found.values())


def c_libraries(declarations: Iterable[Declaration]) -> tuple[CLibrary, ...]:
    """The C libraries that the image is linked with, each once."""
    found: dict[str, CLibrary] = {}
    for one in declarations:
        for name in one.pkg_config:
            found.setdefault(name, CLibrary(name, one.position))
    return tuple(found.values())


def local_folders(
    root: Path, declarations: Iterable[Declaration], mistakes: list[MirageError]
) -> tuple[Path, ...]:
    """The folders, beside that of config.py, whose modules can be imported."""
    folders = []
    for declaration in declarations:
        for name in declaration.local_libs:
            folder = (root / name).resolve()
            if not folder.is_dir():
                mistakes.append(NoFolder(declaration.name, name, declaration.position))
            folders.append(folder)
    return tuple(dict.fromkeys(folders))
