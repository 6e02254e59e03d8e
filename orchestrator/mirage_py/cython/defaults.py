"""Defaults of arguments. Cython keeps what is no literal beside a module's objects, and there are
none; what C's compiler knows stands in the function."""

from __future__ import annotations

import math
from typing import Any


def settle(argument: Any) -> str | None:
    """Have a constant default stand where it is used; return what to tell of any other."""
    given = argument.default
    if given is None or (given.is_literal and not given.is_none):
        return None
    if constant := _constant(given):
        argument.default_value = argument.type.cast_code(constant)
        return None
    what = f"the default of `{argument.name or argument.declarator.name}`"
    if argument.type.is_memoryviewslice:
        return f"{what} cannot be None: a buffer is one, if an empty one"
    return f"{what} is not constant: write a number or NULL, and compute it in the function"


def wide(node: Any) -> bool:
    """Whether a number is more than any type of C's holds."""
    value = node.constant_result
    return isinstance(value, int) and not -(1 << 63) <= value < 1 << 64


def _constant(node: Any) -> str | None:
    """An expression in C that has one value, or None."""
    kind, value = type(node).__name__, node.constant_result
    if isinstance(value, int | float):
        return repr(value) if math.isfinite(value) and not wide(node) else None
    if kind in ("AddNode", "SubNode", "MulNode"):
        operands = _constant(node.operand1), _constant(node.operand2)
        return f"({operands[0]} {node.operator} {operands[1]})" if all(operands) else None
    if kind == "NameNode" and not (node.entry.is_const or node.entry.in_cinclude):
        return None
    known = kind in ("NameNode", "SizeofTypeNode", "SizeofVarNode")
    return str(node.result()) if known else None
