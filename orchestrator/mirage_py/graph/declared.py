"""Runtime arguments that the user's modules declare, read from their source:

hello = mirage.args.add("--hello", default="Hello World!", doc="How to say hello.")
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from mirage_py.dsl.argument import Argument, runtime_arg
from mirage_py.dsl.errors.devices import UnknownKeyword
from mirage_py.dsl.option import CLASSES
from mirage_py.graph.errors.arguments import MisplacedArgument, NotALiteral, WrongDeclaration
from mirage_py.graph.modules import Source
from mirage_py.support.errors import MirageError, Position

KNOWN = tuple(inspect.signature(runtime_arg).parameters)
MODULE = "mirage.args"
ADD = f"{MODULE}.add"
NAMES = {kind.__name__: kind for kind in CLASSES}


def module_arguments(sources: Iterable[Source], mistakes: list[MirageError]) -> list[Argument[Any]]:
    """The arguments that these modules declare, in the order of their lines."""
    found = []
    for source in sources:
        for call, at_module_level in calls(source.tree):
            position = source.at(call.lineno)
            if not at_module_level:
                mistakes.append(MisplacedArgument(position))
                continue
            try:
                found.append(argument(call, position))
            except MirageError as mistake:
                mistakes.append(mistake)
    return found


def calls(tree: ast.Module) -> Iterator[tuple[ast.Call, bool]]:
    """Every call of `mirage.args.add` in a module, in the order of its lines, and whether it is the
    whole value of an assignment at module level."""
    names = bound(tree)
    if not names:
        return
    proper = {
        id(statement.value)
        for statement in tree.body
        if isinstance(statement, ast.Assign | ast.AnnAssign | ast.Expr)
    }
    every = (node for node in ast.walk(tree) if isinstance(node, ast.Call))
    for call in sorted(every, key=lambda node: (node.lineno, node.col_offset)):
        if meant(call.func, names) == ADD:
            yield call, id(call) in proper


def bound(tree: ast.Module) -> dict[str, str]:
    """Names that imports bind, and what they then stand for, as far as it leads to `add`."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.asname:
                    names[alias.asname] = alias.name
                else:
                    top = alias.name.partition(".")[0]
                    names[top] = top
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return {name: whole for name, whole in names.items() if f"{ADD}.".startswith(f"{whole}.")}


def meant(node: ast.expr, names: dict[str, str]) -> str | None:
    """The dotted name that an expression stands for."""
    if isinstance(node, ast.Name):
        return names.get(node.id)
    if isinstance(node, ast.Attribute):
        before = meant(node.value, names)
        return f"{before}.{node.attr}" if before else None
    return None


def argument(call: ast.Call, position: Position) -> Argument[Any]:
    """The argument that a call declares. Raises MirageError."""
    given = [literal(node, position) for node in call.args]
    named: dict[str, Any] = {}
    for keyword in call.keywords:
        if keyword.arg is None:
            raise NotALiteral(ast.unparse(call), position)
        if keyword.arg not in KNOWN:
            raise UnknownKeyword(ADD, keyword.arg, KNOWN, position)
        named[keyword.arg] = literal(keyword.value, position, is_type=keyword.arg == "type")
    try:
        made = runtime_arg(*given, **named)
    except TypeError as error:
        reason = str(error).removeprefix("runtime_arg() ")
        raise WrongDeclaration(reason, position) from None
    except MirageError as mistake:
        mistake.position = position
        raise
    return replace(made, position=position)


def literal(node: ast.expr, position: Position, *, is_type: bool = False) -> Any:
    """The value of a literal; a class that stands for a kind counts as one in place of a type."""
    if is_type and isinstance(node, ast.Name) and node.id in NAMES:
        return NAMES[node.id]
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError):
        raise NotALiteral(ast.unparse(node), position) from None
