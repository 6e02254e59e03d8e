"""What was meant by a word that is not known: a known one, a slip of the keyboard away."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def near(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that `name` is a slip of the keyboard away from, if there is one: a letter in
    three may be wrong, missing, too many or swapped with the next (as images tell it of boot
    arguments). Of an option with a form, as `--block:NAME=PATH`, the name is compared."""
    typed = name.lstrip("-")
    words = {one: one.partition(":")[0].lstrip("-") for one in sorted(candidates)}
    most = {one: max(len(word), len(typed)) // 3 for one, word in words.items()}
    for edits in range(max(most.values(), default=0) + 1):
        for one, word in words.items():
            if edits <= most[one] and is_near(word, typed, edits):
                return one
    return None


def is_near(a: str, b: str, edits: int) -> bool:
    """Whether at most `edits` letters make `a` of `b`."""
    while a and b and a[0] == b[0]:
        a, b = a[1:], b[1:]
    if not (a and b) or edits == 0:
        return len(a) + len(b) <= edits
    swapped = a[:2] == b[1::-1] and is_near(a[2:], b[2:], edits - 1)
    others = ((a[1:], b), (a, b[1:]), (a[1:], b[1:]))
    return swapped or any(is_near(*rest, edits - 1) for rest in others)
