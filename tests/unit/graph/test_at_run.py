"""What a module does when it runs, found by reading."""

from __future__ import annotations

import ast

import pytest

from mirage_py.graph.at_run import asks_for_annotations, compiling, reads_docs, reads_files


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("def f(): return eval(text)", [("f", 1)]),
        ("class C:\n def m(self):\n  def inner(): exec(self.code)", [("m", 3)]),
        ("code = compile(text, 'x', 'exec')", [("", 1)]),
        ("exec('x = 1')", []),
        ("import re\nre.compile('x')", []),
        ("from re import compile\ncompile('x')", []),
        ("def compile(x): pass\ncompile(1)", []),
        ("import sys\nif sys.version_info < (3,): exec(text)", []),
    ],
)
def test_what_compiles(text: str, found: list[tuple[str, int]]) -> None:
    assert compiling(ast.parse(text)) == found


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("import inspect\ninspect.signature(f)", True),
        ("from typing import get_type_hints", True),
        ("f.__annotations__", True),
        ("signature = 1", False),
    ],
)
def test_what_asks_for_annotations(text: str, *, asks: bool) -> None:
    assert asks_for_annotations(ast.parse(text)) is asks


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("from importlib import resources", True),
        ("import pkgutil\npkgutil.get_data(__name__, 'data.bin')", True),
        ("import pkgutil\npkgutil.iter_modules()", False),
    ],
)
def test_what_reads_files(text: str, *, reads: bool) -> None:
    assert reads_files(text) is reads


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("rules = getattr(cls, name).__doc__", True),
        ("inspect.getdoc(f)", True),
        ("f.__doc__ = g.__doc__", False),
        ("print(__doc__)", False),
    ],
)
def test_what_reads_documentation(text: str, *, reads: bool) -> None:
    assert reads_docs(ast.parse(text)) is reads
