"""What functions, decorators and imports of a file of tests say."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Function = ast.FunctionDef | ast.AsyncFunctionDef
EVERY = "*"
"""Stands for names that reading does not tell."""


def functions(node: ast.Module | ast.ClassDef) -> list[Function]:
    """The functions that stand in a module or class."""
    return [one for one in node.body if isinstance(one, Function)]


def parameters(node: Function, *, method: bool) -> tuple[str, ...]:
    """The names of what a function must be called with, but for `self`."""
    free = any(last_name(one) == "staticmethod" for one in node.decorator_list)
    every = [*node.args.posonlyargs, *node.args.args]
    needed = every[: len(every) - len(node.args.defaults)][1 if method and not free else 0 :]
    more = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
    return tuple(one.arg for one in (*needed, *(one for one, default in more if default is None)))


def kind(node: Function) -> str:
    """How a fixture makes its value."""
    inner = (one for statement in node.body for one in ast.walk(statement))
    yields = any(isinstance(one, ast.Yield | ast.YieldFrom) for one in inner)
    if isinstance(node, ast.AsyncFunctionDef):
        return "generator" if yields else "async"
    return "yields" if yields else "plain"


def parametrized(nodes: Sequence[ast.AST]) -> set[str]:
    """The names that marks give tests values for: among decorators, and in `pytestmark`."""
    found = set()
    for one in nodes:
        if isinstance(one, ast.Assign) and not is_pytestmark(one):
            continue
        if not isinstance(one, ast.Assign | ast.expr):
            continue
        for node in ast.walk(one):
            match node:
                case ast.Call(func=ast.Attribute(attr="parametrize"), args=[names, *_]):
                    found |= words(names)
                case ast.Call(func=ast.Attribute(attr="parametrize")):
                    found.add(EVERY)
                case _:
                    pass
    return found


def is_pytestmark(node: ast.Assign) -> bool:
    return any(isinstance(one, ast.Name) and one.id == "pytestmark" for one in node.targets)


def words(names: ast.expr) -> set[str]:
    """The names that stand in `"a,b"` or `["a", "b"]`."""
    match names:
        case ast.Constant(value=str() as text):
            return {one.strip() for one in text.split(",")}
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return {one for item in items for one in words(item)}
        case _:
            return {EVERY}


def last_name(node: ast.AST) -> str:
    """`c` of `a.b.c`."""
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case _:
            return ""


def keyword(node: ast.expr, name: str) -> str | None:
    """The text that a call is given by name."""
    for one in node.keywords if isinstance(node, ast.Call) else ():
        if one.arg == name and isinstance(one.value, ast.Constant):
            return str(one.value.value)
    return None


def imported(tree: ast.Module) -> Iterator[tuple[ast.stmt, str, set[str], str]]:
    """The imports of a module, each with its top-level module, the names taken of it, and the name
    that it has itself."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases):
                for alias in aliases:
                    top = alias.name.partition(".")[0]
                    yield node, top, set(), alias.asname or top
            case ast.ImportFrom(module=str(name), names=aliases):
                yield node, name.partition(".")[0], {one.name for one in aliases}, ""
            case _:
                pass


def outside_annotations(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a tree that are run: an image has no annotations."""
    skipped = {"annotation", "returns"}
    yield tree
    for field, value in ast.iter_fields(tree):
        if field not in skipped:
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, ast.AST):
                    yield from outside_annotations(one)
