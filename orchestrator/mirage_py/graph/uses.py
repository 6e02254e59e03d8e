"""What a module asks of those that it imports: `os.path` of `import os as o; o.path.join`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

ALL = "*"
"""What is asked of a module that is handed on, or of which all names are taken."""


def uses(nodes: Collection[ast.AST]) -> set[str]:
    """The names that are asked of modules, each behind the name of its module; `nodes` are all of a
    module's tree."""
    modules = imported_as(nodes)
    found, inside = set(), set()
    for node in nodes:
        match node:
            case ast.ImportFrom(module=str() as module, level=0, names=aliases):
                found |= {f"{module}.{alias.name}" for alias in aliases}
            case ast.Attribute(value=ast.Name(id=name) as value, attr=attribute) if name in modules:
                found |= {f"{module}.{attribute}" for module in modules[name]}
                inside.add(value)
            case _:
                pass
    for node in nodes:
        if isinstance(node, ast.Name) and node.id in modules and node not in inside:
            found |= {f"{module}.{ALL}" for module in modules[node.id]}
    return found


def imported_as(nodes: Collection[ast.AST]) -> dict[str, set[str]]:
    """The modules that each name stands for, wherever it is imported."""
    found: dict[str, set[str]] = {}
    for node in nodes:
        for alias in node.names if isinstance(node, ast.Import) else ():
            name, module = (
                (alias.asname, alias.name) if alias.asname else (alias.name.partition(".")[0],) * 2
            )
            found.setdefault(name, set()).add(module)
    return found
