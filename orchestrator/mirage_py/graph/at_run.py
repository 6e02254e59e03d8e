"""What a module does when it runs, for which an image has to hold more: found by reading."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mirage_py.lower.conditions import decided

if TYPE_CHECKING:
    from collections.abc import Iterator

ASK_FOR_ANNOTATIONS = frozenset(
    ("__annotations__", "get_annotations", "get_type_hints", "getfullargspec", "signature")
)
READ_FILES = ("importlib.resources", "importlib import resources", "pkgutil")
"""What a module speaks of that reads files of its package: `pkgutil.get_data`."""
DOCS = ("__doc__", "getdoc")
COMPILE = frozenset({"compile", "eval", "exec"})
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def reads_files(text: str) -> bool:
    """Whether it reads files of its package."""
    return any(name in text for name in READ_FILES[:2]) or (
        READ_FILES[2] in text and "get_data" in text
    )


def asks_for_annotations(tree: ast.Module) -> bool:
    """Whether it asks functions for their annotations."""
    return any(
        (isinstance(node, ast.Attribute) and node.attr in ASK_FOR_ANNOTATIONS)
        or (isinstance(node, ast.alias) and node.name in ASK_FOR_ANNOTATIONS)
        for node in ast.walk(tree)
    )


def reads_docs(tree: ast.Module) -> bool:
    """Whether it reads what documentation says, and does not only hand it on, to another's
    `__doc__`."""
    handed_on = {
        below
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and all(isinstance(one, ast.Attribute) and one.attr == "__doc__" for one in node.targets)
        for below in ast.walk(node)
    }
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in DOCS
        and isinstance(node.ctx, ast.Load)
        and node not in handed_on
        for node in ast.walk(tree)
    )


def compiling(tree: ast.Module) -> list[tuple[str, int]]:
    """Where it calls the built-in functions that compile code: the function of the module, or the
    method, that does, empty outside of any, and the line. The text that a statement `exec("...")`
    holds is compiled with the module."""
    own = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and stored(node)}
    own |= {node.name for node in ast.walk(tree) if isinstance(node, FUNCTIONS)}
    own |= {node.asname or node.name for node in ast.walk(tree) if isinstance(node, ast.alias)}
    return list(_compiling(tree, "", COMPILE - own))


def stored(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)


def _compiling(node: ast.AST, function: str, names: frozenset[str]) -> Iterator[tuple[str, int]]:
    match node:
        case ast.Expr(ast.Call(ast.Name("exec"), [ast.Constant(str())])):
            return
        case ast.Call(ast.Name(name)) if name in names:
            yield function, node.lineno
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
            function = function or name
        case _:
            pass
    below: list[ast.AST] = [*ast.iter_child_nodes(node)]
    if isinstance(node, ast.If) and (answer := decided(node.test, modern=True)) is not None:
        below = [*(node.body if answer else node.orelse)]
    for one in below:
        yield from _compiling(one, function, names)
