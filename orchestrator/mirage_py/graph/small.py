"""Small modules: ours of the same names as CPython's, for images that have none of CPython's and
ask for no name that the small one lacks."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from mirage_py.graph.imports import imports
from mirage_py.graph.offered import offered

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def outgrown(trees: Iterable[ast.Module], small: Mapping[str, Path]) -> Iterator[str]:
    """Those of the modules in `small` of which a program asks for more than they have."""
    for tree in trees:
        for module, name in asked(tree):
            if module in small:
                names = offered(ast.parse(small[module].read_text(encoding="utf-8")))
                if names is not None and name not in names:
                    yield module


def asked(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The names that a program asks of modules, and the modules below others that it imports."""
    places: dict[str, str] = {}
    for one in imports(tree, ""):
        above, _, below = one.module.partition(".")
        if below or one.attribute:
            yield above, below or str(one.attribute)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            places |= {alias.asname or alias.name: alias.name for alias in node.names}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name in places:
                yield places[name], attribute
            case _:
                pass
