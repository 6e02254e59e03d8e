"""What a module surely asks of others while it is imported."""

from __future__ import annotations

import ast

import pytest

from mirage_py.graph.attributes import attributes


@pytest.mark.parametrize(("text", "found"), [
    ("import ast\nprefix(ast.If)", [("ast", "If", 2)]),
    ("import os.path\nos.sep", []),
    ("import os.path as p\nclass A:\n    b = p.sep", [("os.path", "sep", 3)]),
    ("import ast\n@ast.mark\ndef f(x=ast.If): pass", []),
    ("import ast\ntry:\n    ast.If\nexcept AttributeError: pass", []),
    ("import ast\nif x:\n    ast.If", []),
    ("import ast\na = x and ast.If", []),
    ("import ast\na: ast.If = 1", []),
    ("import ast\ndef f():\n    return ast.If", []),
    ("import ast\nast.If = 3", []),
    ("import ast\nif not hasattr(ast, 'If'):\n    pass\nast.If", []),
    ("import ast\nif x:\n    ast.If = 1\nast.If", []),
    ("import ast\nast = other\nast.If", []),
    ("try:\n    import ast\nexcept ImportError:\n    ast = None\nast.If", []),
])  # fmt: skip
def test_attributes(text: str, found: list[tuple[str, str, int]]) -> None:
    every = attributes(ast.parse(text))
    assert [(one.module, one.attribute, one.line) for one in every] == found
