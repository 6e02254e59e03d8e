"""Names that the guest's own modules have, read from their sources."""

from __future__ import annotations

import ast

import pytest

from mirage_py import catalog
from mirage_py.catalog import share
from mirage_py.graph.imports import imports
from mirage_py.graph.offered import lacking, offered
from mirage_py.support.errors import Position

BINDINGS = catalog.bindings(share())
HERE = Position("unikernel.py", 1)


def wrong(text: str, binding: str) -> list[str]:
    """What is wrong with the imports of a program."""
    found = [lacking(one, BINDINGS[binding], HERE) for one in imports(ast.parse(text), "")]
    return [one.message for one in found if one]


@pytest.mark.parametrize("text", [
    "from mirage.block import Block, Device",
    "from mirage.kv import files",
    "from mirage.kv.files import mount",
    "from mirage.block import *",
    "import mirage.block",
    "try:\n    from mirage.block import New\nexcept ImportError:\n    New = None",
    "def later():\n    from mirage.block import New",
])  # fmt: skip
def test_what_may_be_there_is_taken(text: str) -> None:
    assert wrong(text, text.partition("mirage.")[2].split()[0].partition(".")[0]) == []


def test_what_is_not_there() -> None:
    found = wrong("from mirage.kv.files import mount, mounted_at", "kv")
    assert found == ["the guest's module `mirage.kv.files` has no `mounted_at`"]


@pytest.mark.parametrize(("text", "names"), [
    ("if x:\n    a = 1\nelse:\n    def b():\n        c = 1", {"a", "b"}),
    ("class A:\n    b = 1", {"A"}),
    ("import a.b, c.d as e\nfrom f import g as h", {"a", "e", "h"}),
    ("from a import *", None),
    ("def __getattr__(name):\n    return 1", None),
])  # fmt: skip
def test_names_of_a_module(text: str, names: set[str] | None) -> None:
    assert offered(ast.parse(text)) == names
