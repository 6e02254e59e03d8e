"""Small modules of ours, which serve as long as nothing is asked that CPython's alone have."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from mirage_py.graph.small import outgrown

SMALL = "def escape(text): ...\n\nLEVEL = 1\n"


@pytest.fixture
def small(tmp_path: Path) -> dict[str, Path]:
    path = tmp_path / "html.py"
    path.write_text(SMALL, encoding="utf-8")
    return {"html": path}


@pytest.mark.parametrize(
    "text",
    [
        "import html\nhtml.escape('')",
        "from html import escape, LEVEL",
        "import html as text\ntext.LEVEL",
        "html = {}\nhtml.parser",
        "import other\nother.unescape",
    ],
)
def test_the_small_module_is_enough(text: str, small: dict[str, Path]) -> None:
    assert list(outgrown([ast.parse(text)], small)) == []


@pytest.mark.parametrize(
    "text",
    [
        "import html\nhtml.unescape('')",
        "from html import unescape",
        "import html as text\ndef start():\n    text.unescape",
        "import html.parser",
        "from html.parser import HTMLParser",
        "from html import parser",
    ],
)
def test_more_is_asked(text: str, small: dict[str, Path]) -> None:
    assert set(outgrown([ast.parse(text)], small)) == {"html"}
