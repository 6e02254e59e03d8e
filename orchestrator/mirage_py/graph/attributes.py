"""What a module asks of other modules while it is imported, by their names: `ast.If`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mirage_py.graph.imports import Import

if TYPE_CHECKING:
    from collections.abc import Iterator

PERHAPS = (
    ast.If, ast.Try, ast.TryStar, ast.With, ast.While, ast.IfExp, ast.BoolOp, ast.Lambda,
    ast.FunctionDef, ast.AsyncFunctionDef, ast.GeneratorExp, ast.AnnAssign,
)  # fmt: skip
"""What may leave out some of what it holds, or is run later."""


def attributes(tree: ast.Module) -> Iterator[Import]:
    """The names that `tree` surely asks of modules that it imports at its top, each as if it was
    imported from there."""
    modules = {
        alias.asname or alias.name: alias.name
        for node in tree.body
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.asname or "." not in alias.name
    }
    bound = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and is_stored(node)]
    for name in bound:
        modules.pop(name, None)
    seen_to = provided(tree)
    for node in surely(tree):
        match node:
            case ast.Attribute(ast.Name(base), name, ast.Load()) if (
                base in modules and (base, name) not in seen_to
            ):
                yield Import(modules[base], name, node.lineno, False, f"{base}.{name}")
            case _:
                pass


def provided(tree: ast.Module) -> set[tuple[str, str]]:
    """The attributes that a module gives others, or tests for: `hasattr(operator, "div")`."""
    found = set()
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(ast.Name(base), name, ast.Store()):
                found.add((base, name))
            case ast.Call(ast.Name("hasattr"), [ast.Name(base), ast.Constant(str() as name)]):
                found.add((base, name))
            case _:
                pass
    return found


def is_stored(node: ast.Name) -> bool:
    return not isinstance(node.ctx, ast.Load)


def surely(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes below `node` that are run with it, whatever holds."""
    for one in ast.iter_child_nodes(node):
        if not isinstance(one, PERHAPS):
            yield one
            yield from surely(one)
