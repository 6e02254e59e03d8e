"""The arguments that the guest splits again: the split gives back the same list."""

from __future__ import annotations

import os
import random

import pytest

from mirage_py.tender.errors import CommandLineTooLong
from mirage_py.tender.quote import LONGEST, quote_all

ALPHABET = " \"\\'\t\nab-=$é€\udc80"


def split(line: str) -> list[str]:
    """What the guest does: spaces separate, double quotes keep them, a backslash takes the next
    character as it is."""
    words: list[str] = []
    word, quoted, open_ = "", False, False
    characters = iter(line)
    for character in characters:
        if character == "\\":
            word, open_ = word + next(characters), True
        elif character == '"':
            quoted, open_ = not quoted, True
        elif character == " " and not quoted:
            words += [word] if open_ else []
            word, open_ = "", False
        else:
            word, open_ = word + character, True
    return [*words, word] if open_ else words


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ([], ""),
        (["--hello=Hola"], "--hello=Hola"),
        (["a b", ""], '"a b" ""'),
        (['say "hi"'], r'"say \"hi\""'),
        (["C:\\x"], r'"C:\\x"'),
        (["--", "-"], "-- -"),
    ],
)
def test_line(arguments: list[str], line: str) -> None:
    assert " ".join(quote_all(arguments)) == line
    assert split(line) == arguments


def test_any_list_comes_back() -> None:
    source = random.Random(4)
    for _ in range(3000):
        arguments = [
            "".join(source.choices(ALPHABET, k=source.randrange(8)))
            for _ in range(source.randrange(5))
        ]
        assert split(" ".join(quote_all(arguments))) == arguments


def test_length_is_that_of_the_bytes_that_the_guest_gets() -> None:
    assert quote_all(["x" * LONGEST]) == ["x" * LONGEST]
    assert len(os.fsencode(" ".join(quote_all(["a", "x" * (LONGEST - 2)])))) == LONGEST
    for arguments in (["x" * (LONGEST + 1)], ["é" * (LONGEST // 2 + 1)], [" " * (LONGEST - 1)]):
        with pytest.raises(CommandLineTooLong):
            quote_all(arguments)
