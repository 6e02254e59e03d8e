"""What a name of a module means, found by reading: along imports, through branches and aliases.

What cannot be known by reading, such as what a call returns, is `Unknown`, and nothing is said of
it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

from mirage_py.graph.bound import bound, bound_by, is_stored, outside_functions
from mirage_py.graph.imports import absolute
from mirage_py.graph.model import Module
from mirage_py.graph.modules import Source, Sources
from mirage_py.lower.conditions import is_for_checkers
from mirage_py.support.parse import source_text

Statements = tuple[ast.stmt, ...]
LITERALS = (
    ast.Constant, ast.JoinedStr, ast.List, ast.Tuple, ast.Dict, ast.Set, ast.ListComp,
    ast.DictComp, ast.SetComp, ast.GeneratorExp, ast.Compare,
)  # fmt: skip


@dataclass(frozen=True)
class Defined:
    """A function, a class, or a literal that a module defines."""

    source: Source
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.expr


@dataclass(frozen=True)
class Whole:
    """A module itself."""

    name: str


@dataclass(frozen=True)
class Missing:
    """A name that a module does not have, and the import that asks for it, if one does."""

    source: Source
    name: str
    asked: Asked


@dataclass(frozen=True)
class Unknown:
    """What is not known by reading."""


UNKNOWN = Unknown()
Meaning = Defined | Whole | Missing | Unknown
Asked = tuple[Source, int] | None
Seen = frozenset[tuple[str, str]]
"""The names that are being looked up: a circle of imports ends."""


class Scopes:
    """The names of the user's modules and of the guest's packages."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self.guests: dict[str, Source | None] = {}

    def module(self, name: str) -> Source | None:
        """A module that can be read: one of the user's, or of the package `mirage`."""
        if name in self.sources.users:
            return self.sources.users[name]
        if name not in self.guests:
            self.guests[name] = self._guest(name)
        return self.guests[name]

    def _guest(self, name: str) -> Source | None:
        top, *below = name.split(".")
        binding = self.sources.bindings.get(below[0]) if top == "mirage" and below else None
        if binding is None:
            return None
        files = ("__init__.py", "/".join([*below[1:], "__init__.py"]), f"{'/'.join(below[1:])}.py")
        for file in files[:1] if len(below) == 1 else files[1:]:
            if (path := binding.folder / file) in binding.modules:
                text = source_text(path)
                return parsed(name, path, text)
        return None

    def meanings(self, source: Source, name: str, asked: Asked = None) -> list[Meaning]:
        """What `name` may be at the end of a module: one meaning for each branch that binds it."""
        return list(dict.fromkeys(self._meanings(source, name, asked, frozenset())))

    def _meanings(self, source: Source, name: str, asked: Asked, seen: Seen) -> Iterator[Meaning]:
        step = (source.module.name, name)
        if step in seen:
            yield UNKNOWN
            return
        found = bindings_of(name, source.tree.body, ())
        stars = [one for one in found if is_star(one)]
        for one in found:
            if one not in stars:
                yield from self._bound(source, name, one, seen | {step})
        for one in stars:
            yield from self._by_star(source, name, one, seen | {step})
        if not found and f"{source.module.name}.{name}" in self.sources.users:
            yield Whole(f"{source.module.name}.{name}")
        elif not found or all(self._is_empty(source, name, one) for one in found):
            yield UNKNOWN if is_bound_elsewhere(name, source.tree) else Missing(source, name, asked)

    def _is_empty(self, source: Source, name: str, statement: ast.stmt) -> bool:
        """Whether it is `from module import *` of a module that has no such name."""
        if not is_star(statement):
            return False
        inner = self.module(absolute(statement, source.package))
        return inner is not None and not is_public(name, inner.tree)

    def _by_star(
        self, source: Source, name: str, statement: ast.ImportFrom, seen: Seen
    ) -> Iterator[Meaning]:
        inner = self.module(absolute(statement, source.package))
        if inner is None:
            yield UNKNOWN
        elif is_public(name, inner.tree):
            found = list(self._meanings(inner, name, None, seen))
            yield from (one for one in found if not isinstance(one, Missing))

    def _bound(
        self, source: Source, name: str, statement: ast.stmt, seen: Seen
    ) -> Iterator[Meaning]:
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                yield Defined(source, statement)
            case ast.Import(names=aliases):
                alias = next(one for one in aliases if bound_by(one) == name)
                yield Whole(alias.name if alias.asname else name)
            case ast.ImportFrom(names=aliases):
                alias = next(one for one in aliases if bound_by(one) == name)
                module = absolute(statement, source.package)
                yield from self._member(module, alias.name, (source, statement.lineno), seen)
            case ast.Assign(targets=[ast.Name(), *_], value=value):
                yield from self._meant(source, value, seen)
            case ast.AnnAssign(value=ast.expr() as value):
                yield from self._meant(source, value, seen)
            case _:
                yield UNKNOWN

    def _member(self, module: str, name: str, asked: Asked, seen: Seen) -> Iterator[Meaning]:
        """What `module.name` is."""
        inner = self.module(module)
        if inner is not None:
            yield from self._meanings(inner, name, asked, seen)
        elif self.module(f"{module}.{name}"):
            yield Whole(f"{module}.{name}")
        else:
            yield UNKNOWN

    def meant(self, source: Source, value: ast.expr) -> list[Meaning]:
        """What an expression at the level of a module is."""
        return list(dict.fromkeys(self._meant(source, value, frozenset())))

    def _meant(self, source: Source, value: ast.expr, seen: Seen) -> Iterator[Meaning]:
        match value:
            case ast.Name(id=name):
                found = list(self._meanings(source, name, None, seen))
                # A name that no module has may be one of Python's own.
                yield from (UNKNOWN if isinstance(one, Missing) else one for one in found)
            case ast.Attribute(value=before, attr=name):
                for one in self._meant(source, before, seen):
                    if isinstance(one, Whole):
                        yield from self._member(one.name, name, (source, value.lineno), seen)
                    else:
                        yield UNKNOWN
            case ast.IfExp(body=one, orelse=other):
                yield from self._meant(source, one, seen)
                yield from self._meant(source, other, seen)
            case ast.Lambda():
                yield Defined(source, value)
            case _ if isinstance(value, LITERALS):
                yield Defined(source, value)
            case _:
                yield UNKNOWN


def parsed(name: str, path: Path, text: str) -> Source:
    """A module from its text."""
    return Source(Module(name, path), str(path), tuple(text.splitlines()), ast.parse(text))


def bindings_of(name: str, body: list[ast.stmt], before: Statements) -> Statements:
    """The statements that may have bound `name` last when `body` has run; `before` did before."""
    last = before
    for statement in body:
        last = after(name, statement, last)
    return last


def after(name: str, statement: ast.stmt, last: Statements) -> Statements:
    """As `bindings_of`, for one statement."""

    def run(body: list[ast.stmt], before: Statements = last) -> Statements:
        return bindings_of(name, body, before)

    match statement:
        case ast.If(test=test, body=body, orelse=other):
            # What only checkers read binds what annotations name.
            found = merged(run(body, () if is_for_checkers(test) else last), run(other))
        case ast.For() | ast.AsyncFor() | ast.While():
            found = merged(last, run(statement.body), run(statement.orelse))
        case ast.With() | ast.AsyncWith():
            found = run(statement.body)
        case ast.Try() | ast.TryStar():
            tried = run(statement.body)
            caught = [run(one.body, merged(last, tried)) for one in statement.handlers]
            found = run(statement.finalbody, merged(run(statement.orelse, tried), *caught))
        case ast.Match(cases=cases):
            found = merged(last, *(run(case.body) for case in cases))
        case ast.ImportFrom() if is_star(statement):
            found = merged(last, (statement,))
        case _:
            found = (statement,) if name in bound(statement) else last
    return found


def merged(*every: Statements) -> Statements:
    """All of them, each once."""
    return tuple(dict.fromkeys(one for some in every for one in some))


def is_star(statement: ast.stmt) -> TypeGuard[ast.ImportFrom]:
    """Whether it is `from module import *`."""
    return isinstance(statement, ast.ImportFrom) and statement.names[0].name == "*"


def is_public(name: str, tree: ast.Module) -> bool:
    """Whether `from module import *` may give that name."""
    return not name.startswith("_") and (
        bool(bindings_of(name, tree.body, ())) or is_bound_elsewhere(name, tree)
    )


def is_bound_elsewhere(name: str, tree: ast.Module) -> bool:
    """Whether something else than what `bindings_of` sees may bind the name: a loop, a function
    that says `global`, the function `__getattr__` of the module."""
    return (
        any(is_stored(one) and one.id == name for one in outside_functions(tree))
        or any(isinstance(one, ast.Global) and name in one.names for one in ast.walk(tree))
        or any(isinstance(one, ast.FunctionDef) and one.name == "__getattr__" for one in tree.body)
    )
