"""What an `assert` of a test inside an image says when it does not hold."""

from __future__ import annotations

import ast
import importlib.util
import sys
from typing import Any

import pytest

from mirage_py import catalog
from mirage_py.cli.asserts import explained


@pytest.fixture(autouse=True)
def _told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The module that writes messages inside an image, imported here."""
    (path,) = catalog.library(catalog.share())["_asserts"]
    spec = importlib.util.spec_from_file_location("_asserts", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setitem(sys.modules, "_asserts", module)


def said(source: str, **names: Any) -> str:
    """What the failing assertion of some statements says."""
    with pytest.raises(AssertionError) as caught:
        exec(explained(source, ast.parse(source)), names)  # noqa: S102
    return str(caught.value)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("assert x == 4", "assert 3 == 4"),
        ("assert x == 4, 'no ' + 'good'", "no good\nassert 3 == 4"),
        ("assert f(1) in [x]", "assert 2 in [3]\n +  where 2 = f(1)\n +  where [3] = [x]"),
        ("assert 1 < f(1) < 2", "assert 2 < 2\n +  where 2 = f(1)"),
        ("assert x == 3 and not x", "assert not 3"),
        ("assert x == 4 or x is None", "assert (3 == 4 or 3 is None)"),
        ("assert isinstance(x, str)", "assert False\n +  where False = isinstance(x, str)"),
        ("assert []", "assert []"),
        ("assert (\n    x ==\n    4\n)", "assert 3 == 4"),
        ("assert x == 3; assert x == 5", "assert 3 == 5"),
        ("assert False, 5", "5"),
        ("assert 'a' * 300 == x", f"assert '{'a' * 119}...{'a' * 119}' == 3\n +  where"),
        (
            "assert [x, 2, 3, 4, 5, 6, 7] == [3, 2, 4, 4, 5, 6, 7]",
            "+  where [3, 2, 3, 4, 5, 6, 7] = [x, 2, 3, 4, 5, 6, 7]\n  at index 2: 3, and 4",
        ),
        ("assert [1] * 9 == [1] * 11", "\n  right has 2 more: [1, 1]"),
        (
            "assert {'a': 1, 'b': 2, 'c': 3} == {'b': 3, 'c': 3, 'd': 4}",
            "\n  only left: {'a': 1}\n  only right: {'d': 4}\n  at 'b': 2, and 3",
        ),
        ("assert 'x' * 50 + 'y' == 'x' * 50 + 'z'", f"from index 50: '{'x' * 20}y', and '"),
        ("assert {'a' * 20} == {'b' * 20}", "  only left: 'aaaaaaaaaaaaaaaaaaaa'"),
    ],
)
def test_messages(source: str, message: str) -> None:
    assert message in said(source, x=3, f=lambda x: x + 1)


def test_each_value_is_worked_out_once_and_only_if_needed() -> None:
    calls: list[int] = []

    def call(x: int) -> int:
        calls.append(x)
        return x

    assert said("assert call(1) < call(2) < call(1) < call(5)", call=call).startswith("assert 2 <")
    assert calls == [1, 2, 1]
    assert said("assert call(0) and call(7)", call=call).startswith("assert 0")
    assert calls == [1, 2, 1, 0]


def test_lines_stay_where_they_are() -> None:
    source = "x = 1\nassert (\n    x ==\n    2\n), 'é'; y = '''\n'''\nz = 3\n"
    lines = explained(source, ast.parse(source)).split("\n")
    assert len(lines) == len(source.split("\n"))
    assert lines[6] == "z = 3"
