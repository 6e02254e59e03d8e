"""What a module asks of those that it imports: `os.path` of `import os as o; o.path.join`."""

from __future__ import annotations

import ast

ALL = "*"
"""What is asked of a module that is handed on, or of which all names are taken."""


def uses(tree: ast.Module) -> set[str]:
    """The names that are asked of modules, each behind the name of its module."""
    modules = imported_as(tree)
    found = {
        f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module and not node.level
        for alias in node.names
    }
    inside = set()
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=name) as value, attr=attribute) if name in modules:
                found |= {f"{module}.{attribute}" for module in modules[name]}
                inside.add(value)
            case _:
                pass
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in modules and node not in inside:
            found |= {f"{module}.{ALL}" for module in modules[node.id]}
    return found


def imported_as(tree: ast.Module) -> dict[str, set[str]]:
    """The modules that each name stands for, wherever it is imported."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        for alias in node.names if isinstance(node, ast.Import) else ():
            name, module = (
                (alias.asname, alias.name) if alias.asname else (alias.name.partition(".")[0],) * 2
            )
            found.setdefault(name, set()).add(module)
    return found
