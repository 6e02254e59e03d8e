"""What is asked of `sys`, by reading."""

from __future__ import annotations

import ast

import pytest

from mirage_py import catalog
from mirage_py.graph.bound import bound
from mirage_py.lower.names import SYS
from mirage_py.workspace.lowered import asks_more_of_sys

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
