"""Which tests `mirage-py test` takes into an image, and what it says of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from mirage_py.cli.collect import SameName, collected
from mirage_py.cli.found import Collection
from mirage_py.cli.select import LeftToPytest, NoExpression, NoSuchTest, chosen, in_python
from mirage_py.cli.testfile import Misspelt

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
        ("from pytest import Item\n", 1, "images have no `pytest.Item`, but `CaptureFixture`, `"),
        ("import pytest as p\n\np.importorskip\np.Item\n", 4, "images have no `pytest.Item`"),
        (
            "def test_a(tmp_path):\n    pass\n",
            1,
            'it takes the fixture `tmp_path`, which images lack; add `features=["vfs"]` to',
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


def test_misspelt_fixtures(tmp_path: Path) -> None:
    """A slip is told; a name that is nobody's, or pytest's own, is left to pytest."""
    for name, meant in {"monkeypach": "monkeypatch", "mien": "mine", "tmpdirr": "tmpdir"}.items():
        with pytest.raises(Misspelt) as raised:
            found(tmp_path, test_a=f"{TESTS}\ndef test_b({name}):\n    pass\n")
        assert raised.value.hint == f"did you mean `{meant}`?"
        assert raised.value.position is not None
        assert raised.value.position.line == 32
    for name in ("capsysbinary", "mocker"):
        assert len(found(tmp_path, test_a=f"def test_b({name}):\n    pass\n").left) == 1


def test_annotations_are_not_asked_for(tmp_path: Path) -> None:
    text = "import pytest\n\ndef test_a(capsys: pytest.Whatever) -> None:\n    pass\n"
    assert len(found(tmp_path, test_a=text).tests) == 1


def test_fixtures_without_an_import(tmp_path: Path) -> None:
    """A test that takes one needs `pytest` in the image, whether its file imports it or not."""
    assert found(tmp_path, test_a="def test_a(capsys): pass\n").marked
    assert not found(tmp_path, test_a="def test_a(): pass\n").marked


def test_of_one_name_the_last_is_run(tmp_path: Path) -> None:
    text = "def test_a(capsys): pass\ndef test_b(): pass\ndef test_a(): pass\n"
    every = found(tmp_path, test_a=text).tests
    assert [(one.name, one.wants) for one in every] == [("test_a", ()), ("test_b", ())]


def test_folders(tmp_path: Path) -> None:
    """Modules are called as pytest calls them; fixtures are those of each conftest.py above."""
    fixture = "import pytest\n\n@pytest.fixture\ndef {}(): pass\n"
    files = {
        "conftest.py": fixture.format("high"),
        "plain/conftest.py": fixture.format("low"),
        "plain/test_a.py": "def test_a(high, low): pass\n",
        "pack/__init__.py": "",
        "pack/deep/__init__.py": "",
        "pack/deep/test_a.py": "def test_a(high): pass\ndef test_b(low): pass\n",
    }
    for name, text in files.items():
        path = tmp_path / "tests" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    every = collected(tmp_path / "tests")
    assert [(one.id, one.module) for one in every.tests] == [
        ("tests/pack/deep/test_a.py::test_a", "pack.deep.test_a"),
        ("tests/plain/test_a.py::test_a", "test_a"),
    ]
    assert [one.module for one in every.fixtures] == ["conftest", "conftest_plain"]
    assert [str(one).partition(" is ")[0] for one in every.left] == [
        "tests/pack/deep/test_a.py:2: `test_b`"
    ]
    assert [one.file for one in chosen(every, ["tests/plain"], "")] == ["tests/plain/test_a.py"]
    (tmp_path / "tests" / "__init__.py").touch()
    (tmp_path / "tests" / "test_a.py").write_text("def test_a(): pass\n")
    assert {one.module for one in collected(tmp_path / "tests").tests} == {
        "suite.pack.deep.test_a", "suite.test_a", "test_a"
    }  # fmt: skip
    (tmp_path / "tests" / "__init__.py").unlink()
    with pytest.raises(SameName, match=r"tests/plain/test_a\.py and tests/test_a\.py are one"):
        collected(tmp_path / "tests")


def test_files_of_images_with_files(tmp_path: Path) -> None:
    found(tmp_path, test_a="def test_a(tmp_path): pass\n")
    (test,) = collected(tmp_path / "tests", files=True).tests
    assert test.wants_files


@pytest.mark.parametrize(
    ("select", "chooses"),
    [("b", True), ("c", True), ("not c", True), ("not b", False), ("a and b", True)],
)
def test_cases_are_chosen_in_the_image(tmp_path: Path, select: str, *, chooses: bool) -> None:
    text = "import pytest\n@pytest.mark.parametrize('x', 'cd')\ndef test_b(x): pass\n"
    tests = chosen(found(tmp_path, test_a=text), [], select)
    assert bool(tests) is chooses
    names = [f"tests/test_a.py::test_b[{one}]" for one in "cd"]
    inside = eval(in_python(select))  # noqa: S307
    assert [inside(one) for one in names] == {
        "b": [True, True], "c": [True, False], "not c": [False, True], "not b": [False, False],
        "a and b": [True, True],
    }[select]  # fmt: skip


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
