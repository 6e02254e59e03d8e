"""How messages name things."""

from __future__ import annotations

from inspect import isroutine
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


def shown(value: object) -> str:
    """A value of a config.py as messages name it."""
    from mirage_py.dsl.impl import Applied  # noqa: PLC0415 - impl imports this module

    if isinstance(value, Applied):
        return str(value)
    if isroutine(value):  # without its address
        return f"the function `{value.__name__}`"
    if isinstance(value, type):
        return f"the class `{value.__name__}`"
    return f"`{value!r}`"


def meant(name: str | None) -> str | None:
    """The hint that offers a near match."""
    return f"did you mean `{name}`?" if name else None


def way_to(wanted: object, found: object) -> str:
    """What to write in place of `found` where a device of type `wanted` has its place."""
    from mirage_py.dsl.impl import Functor, Impl  # noqa: PLC0415 - impl imports this module
    from mirage_py.dsl.makers import makers  # noqa: PLC0415 - so does this

    if isinstance(found, Functor) and found.type.result == wanted:
        return f"apply it to what it takes: {takes(found.type.parameters)}"
    if isinstance(found, Impl) and str(found.type) == str(wanted):
        return f"there are two types called `{wanted}`, made by two `typ`: use one of them for both"
    if isroutine(found):
        return to_call(found)
    made = makers(wanted)
    if made:
        return f"a `{wanted}` is made by {listed([f'`{one}`' for one in made])}"
    return f"a `{wanted}` is made by `impl(NAME, {wanted}, ...)`"


def to_call(function: Any) -> str:
    """What to do with a function that stands where what it makes has its place."""
    return f"call it: `{function.__name__}(...)`"


def takes(parameters: Sequence[object]) -> str:
    """The types of devices to apply something to."""
    return listed([f"a `{one}`" for one in parameters])


def count(number: int, what: str) -> str:
    """`no argument`, `1 argument`, `2 arguments`."""
    return f"{number or 'no'} {what}{'s' if number > 1 else ''}"


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
