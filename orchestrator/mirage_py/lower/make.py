"""The nodes that rewritten code is made of."""

from __future__ import annotations

import ast

HELPER = "_modern"
"""The module of the guest that rewritten code calls."""


def call(name: str, *args: ast.expr) -> ast.Call:
    """A call of a function of the helper."""
    return ast.Call(ast.Attribute(ast.Name(HELPER, ast.Load()), name, ast.Load()), list(args), [])


def named(name: str, *args: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), list(args), [])


def assign(name: str, value: ast.expr, at: ast.stmt) -> ast.stmt:
    return ast.copy_location(ast.Assign([ast.Name(name, ast.Store())], value), at)
