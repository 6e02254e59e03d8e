"""What a module imports, read from its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

WHEN_CALLED = (ast.FunctionDef, ast.AsyncFunctionDef)
WHEN_ASKED = (*WHEN_CALLED, ast.If)
"""What runs its statements when it is called, or where a condition holds: of Python's version, of
the platform, of what another import found."""

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
    """It is run when a function is called, or where a condition holds; not whenever the module is
    imported."""
    called: bool = field(default=False, kw_only=True)
    """It is run when a function is called."""
    text: str
    """The module as it was written."""


def imports(tree: ast.Module, package: str) -> Iterator[Import]:
    """Every import of a module that stands in `package`, but those for type checkers only."""
    yield from _walk(tree.body, package, When())


@dataclass(frozen=True)
class When:
    """When statements run, as Import says it."""

    optional: bool = False
    lazy: bool = False
    called: bool = False


def _walk(body: list[ast.stmt], package: str, when: When) -> Iterator[Import]:
    for statement in body:
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                yield _import(alias.name, None, statement, alias.name, when)
        elif isinstance(statement, ast.ImportFrom):
            yield from _from(statement, package, when)
        else:
            inside = replace(
                when,
                lazy=when.lazy or isinstance(statement, WHEN_ASKED),
                called=when.called or isinstance(statement, WHEN_CALLED),
            )
            for block, caught in _blocks(statement):
                optional = caught or when.optional
                yield from _walk(block, package, replace(inside, optional=optional))


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


def _blocks(statement: ast.stmt) -> Iterator[tuple[list[ast.stmt], bool]]:
    """The blocks of statements inside a statement that the guest runs, and whether the program
    goes on without what they import."""
    if isinstance(statement, ast.If) and is_for_checkers(statement.test):
        yield statement.orelse, False
        return
    handlers = getattr(statement, "handlers", [])
    caught = not all(isinstance(handler.body[-1], ast.Raise) for handler in handlers)
    for name in ("body", "orelse", "finalbody"):
        block = getattr(statement, name, [])
        if isinstance(block, list):
            yield block, caught
    for handler in handlers:
        yield handler.body, True
    for case in getattr(statement, "cases", []):
        yield case.body, False


def is_for_checkers(test: ast.expr) -> bool:
    """Whether only checkers read on: `if TYPE_CHECKING:`, `if False:`."""
    if isinstance(test, ast.Constant):
        return not test.value
    name = test.attr if isinstance(test, ast.Attribute) else getattr(test, "id", "")
    return name == "TYPE_CHECKING"
