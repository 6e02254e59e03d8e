"""What a module asks of those that it imports: `os.path` of `import os as o; o.path.join`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

ALL = "*"
"""What is asked of a module that is handed on, or of which all names are taken."""

MORE = "**"
"""The keyword of which nobody knows what it is: `json.dumps(x, **options)`."""


def uses(nodes: Collection[ast.AST]) -> set[str]:
    """The names that are asked of modules, each behind the name of its module; `nodes` are all of a
    module's tree."""
    modules = imported_as(nodes)
    found, inside = set(), set()
    for node in nodes:
        match node:
            case ast.ImportFrom(module=str() as module, level=0, names=aliases):
                found |= {f"{module}.{alias.name}" for alias in aliases}
            case ast.Attribute(value=ast.Name(id=name) as value, attr=attribute) if name in modules:
                found |= {f"{module}.{attribute}" for module in modules[name]}
                inside.add(value)
            case _:
                pass
    for node in nodes:
        if isinstance(node, ast.Name) and node.id in modules and node not in inside:
            found |= {f"{module}.{ALL}" for module in modules[node.id]}
    return found


def keywords(nodes: Collection[ast.AST]) -> set[str]:
    """What functions and classes of modules are called with: keywords, as `json.dumps(indent)`, and
    how many other arguments, as `logging.Formatter(2)`; classes by `super().__init__` of those
    below them, too. Keywords of a call that is handed a function are the function's, too:
    `partial(json.dumps, indent=2)`. Those of methods, whatever they are of, are as
    `.info(stack_info)`."""
    modules, own = imported_as(nodes), imported_from(nodes)

    def named(node: ast.expr) -> set[str]:
        match node:
            case ast.Attribute(ast.Name(name), attribute) if name in modules:
                return {f"{module}.{attribute}" for module in modules[name]}
            case ast.Name(name):
                return own.get(name, set())
            case _:
                return set()

    found = set()
    for node in nodes:
        match node:
            case ast.Call(ast.Attribute(attr=attribute) as called) if not named(called):
                found |= told({f".{attribute}"}, node)
            case ast.Call(called):
                found |= told(named(called), node)
            case ast.ClassDef(bases=bases):
                above = set().union(*map(named, bases))
                for one in ast.walk(node) if above else ():
                    match one:
                        case ast.Call(ast.Attribute(ast.Call(ast.Name("super")), "__init__")):
                            found |= told(above, one)
                        case _:
                            pass
            case _:
                pass
        if isinstance(node, ast.Call):
            for argument in node.args:
                found |= told(named(argument), ast.Call(argument, [], node.keywords))
    return found


def told(names: set[str], call: ast.Call) -> set[str]:
    """What the call says, if these are called."""
    arguments = [one.arg or MORE for one in call.keywords] + [str(len(call.args))]
    return {f"{name}({argument})" for name in names for argument in arguments}


def imported_from(nodes: Collection[ast.AST]) -> dict[str, set[str]]:
    """What of modules each name stands for."""
    found: dict[str, set[str]] = {}
    for node in nodes:
        match node:
            case ast.ImportFrom(module=str() as module, level=0, names=aliases):
                for alias in aliases:
                    name = alias.asname or alias.name
                    found.setdefault(name, set()).add(f"{module}.{alias.name}")
            case _:
                pass
    return found


def imported_as(nodes: Collection[ast.AST]) -> dict[str, set[str]]:
    """The modules that each name stands for, wherever it is imported."""
    found: dict[str, set[str]] = {}
    for node in nodes:
        for alias in node.names if isinstance(node, ast.Import) else ():
            name, module = (
                (alias.asname, alias.name) if alias.asname else (alias.name.partition(".")[0],) * 2
            )
            found.setdefault(name, set()).add(module)
    return found
