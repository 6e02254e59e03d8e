"""Entry points: that the user's function exists, takes what it will be given, and runs at all."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from enum import Enum

from mirage_py.dsl.errors.words import count
from mirage_py.graph.annotated import mismatches
from mirage_py.graph.bound import outside_functions
from mirage_py.graph.devices import Node
from mirage_py.graph.errors.entries import IsGenerator, NoEntry, NotAFunction, WrongArity
from mirage_py.graph.modules import Source
from mirage_py.graph.scopes import (
    Defined,
    Meaning,
    Missing,
    Scopes,
    Unknown,
    Whole,
)
from mirage_py.support.errors import MirageError
from mirage_py.support.near import near

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


class Calling(Enum):
    """How an entry point is called, by what becomes of the call in the start code."""

    PLAIN = "{}"
    """It has nothing to wait for."""
    AWAITED = "await {}"
    CHECKED = "await mirage.tasks.returned({})"
    """Whether there is something to wait for is seen when it has returned."""


def check(node: Node, nodes: Iterable[Node], source: Source, scopes: Scopes) -> list[MirageError]:
    """What is wrong with the entry point of `node`, whose module is `source`. Of several functions
    that it may be, as the branches of an `if` define them, one need only be right."""
    devices = {one.id: one for one in nodes}
    found = [list(wrong(node, one, devices, scopes)) for one in meanings(node, source, scopes)]
    return [] if not all(found) else found[-1]


def calling(node: Node, source: Source, scopes: Scopes) -> Calling:
    """How the entry point of `node` is called."""
    found = {calling_of(one) for one in meanings(node, source, scopes)}
    return found.pop() if len(found) == 1 else Calling.CHECKED


def meanings(node: Node, source: Source, scopes: Scopes) -> list[Meaning]:
    """What the entry point of `node` may be."""
    return scopes.meanings(source, str(node.declaration.entry).rpartition(".")[2])


def calling_of(meaning: Meaning) -> Calling:
    """How that is called."""
    if isinstance(meaning, Defined) and not getattr(meaning.node, "decorator_list", ()):
        match meaning.node:
            case ast.AsyncFunctionDef():
                return Calling.AWAITED
            case ast.FunctionDef() as function if not any(map(may_wait, within(function))):
                return Calling.PLAIN
            case _:
                pass
    return Calling.CHECKED


def may_wait(node: ast.AST) -> bool:
    """Whether it is a `return` of what may have to be awaited."""
    return (
        isinstance(node, ast.Return)
        and node.value is not None
        and not isinstance(node.value, ast.Constant)
    )


def wrong(
    node: Node, meaning: Meaning, devices: dict[str, Node], scopes: Scopes
) -> Iterator[MirageError]:
    """What is wrong with one of the things that the entry point may be."""
    entry = str(node.declaration.entry)
    user = node.declaration.position
    match meaning:
        case Missing(source, name, asked):
            close = near(name, functions(source.tree.body))
            yield NoEntry(source.file, name, close, asked[0].at(asked[1]) if asked else user)
        case Whole():
            yield NotAFunction(entry, "a module", user)
        case Defined(source, node=ast.ClassDef() as found):
            yield NotAFunction(entry, "a class", source.at(found.lineno))
        case Defined(source, node=found) if isinstance(found, FUNCTIONS):
            if getattr(found, "decorator_list", ()):
                return
            at = source.at(found.lineno)
            if any(isinstance(one, ast.Yield | ast.YieldFrom) for one in within(found)):
                yield IsGenerator(entry, at)
            given = [f"a `{one.type}`" for one in node.arguments]
            given += [f"`{one.name}`" for one in node.declaration.runtime_args]
            if takes := takes_instead(found, len(given)):
                yield WrongArity(entry, takes, given, user, at)
            else:
                yield from mismatches(node, source, found, devices, scopes)
        case Defined(source, node=found):
            yield NotAFunction(entry, "a variable", source.at(found.lineno))
        case Unknown():
            pass


def within(function: Function) -> Iterator[ast.AST]:
    """What a function itself runs."""
    for one in function.body if isinstance(function.body, list) else [function.body]:
        yield one
        if not isinstance(one, (*FUNCTIONS, ast.ClassDef)):
            yield from outside_functions(one)


def takes_instead(function: Function, given: int) -> str | None:
    """How many arguments `function` takes, in words, if it does not take `given`."""
    args = function.args
    keyword_only = [
        arg.arg
        for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True)
        if default is None
    ]
    if keyword_only:
        return f"`{keyword_only[0]}` by keyword only"
    most = len(args.posonlyargs) + len(args.args)
    least = most - len(args.defaults)
    if least <= given and (given <= most or args.vararg):
        return None
    if args.vararg:
        return f"at least {count(least, 'argument')}"
    return count(most, "argument") if least == most else f"{least} to {most} arguments"


def functions(body: list[ast.stmt]) -> set[str]:
    """The names of the functions that a module, or a block of it, defines."""
    names = set()
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            names.add(statement.name)
        elif not isinstance(statement, ast.ClassDef):
            for one in ast.iter_child_nodes(statement):
                blocks = [one] if isinstance(one, ast.stmt) else getattr(one, "body", [])
                names |= functions(blocks if isinstance(blocks, list) else [])
    return names
