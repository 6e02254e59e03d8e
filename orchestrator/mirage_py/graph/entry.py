"""Entry points: that the user's function exists and takes what it will be given."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from mirage_py.dsl.errors.words import count
from mirage_py.dsl.near import near
from mirage_py.graph.devices import Node
from mirage_py.graph.errors.entries import NoEntry, NotAFunction, WrongArity
from mirage_py.graph.modules import Source
from mirage_py.support.errors import MirageError

Function = ast.FunctionDef | ast.AsyncFunctionDef
KINDS = {ast.ClassDef: "a class", ast.Assign: "a variable", ast.AnnAssign: "a variable"}


def check(node: Node, source: Source) -> Iterator[MirageError]:
    """What is wrong with the entry point of `node`, whose module is `source`."""
    module, _, name = str(node.declaration.entry).rpartition(".")
    found = definition(source, name)
    if found is None:
        close = near(name, _names(source.tree.body))
        yield NoEntry(source.file, name, close, node.declaration.position)
    elif isinstance(found, Function):
        given = [f"a `{one.type}`" for one in node.arguments]
        given += [f"`{one.name}`" for one in node.declaration.runtime_args]
        takes = _takes(found, len(given))
        if takes and not found.decorator_list:
            user, position = node.declaration.position, source.at(found.lineno)
            yield WrongArity(f"{module}.{name}", takes, given, user, position)
    elif type(found) in KINDS:
        yield NotAFunction(f"{module}.{name}", KINDS[type(found)], source.at(found.lineno))


def is_async(node: Node, source: Source) -> bool:
    """Whether the entry point of `node` is to be awaited."""
    name = str(node.declaration.entry).rpartition(".")[2]
    return isinstance(definition(source, name), ast.AsyncFunctionDef)


def definition(source: Source, name: str) -> ast.stmt | None:
    """The statement that last binds `name` in a module; an import of it counts."""
    found = [one for one in _statements(source.tree.body) if name in _bound(one)]
    return found[-1] if found else None


def _takes(function: Function, given: int) -> str | None:
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


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that run when a module is imported."""
    for statement in body:
        yield statement
        if isinstance(statement, ast.If | ast.Try | ast.With):
            for name in ("body", "orelse", "finalbody"):
                yield from _statements(getattr(statement, name, []))
            for handler in getattr(statement, "handlers", []):
                yield from _statements(handler.body)


def _bound(statement: ast.stmt) -> set[str]:
    """The names that a statement binds."""
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            return {statement.name}
        case ast.Import() | ast.ImportFrom():
            return {(alias.asname or alias.name).partition(".")[0] for alias in statement.names}
        case ast.Assign():
            return {target.id for target in statement.targets if isinstance(target, ast.Name)}
        case ast.AnnAssign(target=ast.Name(id=name)):
            return {name}
        case _:
            return set()


def _names(body: list[ast.stmt]) -> set[str]:
    """The functions of a module."""
    return {one.name for one in _statements(body) if isinstance(one, Function)}
