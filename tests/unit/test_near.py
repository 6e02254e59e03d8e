"""What a word that is not known may mean."""

from __future__ import annotations

import pytest

from mirage_py.support.near import edits, near


@pytest.mark.parametrize(
    ("a", "b", "number"),
    [
        ("", "", 0),
        ("block", "block", 0),
        ("block", "blok", 1),
        ("blok", "block", 1),
        ("block", "black", 1),
        ("the", "teh", 1),
        ("abc", "", 3),
        ("kitten", "sitting", 3),
        ("ca", "abc", 3),
    ],
)
def test_edits(a: str, b: str, number: int) -> None:
    assert edits(a, b) == number


@pytest.mark.parametrize(
    ("typed", "candidates", "meant"),
    [
        ("--blok:storage", ["--block:NAME=PATH", "--net:NAME=TAP"], None),
        ("--blok", ["--block:NAME=PATH", "--net:NAME=TAP"], "--block:NAME=PATH"),
        ("logg", ["lag", "log"], "log"),
        ("start", ["starts", "start2", "stort"], "start2"),
        ("ab", ["cd", "xy"], None),
        ("job", [], None),
    ],
)
def test_near(typed: str, candidates: list[str], meant: str | None) -> None:
    assert near(typed, candidates) == meant


def test_long_words_are_compared_in_polynomial_time() -> None:
    """A search of all edits takes three ways at each of thirty letters."""
    candidates = [f"{'ab' * k}{'ba' * (60 - k)}" for k in range(60)]
    assert near("cd" * 60, candidates) is None
    assert near("ba" * 60, ["ab" * 60]) == "ab" * 60
