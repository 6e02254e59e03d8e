"""Which parts of our own modules an image takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from mirage_py.graph.imports import Import
from mirage_py.graph.parts import Parts

TEXT = '''"""A module."""

import json as _json
from mirage.net import (
    text,
    until,
)

if False:
    from mirage.stack import Stack

_PARTS = ("Lamp.dim",)
__all__ = ["greet", "Lamp"]

_LIMIT = 4
_log = make("lamp")


@cached
def greet(name: Stack) -> Stack:
    text = name
    return _json.dumps(text)


class Lamp:
    """It is lit by `greet`."""

    limit = _LIMIT

    async def light(self, stack):
        await until(lambda: stack.ready)

    def dim(self):
        return _json.dumps(self.limit)


def _unused():
    return text()
'''


def taken(tmp_path: Path, *mentioned: str) -> tuple[Parts, set[str], list[Import]]:
    path = tmp_path / "lamp.py"
    path.write_text(TEXT, encoding="utf-8")
    parts, spoken = Parts(path, "mirage.lamp"), set(mentioned)
    return parts, spoken, parts.take(spoken)


@pytest.mark.parametrize(
    ("mentioned", "there", "absent"),
    [
        ((), {"_log = make"}, {"greet", "Lamp", "_LIMIT", "json", "until", "_unused"}),
        (("greet",), {"@cached", "def greet", "_json"}, {"class Lamp", "import text", "_LIMIT"}),
        (
            ("Lamp",),
            {"class Lamp", "_LIMIT", "import until"},
            {"def greet", "text", "dim", "_json"},
        ),
        (("Lamp", "dim"), {"class Lamp", "def dim", "_json"}, {"def greet", "text"}),
        (("light",), {"_log"}, {"class Lamp"}),
    ],
)
def test_what_nothing_speaks_of_is_left_out(
    tmp_path: Path, mentioned: tuple[str, ...], there: set[str], absent: set[str]
) -> None:
    text = taken(tmp_path, *mentioned)[0].shortened()
    assert text is not None
    code = text.partition("__all__")[2].partition("\n")[2] + text.partition("if False")[0]
    assert all(one in text for one in there)
    assert not any(one in code for one in absent), text


def test_lines_stay_where_they_are(tmp_path: Path) -> None:
    text = taken(tmp_path, "Lamp")[0].shortened()
    assert text is not None
    lines, before = text.splitlines(), TEXT.splitlines()
    assert len(lines) == len(before)
    assert lines.index("class Lamp:") == before.index("class Lamp:")
    assert lines[3] == "from mirage.net import until"


def test_what_is_taken_speaks_and_imports(tmp_path: Path) -> None:
    parts, spoken, found = taken(tmp_path, "Lamp")
    assert {"ready", "until"} <= spoken
    assert "Stack" not in spoken
    assert [(one.module, one.attribute) for one in found] == [("mirage.net", "until")]
    spoken.add("greet")
    assert [one.module for one in parts.take(spoken)] == ["json"]


def test_all_of_it_may_be_taken(tmp_path: Path) -> None:
    parts, _, _ = taken(tmp_path, "greet", "Lamp", "dim", "_unused")
    assert parts.shortened() is None
