"""Which tests of a project can be run inside an image, found by reading them."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mirage_py.support.console import log
from mirage_py.support.errors import MirageError, Position

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

HOST = frozenset({"mirage_py", "pytest"})
"""What only tests import that are run by pytest, on the machine that builds."""
HOOKS = frozenset({"setup_method", "teardown_method", "setup_function", "teardown_function"})
"""What is called around a test; those of pytest's that take the test leave it to pytest."""


class NoTests(MirageError):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"there is no {folder}",
            hint="tests are functions `test_...` of files test_*.py in the folder tests/",
        )


class NoSuchTest(MirageError):
    exit_code = 2

    def __init__(self, named: str, known: Sequence[str]) -> None:
        super().__init__(
            f"no tests are in `{named}`",
            hint=f"it may be {', '.join(f'`{one}`' for one in known)}, or one of its tests: "
            "`tests/test_a.py::test_b`",
        )


class NotATest(MirageError):
    def __init__(self, why: str, position: Position) -> None:
        super().__init__(f"invalid Python: {why}", position=position)


@dataclass(frozen=True)
class Test:
    """A test function, or the method of a test class."""

    path: Path
    owner: str | None
    """The class."""
    name: str

    @property
    def id(self) -> str:
        """As pytest names it: `tests/test_a.py::TestB::test_c`."""
        return "::".join([self.file, *([self.owner] if self.owner else []), self.name])

    @property
    def file(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"


def collected(folder: Path) -> Iterator[Test]:
    """The tests of files in `folder` that can be run inside an image. Raises NoTests, NotATest."""
    if not folder.is_dir():
        raise NoTests(folder)
    for path in sorted(folder.glob("test_*.py")):
        name = f"{folder.name}/{path.name}"
        tree = parsed(path, name)
        functions = list(tests_of(path, tree))
        if imported(tree) & HOST or any(wants for _, wants in functions):
            log.info("%s is for pytest: `python -m pytest %s`", name, name)
            continue
        yield from (one for one, _ in functions)


def chosen(found: Sequence[Test], named: Sequence[str], select: str) -> list[Test]:
    """Those of the files, classes and tests that are `named`, if any are, whose names hold
    `select`. Raises NoSuchTest."""
    kept = list(found)
    if named:
        words = [one.removeprefix("./").rstrip("/") for one in named]
        for word in words:
            if not any(within(one, word) for one in found):
                raise NoSuchTest(word, sorted({one.file for one in found}))
        kept = [one for one in found if any(within(one, word) for word in words)]
    return [one for one in kept if select in one.id]


def within(test: Test, word: str) -> bool:
    """Whether a word of the command line names a test, or what it is in."""
    return test.id == word or test.id.startswith((f"{word}::", f"{word}/"))


def parsed(path: Path, name: str) -> ast.Module:
    try:
        return ast.parse(path.read_text(encoding="utf-8"), name)
    except SyntaxError as error:
        where = Position(name, error.lineno or 1, (error.text or "").strip())
        raise NotATest(error.msg, where) from None


def tests_of(path: Path, tree: ast.Module) -> Iterator[tuple[Test, bool]]:
    """The tests of a module, and whether each wants fixtures."""
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                if name.startswith("test"):
                    yield Test(path, None, name), bool(node.args.args)
            case ast.ClassDef(name=name) if is_test_class(node):
                hooked = any(takes_test(one) for one in node.body)
                for one in node.body:
                    match one:
                        case ast.FunctionDef(name=inner) | ast.AsyncFunctionDef(name=inner):
                            if inner.startswith("test"):
                                wants = len(one.args.args) > 1 or hooked
                                yield Test(path, name, inner), wants
                        case _:
                            pass
            case _:
                pass


def is_test_class(node: ast.ClassDef) -> bool:
    """Whether a class is one of pytest's or unittest's."""
    bases = (ast.unparse(one) for one in node.bases)
    return node.name.startswith("Test") or any(one.endswith("TestCase") for one in bases)


def takes_test(node: ast.stmt) -> bool:
    """Whether a method that is called around tests is told which."""
    return (
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name in HOOKS
        and len(node.args.args) > 1
    )


def imported(tree: ast.Module) -> set[str]:
    """The top-level modules that a module imports."""
    names = set()
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases):
                names |= {alias.name.partition(".")[0] for alias in aliases}
            case ast.ImportFrom(module=str(name)):
                names.add(name.partition(".")[0])
            case _:
                pass
    return names
