"""What is asked of the library's modules in an image, and none of them has: found by reading."""

from __future__ import annotations

import ast
import os
from typing import TYPE_CHECKING

from mirage_py.graph.bound import bound, is_stored, outside_functions
from mirage_py.graph.errors.modules import NoName
from mirage_py.graph.imports import absolute, imports
from mirage_py.graph.library import loads
from mirage_py.support.errors import Position
from mirage_py.support.near import near
from mirage_py.support.parse import source_text
from mirage_py.workspace import errors

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from mirage_py.graph.imports import Import
    from mirage_py.graph.model import Module
    from mirage_py.support.errors import MirageError
    from mirage_py.workspace.packages import Step

MADE = "sys.modules["
DYNAMIC = ("globals()", MADE)
"""What a module makes names by, of which reading does not tell."""


def missing(
    asked: Iterable[Step],
    own: Iterable[Module],
    root: Path,
    library: Mapping[str, Module],
    natives: Collection[str] = (),
) -> Iterator[MirageError]:
    """What is wrong with the imports that packages insist on, and with those of the project's
    modules `own`, which lie in `root`; `library` are the modules that an image has of ours,
    `natives` those of the interpreter that nothing extends."""
    names = Names(library, natives)
    for step in asked:
        if names.lacks(step.one):
            yield errors.no_name(step.importer, *names.told(step.one), step.position)
    for module in own:
        if module.path.suffix != ".py":
            continue
        package = module.name if module.path.stem == "__init__" else module.name.rpartition(".")[0]
        for one in imports(tree_of(module), package):
            if not (one.optional or one.lazy or one.called) and names.lacks(one):
                line = source_text(module.path).splitlines()[one.line - 1].strip()
                where = Position(os.path.relpath(module.path, root), one.line, line)
                inside, name = names.told(one)
                public = [name for name in names.of(inside) or () if name[:1] != "_"]
                yield NoName(inside, name, near(name, sorted(public)), where)


class Names:
    """The names that modules of the library have once they are imported."""

    def __init__(self, library: Mapping[str, Module], natives: Collection[str] = ()) -> None:
        self.library, self.natives = library, natives
        self.known: dict[str, set[str] | None] = {}

    def lacks(self, one: Import) -> bool:
        """Whether a module of the library has not what is asked of it: a name, or a module."""
        if one.module in self.library:
            return one.attribute not in (None, "*") and self._is_nowhere(one.module, one.attribute)
        parent, name = self._below_known(one.module)
        if parent not in self.library:
            return parent in self.natives  # which have no modules below them
        return self._is_nowhere(parent, name) or self._is_no_module(parent)

    def told(self, one: Import) -> tuple[str, str]:
        """The module that lacks something, and what."""
        if one.module in self.library:
            return one.module, str(one.attribute)
        return self._below_known(one.module)

    def _below_known(self, module: str) -> tuple[str, str]:
        """The module that is known above one that is not, and what it is asked for."""
        parent, _, name = module.rpartition(".")
        while parent and parent not in self.library and parent not in self.natives:
            parent, _, name = parent.rpartition(".")
        return parent, name

    def _is_nowhere(self, module: str, name: str | None) -> bool:
        names = self.of(module)
        return names is not None and name not in names and f"{module}.{name}" not in self.library

    def _is_no_module(self, parent: str) -> bool:
        """Whether what the library has not below a module is none: none puts itself there."""
        named = self.of(parent) is not None
        return not named and MADE not in self.library[parent].path.read_text("utf-8")

    def of(self, name: str) -> set[str] | None:
        """The names of a module; None if reading does not tell them."""
        if name not in self.known:
            self.known[name] = None  # of a circle of imports nothing is said
            self.known[name] = self._read(self.library[name]) if name in self.library else None
        return self.known[name]

    def _read(self, module: Module) -> set[str] | None:
        text = source_text(module.path)
        if any(one in text for one in DYNAMIC):
            return None
        tree, lazy = tree_of(module), loads([module])
        found = {name for names in lazy.values() for name in names}
        package = module.name if module.path.stem == "__init__" else module.name.rpartition(".")[0]
        for node in outside_functions(tree):
            if is_stored(node):
                found.add(node.id)
            elif isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
                inner = self.of(absolute(node, package))
                if inner is None:
                    return None
                found |= inner
            elif isinstance(node, ast.stmt):
                found |= bound(node)
        return None if "__getattr__" in found and not lazy else found


def tree_of(module: Module) -> ast.Module:
    """A module, parsed."""
    return ast.parse(source_text(module.path))
