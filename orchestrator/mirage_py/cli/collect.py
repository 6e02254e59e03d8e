"""Which tests of a project can be run inside an image, found by reading them."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mirage_py import catalog
from mirage_py.cli.found import Collection, Fixture, Left, Test
from mirage_py.cli.testfile import TestFile
from mirage_py.support.errors import MirageError

if TYPE_CHECKING:
    from pathlib import Path

MARKS = "_marks"
"""The module of the library that is `pytest` inside an image."""
CONFTEST = "conftest"


class NoTests(MirageError):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"there is no {folder}",
            hint="tests are functions `test_...` of files test_*.py in the folder tests/",
        )


def collected(folder: Path) -> Collection:
    """The tests of files in `folder`. Raises NoTests, NotATest."""
    if not folder.is_dir():
        raise NoTests(folder)
    known, shared = pytests(), tuple[Fixture, ...]()
    tests: list[Test] = []
    left: list[Left] = []
    fixtures: list[Fixture] = []
    marked = False
    for path in (folder / f"{CONFTEST}.py", *sorted(folder.rglob("test_*.py"))):
        if not path.is_file():
            continue
        file = TestFile(path, str(path.relative_to(folder.parent)), known.names)
        obstacle = file.obstacle()
        if obstacle is None and path.parent != folder:
            obstacle = file.left(file.tree, "inside an image run those of tests/ itself")
        if obstacle:
            left.append(obstacle)
            continue
        found = tuple(file.fixtures())
        fixtures += found
        marked = marked or file.is_marked
        if path.stem == CONFTEST:
            shared = found
            continue
        for one, lacking in file.tests(known.fixtures, shared):
            if lacking:
                left.append(lacking)
            else:
                tests.append(one)
    return Collection(tuple(tests), tuple(left), tuple(fixtures), marked)


@dataclass(frozen=True)
class Pytests:
    """What images have of pytest."""

    names: frozenset[str]
    fixtures: frozenset[str]


def pytests() -> Pytests:
    """Read from the module that is `pytest` in an image."""
    (path,) = catalog.library(catalog.share())[MARKS]
    names, fixtures = set(), {"request"}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                names.add(name)
            case ast.Assign(targets=[ast.Name("BUILTIN")], value=ast.Dict(keys=keys)):
                fixtures |= {str(key.value) for key in keys if isinstance(key, ast.Constant)}
            case ast.Assign(targets=[ast.Name(name)]):
                names.add(name)
            case _:
                pass
    return Pytests(frozenset(one for one in names if one[0] != "_"), frozenset(fixtures))
