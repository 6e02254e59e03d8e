"""What a module imports, read from its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Import:
    """One name that an import statement asks for."""

    module: str
    """The absolute name of the module; "" if a relative import leaves its package."""
    attribute: str | None
    """What `from module import attribute` asks of it: a name in it, or a module below it."""
    line: int
    optional: bool
    """It stands in a `try`, and may fail."""
    text: str
    """The module as it was written."""


def imports(tree: ast.Module, package: str) -> Iterator[Import]:
    """Every import of a module that stands in `package`, but those for type checkers only."""
    yield from _walk(tree.body, package, optional=False)


def _walk(body: list[ast.stmt], package: str, *, optional: bool) -> Iterator[Import]:
    for statement in body:
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                yield Import(alias.name, None, statement.lineno, optional, alias.name)
        elif isinstance(statement, ast.ImportFrom):
            yield from _from(statement, package, optional)
        else:
            inside = optional or isinstance(statement, ast.Try | ast.TryStar)
            for block in _blocks(statement):
                yield from _walk(block, package, optional=inside)


def _from(statement: ast.ImportFrom, package: str, optional: bool) -> Iterator[Import]:
    text = "." * statement.level + (statement.module or "")
    base = package.split(".") if package else []
    if statement.level:
        kept = len(base) - (statement.level - 1)
        base = base[:kept] if kept > 0 else []
        module = ".".join([*base, statement.module or ""]).strip(".") if base else ""
    else:
        module = statement.module or ""
    for alias in statement.names:
        yield Import(module, alias.name, statement.lineno, optional, text)


def _blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    """The blocks of statements inside a statement that the guest runs."""
    if isinstance(statement, ast.If) and _is_type_checking(statement.test):
        yield statement.orelse
        return
    for name in ("body", "orelse", "finalbody"):
        block = getattr(statement, name, [])
        if isinstance(block, list):
            yield block
    for handler in getattr(statement, "handlers", []):
        yield handler.body
    for case in getattr(statement, "cases", []):
        yield case.body


def _is_type_checking(test: ast.expr) -> bool:
    name = test.attr if isinstance(test, ast.Attribute) else getattr(test, "id", "")
    return name == "TYPE_CHECKING"
