"""The names that an expression of the guest's takes from around it."""

from __future__ import annotations

import ast
import builtins
import inspect
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from mirage_py.dsl.errors.connecting import UnknownName
from mirage_py.support.errors import Position
from mirage_py.support.near import near

BUILTINS = frozenset(dir(builtins))


def free(expression: str) -> list[str]:
    """The names that `expression` takes from around it, each once, in their order."""
    names = [node for node in ast.walk(ast.parse(expression, mode="eval")) if is_name(node)]
    bound = {one for node in names for one in binds(node)}
    used = [node.id for node in names if isinstance(node, ast.Name)]
    return list(dict.fromkeys(one for one in used if one not in bound))


def is_name(node: ast.AST) -> bool:
    """Whether it is a name, or a parameter of a `lambda`."""
    return isinstance(node, ast.Name | ast.arg)


def binds(node: ast.AST) -> Iterator[str]:
    """The name that a node binds, if it does: of a `lambda`, a comprehension or `:=`."""
    if isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id


def unknown_names(
    device: str,
    expression: str,
    known: Iterable[str],
    imports: Iterable[str],
    make: Callable[..., Any],
    position: Position,
) -> Iterator[UnknownName]:
    """One mistake for each name in the `connect` expression of `device` that is neither `known`,
    nor of a module of its `imports`. `make` is what made the expression."""
    modules = [one.partition(".")[0] for one in imports]
    there = {*known, *modules}
    parameters = inspect.signature(make).parameters
    for name in free(expression):
        if name not in there | BUILTINS:
            close = near(name, modules)
            yield UnknownName(device, expression, name, close, name in parameters, position)
