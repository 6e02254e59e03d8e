"""config.py after `mirage-py add` and `remove`."""

from __future__ import annotations

from pathlib import Path

import pytest

from mirage_py.dsl.edit import Edited
from mirage_py.dsl.errors.editing import CannotEdit, NoSuchPackage

CALL = 'package("b")'


def text(source: str) -> Edited:
    return Edited(Path("config.py"), source)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('a = main("u.start", job)\n', 'a = main("u.start", job, packages=[package("b")])\n'),
        ('a = main("ü.start", job, deps=[x],)\n',
         'a = main("ü.start", job, deps=[x], packages=[package("b")],)\n'),
        ('main("u.start", job, packages=[])', 'main("u.start", job, packages=[package("b")])'),
        ('main("u.start", job, packages=[package("a")])',
         'main("u.start", job, packages=[package("a"), package("b")])'),
        ('main("u.start", job, packages=[\n    package("a"),\n])\n',
         'main("u.start", job, packages=[\n    package("a"),\n    package("b"),\n])\n'),
        ('main("u.start", job, packages=[package("B", min="1")])',
         'main("u.start", job, packages=[package("b")])'),
    ],
)  # fmt: skip
def test_added(before: str, after: str) -> None:
    assert text(before).with_package(CALL, "b").text == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('main("u.start", job, packages=[package("b")])', 'main("u.start", job, packages=[])'),
        ('main("u.start", job, packages=[package("a"), package("b")])',
         'main("u.start", job, packages=[package("a")])'),
        ('main("u.start", job, packages=[package("b", min="1"), package("a")])',
         'main("u.start", job, packages=[package("a")])'),
        ('main("u.start", job, packages=[\n    package("a"),\n    package("b"),\n])\n',
         'main("u.start", job, packages=[\n    package("a"),\n])\n'),
    ],
)  # fmt: skip
def test_removed(before: str, after: str) -> None:
    assert text(before).without_package("B").text == after


def test_several_entry_points() -> None:
    source = text('main("u.a", job)\nmain("u.b", job)\n')
    with pytest.raises(CannotEdit, match=r"several entry points: `u\.a`, `u\.b`"):
        source.with_package(CALL, "b")
    assert source.with_package(CALL, "b", "u.b").text.endswith(f"packages=[{CALL}])\n")


@pytest.mark.parametrize(
    "source", ["register('x', [])", "main('u.a', job, packages=given)", "main("]
)
def test_what_cannot_be_edited(source: str) -> None:
    with pytest.raises(CannotEdit):
        text(source).with_package(CALL, "b")


def test_what_is_not_there() -> None:
    with pytest.raises(NoSuchPackage, match="names no package `b`"):
        text("main('u.a', job)").without_package("b")
