"""What a module imports, read from its source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

WHEN_ASKED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.If)
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
    """It stands in a `try`, and may fail."""
    lazy: bool = field(default=False, kw_only=True)
    """It is run when a function is called, or where a condition holds; not whenever the module is
    imported."""
    text: str
    """The module as it was written."""


def imports(tree: ast.Module, package: str) -> Iterator[Import]:
    """Every import of a module that stands in `package`, but those for type checkers only."""
    yield from _walk(tree.body, package, optional=False, lazy=False)


def _walk(body: list[ast.stmt], package: str, *, optional: bool, lazy: bool) -> Iterator[Import]:
    for statement in body:
        if isinstance(statement, ast.Import):
            for alias in statement.names:
                line, text = statement.lineno, alias.name
                yield Import(alias.name, None, line, optional, text, lazy=lazy)
        elif isinstance(statement, ast.ImportFrom):
            yield from _from(statement, package, optional, lazy)
        else:
            inside = optional or isinstance(statement, ast.Try | ast.TryStar)
            later = lazy or isinstance(statement, WHEN_ASKED)
            for block in _blocks(statement):
                yield from _walk(block, package, optional=inside, lazy=later)


def _from(statement: ast.ImportFrom, package: str, optional: bool, lazy: bool) -> Iterator[Import]:
    text = "." * statement.level + (statement.module or "")
    module = absolute(statement, package)
    for alias in statement.names:
        yield Import(module, alias.name, statement.lineno, optional, text, lazy=lazy)
        moved = MOVED.get(f"{module}.{alias.name}") or MOVED.get(module)
        if moved is not None:
            yield Import(moved, None, statement.lineno, True, text, lazy=lazy)


def absolute(statement: ast.ImportFrom, package: str) -> str:
    """The module that a statement in `package` imports from; "" if it leaves its package."""
    if not statement.level:
        return statement.module or ""
    base = package.split(".") if package else []
    kept = len(base) - (statement.level - 1)
    base = base[:kept] if kept > 0 else []
    return ".".join([*base, statement.module or ""]).strip(".") if base else ""


def _blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    """The blocks of statements inside a statement that the guest runs."""
    if isinstance(statement, ast.If) and is_for_checkers(statement.test):
        yield statement.orelse
        return
    for name in ("body", "orelse", "finalbody"):
        block = getattr(statement, name, [])
        if isinstance(block, list):
            yield block
    for handler in getattr(statement, "handlers", []):
        yield handler.body
    for case in getattr(statement, "cases", []):
        yield case.body


def is_for_checkers(test: ast.expr) -> bool:
    """Whether only checkers read on: `if TYPE_CHECKING:`, `if False:`."""
    if isinstance(test, ast.Constant):
        return not test.value
    name = test.attr if isinstance(test, ast.Attribute) else getattr(test, "id", "")
    return name == "TYPE_CHECKING"
