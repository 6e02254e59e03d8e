"""The code that connects devices: that the user's modules have what it names of them, and that it
awaits what has to be."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from mirage_py.graph.devices import Node
from mirage_py.graph.entry import Calling, calling_of
from mirage_py.graph.errors.devices import NoAttribute, NotAwaited
from mirage_py.graph.scopes import Missing, Scopes
from mirage_py.support.near import near


def missing(node: Node, scopes: Scopes) -> Iterator[NoAttribute]:
    """One mistake for each function, or the like, that the `connect` of `node` names of a module of
    the user's and that is not there."""
    for module, name in sorted(named(node)):
        source = scopes.sources.users.get(module)
        if source is None or scopes.module(f"{module}.{name}"):
            continue
        if all(isinstance(one, Missing) for one in scopes.meanings(source, name)):
            there = [
                one.id if isinstance(one, ast.Name) else one.name
                for one in ast.walk(source.tree)
                if isinstance(one, ast.Name | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            ]
            device, position = node.declaration.name, node.declaration.position
            yield NoAttribute(device, module, name, near(name, there), position)


def unawaited(node: Node, scopes: Scopes) -> Iterator[NotAwaited]:
    """The mistake that `connect` of `node` calls an `async def` and no more: the device would be a
    coroutine, which nothing runs."""
    call = ast.parse(node.connect, mode="eval").body if node.connect else None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Attribute):
        return
    module, name = ast.unparse(call.func.value), call.func.attr
    source = scopes.module(module) if module in node.declaration.imports else None
    found = scopes.meanings(source, name) if source else []
    if found and all(calling_of(one) is Calling.AWAITED for one in found):
        yield NotAwaited(node.declaration.name, f"{module}.{name}", node.declaration.position)


def named(node: Node) -> set[tuple[str, str]]:
    """The modules of its imports that `connect` names, each with what it names of it."""
    imported, found = node.declaration.imports, set[tuple[str, str]]()
    for one in ast.walk(ast.parse(node.connect, mode="eval")) if node.connect else ():
        if isinstance(one, ast.Attribute):
            module = ast.unparse(one.value)
            if module in imported:
                found.add((module, one.attr))
    return found
