"""The parts of one of our modules that an image can do without: definitions, imports and constants
at its top, and the methods that its `_PARTS` lists, unless something speaks of their names.

A name that stands alone is the module's own; one behind a dot, in an import or in a string may be
that of any module's.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mirage_py.graph.bound import bound, is_stored, outside_functions
from mirage_py.graph.imports import Import, imports
from mirage_py.lower.conditions import is_for_checkers

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
EXPORTS = "__all__"
METHODS = "_PARTS"


@dataclass(frozen=True)
class Part:
    """A statement, or one name of an import."""

    statement: ast.stmt
    names: frozenset[str] | None
    """What it defines; None if it is taken in any case."""


@dataclass
class Parts:
    """A module, and which of its parts are taken so far."""

    path: Path
    package: str
    """What its relative imports start from."""
    own: set[str] = field(default_factory=set)
    """Names that its taken parts speak of as their own."""
    taken: list[Part] = field(default_factory=list)
    waiting: list[Part] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.text = self.path.read_text(encoding="utf-8")
        self.waiting = list(parts(ast.parse(self.text)))

    def take(self, mentioned: set[str]) -> list[Import]:
        """Take the parts that `mentioned` or what is taken here speaks of; what they import.
        `mentioned` grows by what they speak of."""
        found: list[Import] = []
        while ready := [one for one in self.waiting if self._is_wanted(one, mentioned)]:
            self.waiting = [one for one in self.waiting if one not in ready]
            self.taken += ready
            for part in ready:
                own, others = spoken_of(part.statement)
                self.own |= own
                mentioned |= others
                found += imports(ast.Module([part.statement], []), self.package)
        return found

    def _is_wanted(self, part: Part, mentioned: set[str]) -> bool:
        return part.names is None or not part.names.isdisjoint(self.own | mentioned)

    def shortened(self) -> str | None:
        """The module's text without the parts that wait, each line in its place; None if none
        does."""
        if not self.waiting:
            return None
        lines = self.text.splitlines()
        kept: dict[int, ast.ImportFrom] = {}
        for part in self.waiting:
            blank(lines, part.statement)
        for part in self.taken:
            if isinstance(part.statement, ast.ImportFrom):
                blank(lines, part.statement)
                line = part.statement.lineno
                names = kept[line].names if line in kept else []
                kept[line] = ast.ImportFrom(
                    part.statement.module, names + part.statement.names, part.statement.level
                )
        for line, statement in kept.items():
            lines[line - 1] = ast.unparse(statement)
        return "\n".join(lines) + "\n"


def blank(lines: list[str], statement: ast.stmt) -> None:
    """Take a statement out of the lines of its module."""
    first = min(one.lineno for one in (statement, *getattr(statement, "decorator_list", [])))
    last = statement.end_lineno or first
    lines[first - 1 : last] = [""] * (last - first + 1)


def parts(tree: ast.Module) -> Iterator[Part]:
    """The parts of a module. What is for checkers, and its lists, are none."""
    apart = methods_apart(tree)
    for statement in tree.body:
        match statement:
            case ast.If(test=test) if is_for_checkers(test):
                continue
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                if name not in (EXPORTS, METHODS):
                    literal = frozenset({name}) if is_literal(value) else None
                    yield Part(statement, literal)
            case ast.ImportFrom():
                for alias in statement.names:
                    one = ast.ImportFrom(statement.module, [alias], statement.level)
                    ast.copy_location(one, statement)
                    yield Part(one, frozenset(bound(one)) if alias.name != "*" else None)
            case ast.ClassDef(name=name, body=body):
                rest = copy(statement)
                rest.body = [one for one in body if (name, getattr(one, "name", "")) not in apart]
                yield Part(rest, frozenset({name}))
                yield from (
                    Part(one, frozenset(bound(one))) for one in body if one not in rest.body
                )
            case ast.Import() | ast.FunctionDef() | ast.AsyncFunctionDef():
                yield Part(statement, frozenset(bound(statement)))
            case _:
                yield Part(statement, None)


def methods_apart(tree: ast.Module) -> set[tuple[str, str]]:
    """The methods that are parts of their own, each behind its class: what they need is much."""
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if name == METHODS:
                return {tuple(one.split(".")) for one in ast.literal_eval(value)}
            case _:
                pass
    return set()


def is_literal(value: ast.expr) -> bool:
    """Whether making it does nothing else."""
    try:
        ast.literal_eval(value)
    except ValueError:
        return False
    return True


def spoken_of(statement: ast.stmt) -> tuple[set[str], set[str]]:
    """The names that a statement has from its module, and those that it may have of others. What is
    private is asked of another module by an import or not at all."""
    others: set[str] = set()
    for node in executed(statement):
        match node:
            case ast.Attribute(attr=name) if not name.startswith("_"):
                others.add(name)
            case ast.alias(name=name) | ast.Constant(value=str(name)):
                others.add(name)
            case _:
                pass
    return globals_of(statement), others


def globals_of(node: ast.AST) -> set[str]:
    """The names that stand alone in a node, but for those that its functions have themselves."""
    if isinstance(node, ast.Name):
        return {node.id}
    if not isinstance(node, FUNCTIONS):
        return set().union(*map(globals_of, parts_of(node)))
    defaults = [*node.args.defaults, *filter(None, node.args.kw_defaults)]
    around = [*defaults, *getattr(node, "decorator_list", [])]
    body = [*as_list(node.body)]
    arguments = {one.arg for one in ast.walk(node.args) if isinstance(one, ast.arg)}
    inside = [one for part in body for one in (part, *outside_functions(part))]
    stored = {one.id for one in inside if is_stored(one)}
    declared = {name for one in inside if isinstance(one, ast.Global) for name in one.names}
    found = set().union(*map(globals_of, body)) - (arguments | stored - declared)
    return found.union(*map(globals_of, around))


def executed(node: ast.AST) -> Iterator[ast.AST]:
    """A node and all in it that the guest looks at."""
    yield node
    for one in parts_of(node):
        yield from executed(one)


def parts_of(node: ast.AST) -> Iterator[ast.AST]:
    """What a node is made of; annotations are nothing to the guest."""
    for name, value in ast.iter_fields(node):
        if name not in {"annotation", "returns"}:
            yield from (one for one in as_list(value) if isinstance(one, ast.AST))


def as_list(value: Any) -> list[Any]:
    """A field of a node."""
    return value if isinstance(value, list) else [value]
