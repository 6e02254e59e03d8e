"""Clashes of modules: two files of the project, or of a device, that are one module in an image."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from mirage_py.graph.errors.modules import SecondModule, StartClash
from mirage_py.graph.names import START_NAMES
from mirage_py.support.errors import Position

if TYPE_CHECKING:
    from mirage_py.graph.modules import Sources

Clash = SecondModule | StartClash


def clash(sources: Sources, name: str, position: Position) -> Iterator[Clash]:
    """What stands beside the user's module `name`, which is imported at `position`."""
    first, *others = sources.files(name)
    package = name.rpartition(".")[0]
    above = next(sources.files(package), None) if package else None
    if others:
        yield SecondModule(
            name, shown(first, sources.root), shown(others[0], sources.root), position
        )
    elif above and above.name != "__init__.py":  # `helper.py`, beside the folder `helper`
        yield SecondModule(
            package, shown(above, sources.root), shown(first.parent, sources.root), position
        )


def clash_of_made(sources: Sources, device: str, file: str, position: Position) -> Iterator[Clash]:
    """What stands beside a file that `device`, declared at `position`, makes."""
    if not file.endswith(".py"):
        return
    name = file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    if START_NAMES.fullmatch(name):
        yield StartClash(file, name, position)
    for path in sources.files(name):
        yield SecondModule(name, shown(path, sources.root), f"`{file}` of `{device}`", position)


def shown(path: Path, root: Path) -> str:
    """A file, or a folder, as messages name it."""
    return f"`{os.path.relpath(path, root)}{'/' if path.is_dir() else ''}`"
