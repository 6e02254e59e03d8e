"""What is asked of `sys`, by reading, and in which encoding modules are."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from mirage_py import catalog
from mirage_py.graph.bound import bound
from mirage_py.graph.model import Module
from mirage_py.lower.names import SYS
from mirage_py.workspace.lowered import Lowered, asks_more_of_sys

NATIVE = {
    "argv", "byteorder", "exit", "implementation", "maxsize", "modules", "platform",
    "print_exception", "stderr", "stdin", "stdout", "version", "version_info", "exc_info",
}  # fmt: skip
"""What the interpreter's own has of it."""


@pytest.mark.parametrize(
    ("text", "is_more"),
    [
        ("import sys\nsys.exit(1)", False),
        ("import sys\nprint(sys._getframe())", True),
        ("import sys as s\ns.stdout = None", True),
        ("from sys import intern", True),
        ("from contextlib import redirect_stdout", True),
        ("class sys: pass\nsys.stdout = None", False),
    ],
)
def test_asking_more_of_sys(text: str, is_more: bool) -> None:
    assert asks_more_of_sys(ast.parse(text)) is is_more


def test_what_sys_has_more() -> None:
    (file,) = catalog.library(catalog.share())["_sys"]
    names = {
        name for one in ast.parse(file.read_text(encoding="utf-8")).body for name in bound(one)
    }
    private = {name for name in names if name[:1] == "_" and name not in SYS}
    assert names - private - NATIVE - {"path"} == SYS


@pytest.mark.parametrize(
    ("text", "encoding", "is_rewritten"),
    [
        ("A = 1", "ascii", False),
        ("A = 'é'", "utf-8", False),
        ("A = 'é'", "utf-8-sig", True),
        ("A = 1", "utf-8-sig", True),
        ("# -*- coding: latin-1 -*-\nA = 'é'", "latin-1", True),
    ],
)
def test_modules_are_read_as_utf8(
    text: str, encoding: str, is_rewritten: bool, tmp_path: Path
) -> None:
    path = tmp_path / "it.py"
    path.write_text(text, encoding=encoding)
    module = Module("it", path)
    for found in (*Lowered(tmp_path, {}).users([module]), Lowered(tmp_path, {}).package(module)):
        assert (found.path != path) is is_rewritten
        assert found.path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    "reads", ["print(it.f.__doc__)", "from inspect import getdoc\ngetdoc(it.f)"]
)
def test_documentation_that_is_read(reads: str, tmp_path: Path) -> None:
    """One module of the project that reads some has all of the project keep it."""
    documented = '"""About it."""\n\ndef f():\n    """About f."""\n'
    path, reader = tmp_path / "it.py", tmp_path / "reader.py"
    path.write_text(documented)
    modules = [Module("it", path), Module("reader", reader)]
    for text, is_kept in (("import it\n", False), (f"import it\n{reads}\n", True)):
        reader.write_text(text)
        made = Lowered(tmp_path, {}).users(modules)[0].path
        assert (made != path) is is_kept
        if is_kept:
            assert "About it." in made.read_text()
            assert "About f." in made.read_text()
