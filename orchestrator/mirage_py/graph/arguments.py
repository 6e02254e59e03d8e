"""The runtime arguments of an image: those of its devices, each once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mirage_py.dsl.argument import Argument
from mirage_py.dsl.impl import Declaration
from mirage_py.graph import errors
from mirage_py.support.errors import MirageError


def arguments(
    declarations: Iterable[Declaration], mistakes: list[MirageError]
) -> tuple[Argument[Any], ...]:
    """Every argument of `declarations`; two that share a name are a mistake."""
    found: dict[str, Argument[Any]] = {}
    for declaration in declarations:
        for one in declaration.runtime_args:
            names = [one.name, *([one.short] if one.short else [])]
            for name in names:
                first = found.setdefault(name, one)
                if first is not one:
                    mistakes.append(errors.DuplicateArgument(name, first.position, one.position))
    return tuple(dict.fromkeys(found.values()))
