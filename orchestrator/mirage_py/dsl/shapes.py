"""Lists and tables that functions of the eDSL are given: that they are such, of the right things.

A text is no list of texts: Python would take it for one of letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from mirage_py.dsl.errors.shapes import NotAList, NotATable, NotOfList
from mirage_py.dsl.session import report
from mirage_py.support.errors import Position


def items(
    keyword: str, value: Any, kind: type | tuple[type, ...], what: str, position: Position
) -> tuple[Any, ...]:
    """Those of `value` that are of `kind`, which messages call `what`; the rest is reported."""
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        report(NotAList(keyword, value, what, position))
        return ()
    every = tuple(value)
    wrong = [one for one in every if not isinstance(one, kind)]
    for one in wrong:
        report(NotOfList(keyword, one, what, position))
    return tuple(one for one in every if isinstance(one, kind))


def texts(keyword: str, value: Any, position: Position) -> tuple[str, ...]:
    """Those of `value` that are texts; the rest is reported."""
    return items(keyword, value, str, "texts", position)


def table(keyword: str, value: Any, what: str, position: Position) -> dict[str, Any]:
    """`value`, if it is a mapping from texts; else that is reported."""
    if isinstance(value, Mapping) and all(isinstance(name, str) for name in value):
        return dict(value)
    report(NotATable(keyword, value, what, position))
    return {}


def is_text(value: object) -> bool:
    """Whether `value` is one, whatever its annotation promises."""
    return isinstance(value, str)
