"""The runtime arguments of an image: those of its devices, then those that its modules declare."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mirage_py.dsl.argument import Argument
from mirage_py.dsl.impl import Declaration
from mirage_py.graph.common_arguments import RESERVED
from mirage_py.graph.errors.arguments import DuplicateArgument, ReservedArgument
from mirage_py.support.errors import MirageError


def arguments(
    declarations: Iterable[Declaration],
    declared: Iterable[Argument[Any]],
    mistakes: list[MirageError],
) -> tuple[Argument[Any], ...]:
    """Every argument of `declarations`, each once, and then `declared`. Two that share a name are a
    mistake, and so is a name that all images have."""
    devices = (one for declaration in declarations for one in declaration.runtime_args)
    # One value that two devices use is one argument; equal ones made twice are two.
    found = {id(one): one for one in (*devices, *declared)}
    names: dict[str, Argument[Any]] = {}
    for one in found.values():
        for name in (one.name, one.short):
            if name in RESERVED:
                mistakes.append(ReservedArgument(name, one.position))
            elif name and names.setdefault(name, one) is not one:
                mistakes.append(DuplicateArgument(name, names[name].position, one.position))
    return tuple(found.values())
