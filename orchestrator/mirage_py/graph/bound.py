"""The names that statements bind."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TypeGuard

INNER = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef,
    ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
)  # fmt: skip
"""What has names of its own."""


def bound(statement: ast.stmt) -> set[str]:
    """The names that a simple statement binds."""
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return {statement.name}
        case ast.Import() | ast.ImportFrom():
            return {bound_by(alias) for alias in statement.names}
        case ast.Assign() | ast.AnnAssign():
            return {one.id for one in ast.walk(statement) if is_stored(one)}
        case _:
            return set()


def bound_by(alias: ast.alias) -> str:
    """The name that an import binds."""
    return alias.asname or alias.name.partition(".")[0]


def is_stored(node: ast.AST) -> TypeGuard[ast.Name]:
    """Whether it is a name that is given a value."""
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)


def outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    """What of `node` runs with it, not when one of its functions is called."""
    for one in ast.iter_child_nodes(node):
        yield one
        if not isinstance(one, INNER):
            yield from outside_functions(one)
