"""What distributions offer by name, as wheels list it and source trees declare it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mirage_py.workspace.entry_points import entry_points

PROJECT = """\
[project]
scripts = { thing = "thing:main" }
[project.entry-points."thing.plugins"]
One = "thing.one:One"
"""
SETUP = """\
[options.entry_points]
thing.plugins =
    One = thing.one:One
    two = thing.two
"""


@pytest.mark.parametrize(
    ("file", "text", "found"),
    [
        ("a.dist-info/entry_points.txt", "[g]\nN = m:x\n", [("g", "N", "m:x")]),
        (
            "pyproject.toml",
            PROJECT,
            [("thing.plugins", "One", "thing.one:One"), ("console_scripts", "thing", "thing:main")],
        ),
        (
            "setup.cfg",
            SETUP,
            [("thing.plugins", "One", "thing.one:One"), ("thing.plugins", "two", "thing.two")],
        ),
        ("pyproject.toml", "[project", []),
        ("pyproject.toml", "[tool.x]", []),
        ("setup.cfg", "no section", []),
    ],
)
def test_entry_points(
    tmp_path: Path, file: str, text: str, found: list[tuple[str, str, str]]
) -> None:
    (tmp_path / file).parent.mkdir(exist_ok=True)
    (tmp_path / file).write_text(text, encoding="utf-8")
    assert [*entry_points([tmp_path])] == found
