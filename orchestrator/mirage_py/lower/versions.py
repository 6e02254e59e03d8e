"""What code says of the Python that it runs on, read when the image is laid out."""

from __future__ import annotations

import ast
import operator
from typing import TYPE_CHECKING, Any

from mirage_py.lower.names import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

OPERATORS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le,
    ast.Gt: operator.gt, ast.GtE: operator.ge,
}  # fmt: skip


def version_test(test: ast.expr) -> bool | None:
    """What a test of Python's version says, or of whether a checker reads; None for any other."""
    match test:
        case ast.Compare(left=left, ops=[relation], comparators=[right]):
            return compared(left, relation, right)
        case ast.Name("TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            return False
        case ast.Attribute(value=ast.Name("six"), attr="PY2" | "PY3" as name):
            return name == "PY3"
        case _:
            return None


def compared(left: ast.expr, relation: ast.cmpop, right: ast.expr) -> bool | None:
    """What `sys.version_info`, or a part of it, compared with a literal says."""
    part: slice | int = slice(None)
    if isinstance(left, ast.Subscript):
        if isinstance(left.slice, ast.Slice) and isinstance(left.slice.upper, ast.Constant):
            part = slice(left.slice.upper.value)
        elif isinstance(left.slice, ast.Constant) and isinstance(left.slice.value, int):
            part = left.slice.value
        else:
            return None
        left = left.value
    if ast.unparse(left) != "sys.version_info" or type(relation) not in OPERATORS:
        return None
    try:
        literal = ast.literal_eval(right)
    except ValueError:
        return None
    return bool(OPERATORS[type(relation)](VERSION[part], literal))
