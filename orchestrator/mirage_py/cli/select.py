"""Which of the collected tests are run: by name, and by an expression, as pytest chooses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mirage_py.support.errors import MirageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mirage_py.cli.found import Collection, Left, Test

    Choice = Callable[[str, bool], bool | None]

USAGE = 4
"""pytest's exit status when it is asked for what there is not."""
CASE = "["
"""What stands before the parameters in the name of a test's case."""
TOKEN = re.compile(r"\s*([()]|[^\s()]+)")


class NoSuchTest(MirageError):
    exit_code = USAGE

    def __init__(self, named: str, known: Sequence[str]) -> None:
        super().__init__(
            f"no tests are in `{named}`",
            hint=f"it may be {', '.join(f'`{one}`' for one in known)}, or one of its tests: "
            "`tests/test_a.py::test_b`"
            if known
            else "no test of this project is run inside an image",
        )


class LeftToPytest(MirageError):
    exit_code = USAGE

    def __init__(self, named: str, left: Left) -> None:
        super().__init__(
            f"{left.name} cannot be run inside an image: {left.why}",
            position=left.position,
            hint=f"run it on this machine: `python -m pytest {named}`",
        )


class NoExpression(MirageError):
    exit_code = USAGE

    def __init__(self, text: str) -> None:
        super().__init__(
            f"`-k {text}` is no expression",
            hint='write names, `and`, `or`, `not` and parentheses: `-k "serve and not slow"`',
        )


def chosen(found: Collection, named: Sequence[str], select: str) -> list[Test]:
    """Those of the files, classes and tests that are `named`, if any are, of which the expression
    `select` is true. Raises NoSuchTest, LeftToPytest and NoExpression."""
    kept = list(found.tests)
    if named:
        words = [one.removeprefix("./").rstrip("/").partition(CASE)[0] for one in named]
        for word in words:
            if not any(within(one.id, word) for one in kept):
                refuse(found, word)
        kept = [one for one in kept if any(within(one.id, word) for word in words)]
    wanted = expression(select)
    return [one for one in kept if wanted(one.id.lower(), one.cases) is not False]


def refuse(found: Collection, word: str) -> None:
    for one in found.left:
        test = one.name.strip("`")
        if within(one.position.file, word) or (
            word.startswith(f"{one.position.file}::")
            and test in (*word.split("::"), word, one.position.file)
        ):
            raise LeftToPytest(word, one)
    raise NoSuchTest(word, sorted({one.file for one in found.tests}))


def within(test: str, word: str) -> bool:
    """Whether a word of the command line names a test, or what it is in."""
    return test == word or test.startswith((f"{word}::", f"{word}/"))


def expression(text: str) -> Choice:
    """Whether a name, in small letters, is one of those that `text` speaks of; None if that depends
    on what stands behind it, as it may. Raises NoExpression."""
    tokens = TOKEN.findall(text)
    if not tokens:
        return lambda *_: True
    choice, rest = either(tokens, text)
    if rest:
        raise NoExpression(text)
    return choice


def in_python(text: str) -> str:
    """The same as the text of a function of a name, for the image, which knows all of it."""
    words = (
        one if one in ("and", "or", "not", "(", ")") else f"{one.lower()!r} in name"
        for one in TOKEN.findall(text)
    )
    return f"lambda name: {' '.join(words)}" if text.strip() else "None"


def either(tokens: list[str], text: str) -> tuple[Choice, list[str]]:
    one, tokens = both(tokens, text)
    if tokens[:1] != ["or"]:
        return one, tokens
    other, tokens = either(tokens[1:], text)
    return lambda *of: any_of(one(*of), other(*of)), tokens


def both(tokens: list[str], text: str) -> tuple[Choice, list[str]]:
    one, tokens = single(tokens, text)
    if tokens[:1] != ["and"]:
        return one, tokens
    other, tokens = both(tokens[1:], text)
    return lambda *of: opposite(any_of(opposite(one(*of)), opposite(other(*of)))), tokens


def single(tokens: list[str], text: str) -> tuple[Choice, list[str]]:
    match tokens:
        case ["not", *rest]:
            one, rest = single(rest, text)
            return lambda *of: opposite(one(*of)), rest
        case ["(", *rest]:
            one, rest = either(rest, text)
            if rest[:1] != [")"]:
                raise NoExpression(text)
            return one, rest[1:]
        case [word, *rest] if word not in ("and", "or", ")"):
            return lambda name, more: word.lower() in name or (None if more else False), rest
        case _:
            raise NoExpression(text)


def any_of(one: bool | None, other: bool | None) -> bool | None:
    return True if one or other else False if one is other is False else None


def opposite(one: bool | None) -> bool | None:
    return None if one is None else not one
