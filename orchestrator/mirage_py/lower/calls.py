"""Calls."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mirage_py.lower.expressions import Expressions
from mirage_py.lower.make import call
from mirage_py.lower.names import METHODS, POSITIONAL, Parameter
from mirage_py.lower.shapes import sets_of_class

if TYPE_CHECKING:
    from collections.abc import Sequence


MOST_ARGUMENTS = 255
"""As many as an instruction of MicroPython's gives one by one."""
MOST_BEFORE_STAR = 29
"""Where the last argument with a star may stand: which have one is told in the bits of a number."""


class Calls(Expressions):
    """One module's expressions."""

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Arguments by name that MicroPython's functions take by position."""
        self.generic_visit(node)
        self.with_many(node)
        match node.func:
            case ast.Name(name) if name not in self.bound:
                pass
            case ast.Attribute(attr=name):
                pass
            case _:
                return node
        if isinstance(node.func, ast.Attribute) and name in METHODS:
            self.changed = True
        names = POSITIONAL.get(name)
        if names and isinstance(node.func, ast.Name) == (names[0] == "function"):
            self.by_position(node, names[1])
        if name == "zip" and isinstance(node.func, ast.Name) and node.keywords:
            self.changed = True
            return ast.Call(call("strict_zip").func, node.args, node.keywords)
        if name == "print" and any(one.arg == "flush" for one in node.keywords):
            self.changed = True
            node.keywords = [one for one in node.keywords if one.arg != "flush"]
        if (made := coded(node, name)) is not None:
            self.changed = True
            return made
        if self.package and isinstance(node.func, ast.Name) and sets_of_class(node, self.types):
            self.changed = True
            return call("set_of_class", *node.args)
        if name == "locals" and isinstance(node.func, ast.Name) and self.locals is not None:
            self.changed = True  # MicroPython's are the module's
            return call("locals_of", *(reader(one) for one in self.locals))
        if name == "format" and isinstance(node.func, ast.Name):
            self.changed = True
            return call("format", *node.args)
        return node

    def with_many(self, node: ast.Call) -> None:
        """More arguments than an instruction takes, as a list and a dictionary."""
        starred = [at for at, one in enumerate(node.args) if isinstance(one, ast.Starred)]
        if starred[-1:] > [MOST_BEFORE_STAR] or len(node.args) > MOST_ARGUMENTS:
            self.changed = True
            values = self.unpacked(node.args) if starred else ast.List(node.args, ast.Load())
            node.args = [ast.Starred(values, ast.Load())]
        if len(node.keywords) > MOST_ARGUMENTS:
            self.changed = True
            named = [one for one in node.keywords if one.arg is not None]
            keys = [ast.Constant(one.arg) for one in named]
            told = ast.keyword(None, ast.Dict([*keys], [one.value for one in named]))
            node.keywords = [told, *(one for one in node.keywords if one.arg is None)]

    def by_position(self, node: ast.Call, names: Sequence[Parameter]) -> None:
        given = {one.arg: one.value for one in node.keywords}
        known = [one if isinstance(one, str) else one[0] for one in names]
        if not given or None in given or not set(given) <= set(known[len(node.args) :]):
            return
        if any(isinstance(one, ast.Starred) for one in node.args):
            return
        args = list(node.args)
        for one in names[len(args) :]:
            name, default = (one, None) if isinstance(one, str) else one
            if name in given:
                args.append(given.pop(name))
            elif given:
                args.append(ast.Constant(default))
        self.changed = True
        node.args, node.keywords = args, []


def reader(name: str) -> ast.expr:
    """A name, and how to read the variable, which may have no value."""
    nothing = ast.arguments([], [], None, [], [], None, [])
    return ast.Tuple(
        [ast.Constant(name), ast.Lambda(nothing, ast.Name(name, ast.Load()))], ast.Load()
    )


def coded(node: ast.Call, name: str) -> ast.expr | None:
    """A call that turns text into bytes or back, by the helper, which knows of encodings. None for
    any other."""
    args, by_name = node.args, isinstance(node.func, ast.Name)
    if isinstance(node.func, ast.Attribute) and name in ("decode", "encode") and 0 < len(args) < 3:
        if not is_utf8(args):
            return ast.Call(call(name).func, [node.func.value, *args], node.keywords)
    elif (
        by_name
        and name in ("bytearray", "bytes", "str")
        and len(args) > 1
        and not is_utf8(args[1:])
    ):
        return ast.Call(call(f"to_{name}").func, args, node.keywords)
    return None


def is_utf8(args: Sequence[ast.expr]) -> bool:
    """Whether arguments of decode or encode say just what MicroPython does whatever they say."""
    names = ("utf-8", "utf8", "UTF-8", "ascii")
    one = args[0]
    return len(args) == 1 and isinstance(one, ast.Constant) and one.value in names[:3]
