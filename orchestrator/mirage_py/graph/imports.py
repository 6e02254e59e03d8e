"""What a module imports, read from its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from mirage_py.lower.conditions import decided

WHEN_CALLED = (ast.FunctionDef, ast.AsyncFunctionDef)
"""What runs its statements when it is called."""
CAUGHT = frozenset({"ImportError", "ModuleNotFoundError", "Exception", "BaseException"})
"""What catches that a module is missing."""

MOVED = {
    f"six.moves.{name}": module
    for module, names in {
        "_thread": "_thread", "builtins": "builtins", "collections.abc": "collections_abc",
        "configparser": "configparser", "contextlib": "nullcontext redirect_stdout",
        "copyreg": "copyreg", "functools": "reduce", "html": "html",
        "html.entities": "html_entities",
        "html.parser": "html_parser", "http.client": "http_client", "http.cookies": "http_cookies",
        "io": "StringIO cStringIO", "itertools": "zip_longest filterfalse", "os": "getcwd getcwdb",
        "pickle": "cPickle", "queue": "queue", "reprlib": "reprlib", "shlex": "shlex_quote",
        "socketserver": "socketserver", "subprocess": "getoutput",
        "urllib.error": "urllib_error urllib.error",
        "urllib.parse": "urllib_parse urllib.parse", "urllib.request": "urllib.request",
        "urllib.response": "urllib.response",
    }.items()
    for name in names.split()
}  # fmt: skip
"""What six imports, by its text, for each name of `six.moves`."""


@dataclass(frozen=True)
class Import:
    """One name that an import statement asks for."""

    module: str
    """The absolute name of the module; "" if a relative import leaves its package."""
    attribute: str | None
    """What `from module import attribute` asks of it: a name in it, or a module below it."""
    line: int
    optional: bool
    """It stands in a `try` that goes on without it."""
    lazy: bool = field(default=False, kw_only=True)
    """It is run where a condition holds, of which reading does not tell."""
    called: bool = field(default=False, kw_only=True)
    """It is run when a function is called."""
    text: str
    """The module as it was written."""


def imports(tree: ast.Module, package: str, *, modern: bool = False) -> Iterator[Import]:
    """Every import of a module that stands in `package`, but those for type checkers only. What a
    module asks of Python's version has its answer if it is `modern`: it is told which it is."""
    yield from _walk(tree.body, package, When(modern=modern))


@dataclass(frozen=True)
class When:
    """When statements run, as Import says it."""

    optional: bool = False
    lazy: bool = False
    called: bool = False
    modern: bool = False


def _walk(body: list[ast.stmt], package: str, when: When) -> Iterator[Import]:
    for statement in body:
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                yield _import(alias.name, None, statement, alias.name, when)
        elif isinstance(statement, ast.ImportFrom):
            yield from _from(statement, package, when)
        else:
            called = when.called or isinstance(statement, WHEN_CALLED)
            for block, more in _blocks(statement, modern=when.modern):
                inside = replace(
                    when,
                    optional=when.optional or more.optional,
                    lazy=when.lazy or more.lazy,
                    called=called,
                )
                yield from _walk(block, package, inside)


def _import(
    module: str, attribute: str | None, statement: ast.stmt, text: str, when: When
) -> Import:
    return Import(
        module, attribute, statement.lineno, when.optional, text, lazy=when.lazy, called=when.called
    )


def _from(statement: ast.ImportFrom, package: str, when: When) -> Iterator[Import]:
    text = "." * statement.level + (statement.module or "")
    module = absolute(statement, package)
    for alias in statement.names:
        yield _import(module, alias.name, statement, text, when)
        moved = MOVED.get(f"{module}.{alias.name}") or MOVED.get(module)
        if moved is not None:
            yield _import(moved, None, statement, text, replace(when, optional=True))


def absolute(statement: ast.ImportFrom, package: str) -> str:
    """The module that a statement in `package` imports from; "" if it leaves its package."""
    if not statement.level:
        return statement.module or ""
    base = package.split(".") if package else []
    kept = len(base) - (statement.level - 1)
    base = base[:kept] if kept > 0 else []
    return ".".join([*base, statement.module or ""]).strip(".") if base else ""


def _blocks(statement: ast.stmt, *, modern: bool) -> Iterator[tuple[list[ast.stmt], When]]:
    """The blocks of statements inside a statement that the guest runs, and when it does."""
    if isinstance(statement, ast.If):
        yield from _branches(statement, modern=modern)
        return
    handlers = getattr(statement, "handlers", [])
    caught = any(_goes_on(one) for one in handlers) or _suppresses(statement)
    yield getattr(statement, "body", []), When(optional=caught)
    for name in ("orelse", "finalbody"):
        yield getattr(statement, name, []), When(lazy=caught)
    for handler in handlers:
        yield handler.body, When(optional=True)
    for case in getattr(statement, "cases", []):
        yield case.body, When(lazy=True)


def _branches(statement: ast.If, *, modern: bool) -> Iterator[tuple[list[ast.stmt], When]]:
    """The branches of a condition that may be run."""
    answer = decided(statement.test, modern=modern)
    when = When(lazy=answer is None)
    if answer is not False:
        yield statement.body, when
    if answer is not True:
        yield statement.orelse, when


def _goes_on(handler: ast.ExceptHandler) -> bool:
    """Whether the program goes on there without a module that is missing."""
    return _catches(handler.type) and not isinstance(handler.body[-1], ast.Raise)


def _catches(types: ast.expr | None) -> bool:
    """Whether one of those exceptions is that a module is missing; what is no plain name may be."""
    every = types.elts if isinstance(types, ast.Tuple) else [types]
    return any(not isinstance(one, ast.Name) or one.id in CAUGHT for one in every)


def _suppresses(statement: ast.stmt) -> bool:
    """Whether it is `with suppress(ImportError)`."""
    calls = [one.context_expr for one in getattr(statement, "items", ())]
    return any(
        isinstance(one, ast.Call)
        and getattr(one.func, "attr", getattr(one.func, "id", "")) == "suppress"
        and any(_catches(type_) for type_ in one.args)
        for one in calls
    )
