"""What is known of the conditions of a module before it runs: whether a type checker reads it, on
which Python, on which platform."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from typing import Any

from mirage_py.lower.names import VERSION

ALWAYS: dict[str, Any] = {"sys.platform": "mirage"}
"""What every module is told."""
MODERN: dict[str, Any] = {"sys.version_info": VERSION, "six.PY2": False, "six.PY3": True}
"""What modules of packages are told, too."""
OPERATORS: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le,
    ast.Gt: operator.gt, ast.GtE: operator.ge, ast.In: lambda one, all_: one in all_,
}  # fmt: skip


def is_for_checkers(test: ast.expr) -> bool:
    """Whether only checkers read on: `if TYPE_CHECKING:`, `if False:`."""
    if isinstance(test, ast.Constant):
        return not test.value
    name = test.attr if isinstance(test, ast.Attribute) else getattr(test, "id", "")
    return name == "TYPE_CHECKING"


def decided(test: ast.expr, *, modern: bool) -> bool | None:
    """Whether a condition holds in every image; None if reading does not tell."""
    match test:
        case _ if is_for_checkers(test):
            return False
        case ast.UnaryOp(op=ast.Not(), operand=inner):
            answer = decided(inner, modern=modern)
            return None if answer is None else not answer
        case ast.BoolOp(op=op, values=values):
            answers = [decided(one, modern=modern) for one in values]
            ends = isinstance(op, ast.Or)
            if ends in answers:
                return ends
            return None if None in answers else not ends
        case ast.Attribute(value=ast.Name("six"), attr="PY2" | "PY3") if modern:
            return bool(value(test, modern=modern))
        case ast.Compare(left=left, ops=[one], comparators=[right]) if type(one) in OPERATORS:
            try:
                told = value(left, modern=modern), value(right, modern=modern)
                return bool(OPERATORS[type(one)](*told))
            except (LookupError, TypeError, ValueError):
                return None
        case ast.Call(func=ast.Attribute(value=what, attr="startswith"), args=[start]):
            try:
                return bool(value(what, modern=modern).startswith(ast.literal_eval(start)))
            except (LookupError, AttributeError, TypeError, ValueError):
                return None
        case _:
            return None


def value(node: ast.expr, *, modern: bool) -> Any:
    """What an expression is. Raises LookupError or ValueError if reading does not tell."""
    match node:
        case ast.Attribute(value=ast.Name(id=module), attr=name):
            known = ALWAYS | MODERN if modern else ALWAYS
            return known[f"{module}.{name}"]
        case ast.Subscript(value=inner, slice=ast.Constant(value=int() as at)):
            return value(inner, modern=modern)[at]
        case ast.Subscript(value=inner, slice=ast.Slice(lower=None, upper=upper, step=None)):
            end = ast.literal_eval(upper) if upper else None
            return value(inner, modern=modern)[:end]
        case _:
            return ast.literal_eval(node)
