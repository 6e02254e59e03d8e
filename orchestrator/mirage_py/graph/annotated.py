"""Annotations of an entry point: that each names what config.py gives for its parameter.

What a device is in the image is read as well: `connect` names a function or a class of a module,
and that function says by its own annotation what it returns. Where a class is not known by reading,
nothing is said.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from mirage_py.dsl.argument import Argument
from mirage_py.graph.devices import Node
from mirage_py.graph.errors.entries import WrongAnnotation
from mirage_py.graph.modules import Source
from mirage_py.graph.scopes import Defined, Meaning, Scopes
from mirage_py.support.errors import MirageError

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
Class = tuple[str, str]
"""Module and name; module "" for Python's own."""
KINDS = {"int": "int", "port": "int", "float": "float", "bool": "bool"}
"""Classes of runtime arguments by kind; those of all others are `str`."""
BUILTINS = frozenset({"str", "int", "float", "bool", "bytes", "list", "tuple", "dict", "set"})
WIDER = {"int": {"float"}, "bool": {"int", "float"}}
"""What annotations take beside the class itself."""
OPEN = frozenset({"Protocol", "ABC", "Any", "object"})
"""Classes whose instances need not be of a subclass of theirs."""


class Doubt(Exception):
    """What reading does not tell."""


def mismatches(
    node: Node, source: Source, function: Function, devices: Mapping[str, Node], scopes: Scopes
) -> Iterator[MirageError]:
    """One mistake for each parameter of `function`, the entry point of `node`, whose annotation
    names another class than that of what it is given."""
    given: list[Node | Argument[object]] = [devices[one] for one in node.given]
    given += node.declaration.runtime_args
    for parameter, value in zip(parameters(function), given, strict=False):
        if parameter.annotation is None:
            continue
        try:
            wanted = classes(scopes, source, parameter.annotation)
            found = argument_class(value) if isinstance(value, Argument) else made(value, scopes)
            if any(fits(scopes, one, other) for one in found for other in wanted):
                continue
        except Doubt:
            continue
        what = value.name if isinstance(value, Argument) else value.declaration.name
        where = value.position if value.position.line else node.position
        written = f"{parameter.arg}: {ast.unparse(parameter.annotation)}"
        names = [spelled(one) for one in found]
        yield WrongAnnotation(
            str(node.declaration.entry), written, what, names, where, source.at(parameter.lineno)
        )


def parameters(function: Function) -> Iterator[ast.arg]:
    """Those that take positional arguments; `*rest` takes all that there are."""
    yield from (*function.args.posonlyargs, *function.args.args)
    while function.args.vararg:
        yield function.args.vararg


def spelled(one: Class) -> str:
    """How a class is written."""
    return ".".join(part for part in one if part)


def argument_class(argument: Argument[object]) -> list[Class]:
    """The class of a runtime argument's value."""
    if argument.repeated:
        return [("", "list")]
    return [("", KINDS.get(argument.kind, "str"))]


def made(node: Node, scopes: Scopes) -> list[Class]:
    """The classes that a device may be of, by the expression that connects it. Raises Doubt."""
    expression = ast.parse(node.connect or "None", mode="eval").body
    while isinstance(expression, ast.Await):
        expression = expression.value
    if not isinstance(expression, ast.Call):
        raise Doubt
    found: list[Class] = []
    for meaning in called(scopes, expression.func):
        match meaning:
            case Defined(source, node=ast.ClassDef(name=name)):
                found.append((source.module.name, name))
            case Defined(source, node=ast.FunctionDef() | ast.AsyncFunctionDef() as function):
                if function.decorator_list or function.returns is None:
                    raise Doubt
                found += classes(scopes, source, function.returns)
            case _:
                raise Doubt
    return found


def called(scopes: Scopes, function: ast.expr) -> list[Meaning]:
    """What `mirage.block.connect` means in the start code. Raises Doubt."""
    module, _, name = ast.unparse(function).rpartition(".")
    source = scopes.module(module)
    if source is None or not name.isidentifier():
        raise Doubt
    return scopes.meanings(source, name)


def classes(scopes: Scopes, source: Source, annotation: ast.expr) -> list[Class]:
    """The classes that an annotation of `source` names. Raises Doubt."""
    return [named(scopes, source, one) for one in members(annotation)]


def members(annotation: ast.expr) -> Iterator[ast.expr]:
    """The members of a union; an annotation that is none is its only one. Raises Doubt."""
    match annotation:
        case ast.Constant(value=str(text)):
            try:
                yield from members(ast.parse(text, mode="eval").body)
            except SyntaxError:
                raise Doubt from None
        case ast.BinOp(left=left, op=ast.BitOr(), right=right):
            yield from (*members(left), *members(right))
        case ast.Subscript(value=value, slice=inner):
            name = ast.unparse(value).rpartition(".")[2]
            if name == "Optional":
                yield from (*members(inner), ast.Constant(None))
            elif name == "Union" and isinstance(inner, ast.Tuple):
                yield from (one for each in inner.elts for one in members(each))
            else:
                yield value
        case _:
            yield annotation


def named(scopes: Scopes, source: Source, name: ast.expr) -> Class:
    """The class that an expression names. Raises Doubt."""
    match scopes.meant(source, name):
        case [Defined(inner, node=ast.ClassDef(name=own))]:
            return inner.module.name, own
        case [Defined(_, node=ast.Constant(value=None))]:
            return "", "None"
        case _ if isinstance(name, ast.Name) and name.id in BUILTINS:
            return "", name.id
        case _:
            raise Doubt


def fits(scopes: Scopes, given: Class, wanted: Class) -> bool:
    """Whether what is declared as `given` may be a `wanted`: one of both is the other, or above it.
    Raises Doubt."""
    if not given[0] and not wanted[0]:
        return given == wanted or wanted[1] in WIDER.get(given[1], ())
    if is_guests(wanted) and given[0] and not is_guests(given):
        raise Doubt  # a device of the user's may do all that one of ours does
    return wanted in above(scopes, given) or given in above(scopes, wanted)


def is_guests(one: Class) -> bool:
    """Whether it is a class of the package `mirage`."""
    return one[0].startswith("mirage.")


def above(scopes: Scopes, one: Class) -> set[Class]:
    """A class and all that it is made from. Raises Doubt."""
    module, name = one
    source = scopes.module(module)
    if source is None:
        return {one}
    found = {one}
    for meaning in scopes.meanings(source, name):
        if not isinstance(meaning, Defined) or not isinstance(meaning.node, ast.ClassDef):
            raise Doubt
        for base in meaning.node.bases:
            if ast.unparse(base).partition("[")[0].rpartition(".")[2] in OPEN:
                raise Doubt
            found |= above(scopes, named(scopes, meaning.source, base))
    return found
