"""`code`: guest code that knows where it was written."""

from __future__ import annotations

from typing import Self

from mirage_py.dsl import errors
from mirage_py.dsl.session import here, report
from mirage_py.support.errors import Position

LITERALS = (str, bytes, int, float, bool, list, tuple, dict, set, type(None))
"""What has a literal that means the same in the guest."""


class Code(str):
    """An expression for `connect`, and the line that made it: the start code tells both."""

    position: Position

    def __new__(cls, text: str, position: Position) -> Self:
        made = super().__new__(cls, text)
        made.position = position
        return made


def code(template: str, /, *values: object, **named: object) -> Code:
    """The guest code `template`, in which `{}` and `{name}` stand for the literals of `values`:
    `code("mirage.kv.connect({}, {{0}})", "site")`. Of a key, the literal is known later:
    `size.map(lambda n: code("mirage.kv.connect({}, {{0}})", n))`."""
    for value in (*values, *named.values()):
        if not isinstance(value, LITERALS):
            report(errors.NotALiteral(template, value, here()))
    shown = template.format(
        *(repr(value) for value in values), **{name: repr(value) for name, value in named.items()}
    )
    return Code(shown, here())
