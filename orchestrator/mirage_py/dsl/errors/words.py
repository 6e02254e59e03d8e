"""How messages name things."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def shown(value: object) -> str:
    """A value of a config.py as messages name it."""
    from mirage_py.dsl.impl import Applied  # noqa: PLC0415 - impl imports this module

    return str(value) if isinstance(value, Applied) else f"`{value!r}`"


def count(number: int, what: str) -> str:
    """`no argument`, `1 argument`, `2 arguments`."""
    return f"{number or 'no'} {what}{'s' if number > 1 else ''}"


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
