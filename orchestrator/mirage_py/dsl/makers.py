"""What makes devices of a type: the functions and values that `from mirage_py import *` gives."""

from __future__ import annotations

import typing
from collections.abc import Iterator

MOST = 4
"""How many are named."""


def makers(ty: object) -> list[str]:
    """Some names of what is, or makes, a device of type `ty`: `noop`, `block_of_file(...)`."""
    return [name for name, _ in zip(_makers(ty), range(MOST), strict=False)]


def _makers(ty: object) -> Iterator[str]:
    import mirage_py  # noqa: PLC0415 - it imports this package
    from mirage_py.dsl.impl import Impl  # noqa: PLC0415 - it imports this module
    from mirage_py.dsl.types import Type  # noqa: PLC0415 - so does this

    if not isinstance(ty, Type):
        return
    for name in mirage_py.__all__:
        value = getattr(mirage_py, name)
        if isinstance(value, Impl):
            if value.type == ty and not name.startswith(("no_", "mock_")):
                yield name
        elif callable(value) and _returned(value) == Impl[ty.key]:  # type: ignore[name-defined]
            yield f"{name}(...)"


def _returned(function: object) -> object:
    """What the annotations of a function say that it returns."""
    try:
        return typing.get_type_hints(function).get("return")
    except (NameError, TypeError):
        return None
