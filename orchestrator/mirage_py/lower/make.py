"""The nodes that rewritten code is made of."""

from __future__ import annotations

import ast
from typing import Any

HELPER = "_modern"
"""The module of the guest that rewritten code calls."""


def call(name: str, *args: ast.expr) -> ast.Call:
    """A call of a function of the helper."""
    return ast.Call(ast.Attribute(ast.Name(HELPER, ast.Load()), name, ast.Load()), list(args), [])


def named(name: str, *args: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), list(args), [])


class Real(float):
    """A number whose attribute is asked for: MicroPython reads `3.5.hex` as one number."""

    def __repr__(self) -> str:
        return f"({super().__repr__()})"


class Imaginary(complex):
    """The same of another kind."""

    def __repr__(self) -> str:
        return f"({super().__repr__()})"


def in_parentheses(value: Any) -> Any:
    """A constant before the point of an attribute."""
    return {float: Real, complex: Imaginary}.get(type(value), lambda same: same)(value)


def assign(name: str, value: ast.expr, at: ast.stmt) -> ast.stmt:
    return ast.copy_location(ast.Assign([ast.Name(name, ast.Store())], value), at)
