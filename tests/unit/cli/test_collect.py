"""Which tests `mirage-py test` takes into an image, and what it says of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from mirage_py.cli.collect import collected
from mirage_py.cli.found import Collection
from mirage_py.cli.select import LeftToPytest, NoExpression, NoSuchTest, chosen

TESTS = """\
import pytest


@pytest.fixture
def mine(tmp_path):
    return tmp_path


@pytest.fixture
def own(monkeypatch):
    yield 3


class Base:
    def test_inherited(self, own):
        pass


class TestMore(Base):
    def test_more(self):
        pass


@pytest.mark.parametrize(("a", "b"), [(1, 2)])
def test_given(a, b, request):
    pass


def test_default(own, number=3):
    pass
"""


def found(folder: Path, **files: str) -> Collection:
    """What is found in a tests/ of these files."""
    (folder / "tests").mkdir(exist_ok=True)
    for stem, text in files.items():
        (folder / "tests" / f"{stem}.py").write_text(text, encoding="utf-8")
    return collected(folder / "tests")


def test_fixtures_and_inherited_tests(tmp_path: Path) -> None:
    every = found(tmp_path, test_a=TESTS)
    assert [(one.id, one.wants) for one in every.tests] == [
        ("tests/test_a.py::TestMore::test_inherited", ("own",)),
        ("tests/test_a.py::TestMore::test_more", ()),
        ("tests/test_a.py::test_given", ("a", "b", "request")),
        ("tests/test_a.py::test_default", ("own",)),
    ]
    kinds = {one.name: (one.wants, one.kind) for one in every.fixtures}
    assert kinds == {"mine": (("tmp_path",), "plain"), "own": (("monkeypatch",), "yields")}
    assert every.left == ()
    assert every.marked


@pytest.mark.parametrize(
    ("text", "line", "why"),
    [
        ("import os, pytest, asyncio\n\nos.add\npytest.add\n", 4, "images have no `pytest.add`"),
        ("import os\nimport mirage_py.dsl\n", 2, "`mirage_py` is of the machine that builds"),
        ("from pytest import warns\n", 1, "images have no `pytest.warns`"),
        ("import pytest as p\n\np.importorskip\np.warns\n", 4, "images have no `pytest.warns`"),
        (
            "def test_a(tmp_path):\n    pass\n",
            1,
            "it takes the fixture `tmp_path`, which images lack",
        ),
        (
            f"{TESTS}\ndef test_b(mine):\n    pass\n",
            32,
            "the fixture `tmp_path`, which images lack",
        ),
        ("def setup_module(module):\n    pass\n", 1, "`setup_module` takes what is tested"),
        (
            "class TestA:\n    def setup_method(self, method): pass\n    def test_a(self): pass\n",
            2,
            "`setup_method` takes what is tested",
        ),
    ],
)
def test_what_is_left_to_pytest(tmp_path: Path, text: str, line: int, why: str) -> None:
    (left,) = found(tmp_path, test_a=text).left
    assert (left.position.file, left.position.line) == ("tests/test_a.py", line)
    assert why in str(left)
    with pytest.raises(LeftToPytest):
        chosen(found(tmp_path), [f"tests/test_a.py::{left.name.strip('`')}"], "")


def test_annotations_are_not_asked_for(tmp_path: Path) -> None:
    text = "import pytest\n\ndef test_a(capsys: pytest.Whatever) -> None:\n    pass\n"
    assert len(found(tmp_path, test_a=text).tests) == 1


def test_tests_in_folders_are_told_of(tmp_path: Path) -> None:
    (tmp_path / "tests" / "more").mkdir(parents=True)
    (tmp_path / "tests" / "more" / "test_a.py").write_text("def test_a(): pass\n")
    (left,) = found(tmp_path).left
    assert str(left).startswith("tests/more/test_a.py:1: tests/more/test_a.py is for pytest")


@pytest.mark.parametrize(
    ("select", "names"),
    [
        ("", ["one", "one_two", "three"]),
        ("TWO", ["one_two"]),
        ("one and not two", ["one"]),
        ("not (two or three)", ["one"]),
        ("two or three", ["one_two", "three"]),
    ],
)
def test_expressions(tmp_path: Path, select: str, names: list[str]) -> None:
    text = "".join(f"def test_{one}(): pass\n" for one in ("one", "one_two", "three"))
    tests = chosen(found(tmp_path, test_a=text), [], select)
    assert [one.name.removeprefix("test_") for one in tests] == names


@pytest.mark.parametrize("select", ["and", "a b", "(a", "a or", "not"])
def test_no_expressions(tmp_path: Path, select: str) -> None:
    with pytest.raises(NoExpression):
        chosen(found(tmp_path, test_a="def test_a(): pass\n"), [], select)


def test_names(tmp_path: Path) -> None:
    every = found(
        tmp_path, test_a="def test_a(): pass\n", test_b="class TestB:\n    def test_b(self): pass\n"
    )
    for name in (
        "tests/test_b.py",
        "tests/test_b.py::TestB",
        "./tests/test_b.py::TestB::test_b[1]",
    ):
        assert [one.name for one in chosen(every, [name], "")] == ["test_b"]
    with pytest.raises(NoSuchTest):
        chosen(every, ["tests/test_c.py"], "")
