"""What the functions of a module of ours take, by reading it."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Takes:
    """What a function takes."""

    keywords: frozenset[str]
    at_most: float
    """So many arguments by position."""

    def __contains__(self, argument: str) -> bool:
        """Whether it takes an argument that a call tells: a keyword, or how many others."""
        if argument.isdecimal():
            return int(argument) <= self.at_most
        return argument in self.keywords


def takes(tree: ast.Module) -> dict[str, Takes]:
    """What each function, class (`Formatter`) and method (`.info`) takes. What one hands on
    (`**named`) is for others of the module: it takes any keyword that is one of theirs."""
    found = dict(functions(tree))
    handed_on = {one.arg for node in found.values() for one in node.args.kwonlyargs}
    return {
        name: Takes(
            frozenset(
                {one.arg for one in (*node.args.args, *node.args.kwonlyargs)}
                | (handed_on if node.args.kwarg else set())
            ),
            math.inf if node.args.vararg else len(node.args.args) - is_method(node),
        )
        for name, node in found.items()
    }


def functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    """What is called by a name of the module, and the methods that hand on what they take: of
    others, their names do not tell that a call is of this module."""
    for node in tree.body:
        match node:
            case ast.FunctionDef():
                yield node.name, node
            case ast.ClassDef():
                for one in node.body:
                    match one:
                        case ast.FunctionDef(name="__init__"):
                            yield node.name, one
                        case ast.FunctionDef(args=ast.arguments(kwarg=ast.arg())):
                            yield f".{one.name}", one
                        case _:
                            pass
            case _:
                pass


def is_method(node: ast.FunctionDef) -> bool:
    return any(one.arg == "self" for one in node.args.args)
