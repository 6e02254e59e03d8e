"""A file of tests, read: what it tests, the fixtures it has, and what keeps it out of an image."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from mirage_py.cli.found import PYTESTS, TMP, Fixture, Left, Test
from mirage_py.cli.testsyntax import (
    EVERY,
    Function,
    functions,
    imported,
    keyword,
    kind,
    last_name,
    outside_annotations,
    parameters,
    parametrized,
)
from mirage_py.support.errors import MirageError, Position
from mirage_py.support.near import near
from mirage_py.support.parse import parse, source_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from pathlib import Path

MODULE_HOOKS = frozenset({"setup_module", "teardown_module", "setup_function", "teardown_function"})
CLASS_HOOKS = frozenset({"setup_method", "teardown_method"})
"""What is called around tests; those of pytest's that take the test leave it to pytest."""
DEFINED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
"""What may be a test, or have some; of those with one name the last is there."""
TAKES = "`{}` takes what is tested; write it without parameters"
OF_FILES = 'add `features=["vfs"]` to `register` in config.py, which gives images files'


class NotATest(MirageError):
    exit_code = 2

    def __init__(self, why: str, position: Position) -> None:
        super().__init__(f"invalid Python: {why}", position=position)


class Misspelt(MirageError):
    """A fixture that is nobody's, and a slip away from one that is."""

    def __init__(self, fixture: str, meant: str, position: Position) -> None:
        hint = f"did you mean `{meant}`?"
        super().__init__(f"there is no fixture `{fixture}`", position=position, hint=hint)


class TestFile:
    """A file of tests/, read."""

    __test__ = False

    def __init__(self, path: Path, name: str, module: str, names: Collection[str]) -> None:
        """`name` is its path from the project, `module` what it is called in the image; `names`
        are those of pytest that images have."""
        self.path, self.name, self.module, self.names = path, name, module, names
        self.tree = parsed(path, name)
        self.lines = source_text(path).splitlines()
        self.classes = {one.name: one for one in self.tree.body if isinstance(one, ast.ClassDef)}

    def left(self, node: ast.AST, why: str, name: str = "") -> Left:
        line = getattr(node, "lineno", 1)
        text = self.lines[line - 1].strip() if line <= len(self.lines) else ""
        return Left(name or self.name, why, Position(self.name, line, text))

    @cached_property
    def is_marked(self) -> bool:
        """Whether it imports pytest."""
        return any(name == "pytest" for _, name, _, _ in imported(self.tree))

    def obstacle(self) -> Left | None:
        """Why none of it can be run inside an image."""
        aliases = set()
        for node, top, names, alias in imported(self.tree):
            if top == "mirage_py":
                return self.left(node, "`mirage_py` is of the machine that builds")
            if top == "pytest":
                aliases |= {alias} - {""}
                for name in sorted(names - {*self.names}):
                    return self.left(node, self.lacks(name))
        for one in outside_annotations(self.tree):
            match one:
                case ast.Attribute(ast.Name(base), name):
                    if base in aliases and name not in self.names:
                        return self.left(one, self.lacks(name))
                case _:
                    pass
        for function in functions(self.tree):
            if function.name in MODULE_HOOKS and function.args.args:
                return self.left(function, TAKES.format(function.name))
        return None

    def lacks(self, name: str) -> str:
        return f"images have no `pytest.{name}`, but {listed(self.names)}"

    def tests(
        self, built_in: Collection[str], shared: Iterable[Fixture]
    ) -> Iterator[tuple[Test, Left | None]]:
        """The tests, and why one is left to pytest. `shared` are the fixtures of conftest.py.
        Raises Misspelt."""
        every = [*shared, *self.fixtures()]
        given = parametrized([*self.tree.body])
        known = Known(built_in, given, [one for one in every if one.owner is None])
        last = {one.name: one for one in self.tree.body if isinstance(one, DEFINED)}
        for node in last.values():
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef() if node.name.startswith("test"):
                    yield self.test(node, None, known)
                case ast.ClassDef() if self.is_test_class(node):
                    methods = self.methods(node)
                    mine = [one for one in every if one.owner in (None, node.name)]
                    marks = given.union(
                        *(
                            parametrized(one.decorator_list) | parametrized([*one.body])
                            for one in (node, *self.bases(node))
                        )
                    )
                    more = Known(built_in, marks, mine)
                    for name, method in methods.items():
                        if name.startswith("test"):
                            yield self.test(method, node, more)
                case _:
                    pass

    def test(
        self, node: Function, owner: ast.ClassDef | None, known: Known
    ) -> tuple[Test, Left | None]:
        given = parametrized(node.decorator_list)
        wants = parameters(node, method=owner is not None)
        cases = bool(given) or known.cases
        called = owner.name if owner else None
        found = Test(self.name, self.module, called, node.name, wants, cases)
        for name in wants:
            lacking = None if {name, EVERY} & given else known.lacking(name)
            if lacking and (meant := known.meant_by(lacking)):
                raise Misspelt(lacking, meant, self.left(node, "").position)
            if lacking:
                return found, self.left(node, lacked(lacking, known.built_in), f"`{node.name}`")
        hooks = self.methods(owner) if owner else {}
        for name in sorted(CLASS_HOOKS & set(hooks)):
            if len(hooks[name].args.args) > 1:
                return found, self.left(hooks[name], TAKES.format(name), f"`{node.name}`")
        return found, None

    def fixtures(self) -> Iterator[Fixture]:
        """Those of the module, and then those of its classes."""
        for one in functions(self.tree):
            yield from self.fixture(one, None)
        for owner in self.classes.values():
            for one in self.methods(owner).values():
                yield from self.fixture(one, owner.name)

    def fixture(self, node: Function, owner: str | None) -> Iterator[Fixture]:
        for one in node.decorator_list:
            call = one.func if isinstance(one, ast.Call) else one
            if last_name(call) == "fixture":
                named = keyword(one, "name") or node.name
                wants = parameters(node, method=owner is not None)
                several = isinstance(one, ast.Call) and any(k.arg == "params" for k in one.keywords)
                yield Fixture(
                    named, self.name, self.module, owner, node.name, wants, kind(node), several
                )

    def is_test_class(self, node: ast.ClassDef) -> bool:
        """Whether a class is one of pytest's or unittest's."""
        if node.name.startswith("Test"):
            return True
        classes = (node, *self.bases(node))
        return any(last_name(base).endswith("TestCase") for one in classes for base in one.bases)

    def bases(self, node: ast.ClassDef) -> Iterator[ast.ClassDef]:
        """The classes of this file that a class is made from."""
        for base in node.bases:
            found = self.classes.get(last_name(base)) if isinstance(base, ast.Name) else None
            if found is not None and found is not node:
                yield found
                yield from self.bases(found)

    def methods(self, node: ast.ClassDef) -> dict[str, Function]:
        """The functions of a class, and those that it has from others of this file."""
        found: dict[str, Function] = {}
        for one in (*reversed([*self.bases(node)]), node):
            found |= {method.name: method for method in functions(one)}
        return found


class Known:
    """What tests of a place can take."""

    def __init__(
        self, built_in: Collection[str], marks: set[str], fixtures: Iterable[Fixture]
    ) -> None:
        """`marks` are the names that marks give values for."""
        self.built_in = built_in
        self.given, self.fixtures = {*built_in, *marks}, {one.name: one for one in fixtures}
        self.cases = bool(marks) or any(one.several for one in self.fixtures.values())
        """Whether tests may have several cases."""

    def lacking(self, name: str, asking: frozenset[str] = frozenset()) -> str | None:
        """The fixture that `name` comes to, and that is not known."""
        if {name, EVERY} & self.given or name in asking:
            return None
        if name not in self.fixtures:
            return name
        deeper = (self.lacking(one, asking | {name}) for one in self.fixtures[name].wants)
        return next(filter(None, deeper), None)

    def meant_by(self, lacking: str) -> str | None:
        """The fixture that such a name is a slip of, unless it is one of pytest's own."""
        return (
            None if lacking in PYTESTS else near(lacking, self.given | {*self.fixtures} | PYTESTS)
        )


def listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{one}`" for one in sorted(names))


def lacked(fixture: str, known: Iterable[str]) -> str:
    """Why a test that comes to a fixture is not for an image, and what it could take."""
    instead = OF_FILES if fixture in TMP else f"they have {listed(known)}"
    return f"it takes the fixture `{fixture}`, which images lack; {instead}"


def parsed(path: Path, name: str) -> ast.Module:
    try:
        return parse(source_text(path), name)
    except SyntaxError as error:
        where = Position(name, error.lineno or 1, (error.text or "").strip())
        raise NotATest(error.msg, where) from None
