"""What was meant by a word that is not known: a known one, a slip of the keyboard away."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def near(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `name` is a slip of the keyboard away from, if there is one: a letter in
    three may be wrong, missing, too many or swapped with the next (as images tell it of boot
    arguments). Of an option with a form, as `--block:NAME=PATH`, the name is compared."""
    words: dict[str, str] = {}
    for one in sorted(candidates):
        words.setdefault(one.partition(":")[0].lstrip("-"), one)
    close = nearest(name.lstrip("-"), words)
    return words[close[0]] if close else None


def nearest(typed: str, words: Iterable[str]) -> list[str]:
    """The words that `typed` is a slip of the keyboard away from, the likest first."""
    found = {one: edits(one, typed) for one in words if may_be_near(one, typed)}
    close = [one for one in found if found[one] <= allowed(one, typed)]
    return sorted(close, key=found.__getitem__)


def allowed(a: str, b: str) -> int:
    """How many letters of two words may differ."""
    return max(len(a), len(b)) // 3


def may_be_near(a: str, b: str) -> bool:
    """Whether the lengths of two words, and the letters that they share, allow it."""
    alike = (Counter(a) & Counter(b)).total()
    return max(len(a), len(b)) - alike <= allowed(a, b)


def edits(a: str, b: str) -> int:
    """How many letters are to be changed, put in, left out or swapped with the next to make `a` of
    `b` (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        row = [i]
        for j, other in enumerate(b, 1):
            least = min(last[j] + 1, row[-1] + 1, last[j - 1] + (letter != other))
            if i > 1 and j > 1 and letter == b[j - 2] and other == a[i - 2]:
                least = min(least, before[j - 2] + 1)
            row.append(least)
        before, last = last, row
    return last[-1]
