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


@pytest.mark.parametrize(
    "text",
    [
        "try:\n    import here\nexcept ImportError:\n    pass",
        "try:\n    import here\nexcept:\n    here = None",
        "with suppress(ImportError):\n    import here",
        "with contextlib.suppress(AttributeError, ModuleNotFoundError):\n    import here",
    ],
)
def test_what_goes_on_without_a_module(text: str) -> None:
    assert [one.optional for one in imports(ast.parse(text), "")] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "try:\n    import here\nexcept KeyError:\n    pass",
        "try:\n    import here\nexcept ImportError:\n    raise SystemExit(1)",
        "with open('x'):\n    import here",
        "with suppress(KeyError):\n    import here",
    ],
)
def test_what_needs_a_module(text: str) -> None:
    assert [one.optional for one in imports(ast.parse(text), "")] == [False]


@pytest.mark.parametrize(
    ("test", "taken"),
    [
        ("sys.version_info >= (3, 9)", ["yes"]),
        ("sys.version_info[:2] < (3, 8)", ["no"]),
        ("sys.version_info[0] == 2", ["no"]),
        ("sys.platform == 'win32'", ["no"]),
        ("sys.platform.startswith('linux')", ["no"]),
        ("sys.platform in ('win32', 'cygwin') or sys.version_info > (4,)", ["no"]),
        ("TYPE_CHECKING", ["no"]),
        ("not TYPE_CHECKING and sys.version_info >= (3, 11)", ["yes"]),
        ("found and sys.platform != 'win32'", ["yes", "no"]),
        ("sys.platform == name", ["yes", "no"]),
    ],
)
def test_conditions_that_reading_answers(test: str, taken: list[str]) -> None:
    text = f"if {test}:\n    import yes\nelse:\n    import no"
    found = list(imports(ast.parse(text), "", modern=True))
    assert [one.module for one in found] == taken
    assert {one.lazy for one in found} == {len(taken) == 2}


def test_modules_of_the_project_are_not_told_the_version() -> None:
    text = "if sys.version_info >= (3, 9):\n    import yes\nelse:\n    import no"
    assert [one.module for one in imports(ast.parse(text), "")] == ["yes", "no"]
