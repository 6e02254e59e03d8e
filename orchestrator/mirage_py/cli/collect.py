"""Which tests of a project can be run inside an image, found by reading them."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mirage_py import catalog
from mirage_py.cli.found import CONFTEST, TMP, Collection, Fixture, Left, Test
from mirage_py.cli.testfile import TestFile
from mirage_py.support.errors import MirageError

if TYPE_CHECKING:
    from pathlib import Path

MARKS = "_marks"
"""The module of the library that is `pytest` inside an image."""
SUITE = "suite"
"""The folder, in the project of that image, that the tests are copied to."""
NOTHING = 5
"""pytest's exit status when there are no tests."""


class NoTests(MirageError):
    exit_code = NOTHING

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"there is no {folder}",
            hint="tests are functions `test_...` of files test_*.py in the folder tests/",
        )


class SameName(MirageError):
    exit_code = 2

    def __init__(self, one: str, other: str) -> None:
        super().__init__(
            f"{one} and {other} are one module in an image",
            hint="rename one of them, or put an `__init__.py` into each of their folders",
        )


def collected(folder: Path, *, files: bool = False) -> Collection:
    """The tests of files in `folder`, and in folders below it; the image has `files` or not. Raises
    NoTests, NotATest, Misspelt and SameName."""
    if not folder.is_dir():
        raise NoTests(folder)
    known = pytests(files=files)
    tests: list[Test] = []
    left: list[Left] = []
    fixtures: list[Fixture] = []
    modules: dict[str, str] = {}
    marked = False
    shared = sorted(folder.rglob(CONFTEST), key=lambda path: (len(path.parts), path))
    for path in (*shared, *sorted(folder.rglob("test_*.py"))):
        name = path.relative_to(folder.parent).as_posix()
        file = TestFile(path, name, module_of(path, folder), known.names)
        if modules.setdefault(file.module, name) != name:
            raise SameName(modules[file.module], name)
        if obstacle := file.obstacle():
            left.append(obstacle)
            continue
        marked = marked or file.is_marked
        fixtures += file.fixtures()
        if path.name == CONFTEST:
            continue
        there = Test(name, file.module, None, "")
        seen = [one for one in fixtures if one.is_seen_by(there)]
        for one, lacking in file.tests(known.fixtures, seen):
            if lacking:
                left.append(lacking)
            else:
                tests.append(one)
                marked = marked or bool(one.wants)
    return Collection(tuple(tests), tuple(left), tuple(fixtures), marked)


def module_of(path: Path, folder: Path) -> str:
    """What a module below `folder` is called in the image of the tests: as pytest calls it, by the
    packages that it stands in, but that a folder of tests which is itself one is called SUITE, and
    each conftest.py has a name of its own."""
    base = path.parent
    while (base / "__init__.py").is_file() and base != folder.parent:
        base = base.parent
    parts = [*path.with_suffix("").relative_to(base).parts]
    if base == folder.parent:
        parts[0] = SUITE
    elif parts == ["conftest"] and base != folder:
        parts = ["_".join(["conftest", *base.relative_to(folder).parts])]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@dataclass(frozen=True)
class Pytests:
    """What images have of pytest."""

    names: frozenset[str]
    fixtures: frozenset[str]


def pytests(*, files: bool) -> Pytests:
    """Read from the module that is `pytest` in an image, which has `files` or not."""
    (path,) = catalog.library(catalog.share())[MARKS]
    names, fixtures = set(), {"request", *(TMP if files else ())}
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
