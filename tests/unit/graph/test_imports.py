"""What is read from a module's import statements."""

from __future__ import annotations

import ast

import pytest

from mirage_py.graph.imports import imports


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        ("from six.moves import urllib_parse", "urllib.parse"),
        ("from six.moves.urllib.parse import quote", "urllib.parse"),
        ("from six.moves import range", None),
    ],
)
def test_six_imports_by_a_text(text: str, moved: str | None) -> None:
    found = [one for one in imports(ast.parse(text), "") if not one.module.startswith("six")]
    assert [(one.module, one.optional) for one in found] == ([(moved, True)] if moved else [])
