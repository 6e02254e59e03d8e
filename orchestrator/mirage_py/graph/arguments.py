"""The runtime arguments of an image: those of its devices, then those that its modules declare."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address, ip_interface
from typing import Any

from mirage_py.dsl.argument import Argument
from mirage_py.dsl.impl import Declaration
from mirage_py.graph.common_arguments import RESERVED
from mirage_py.graph.errors.arguments import DuplicateArgument, ReservedArgument, WrongValue
from mirage_py.support.errors import MirageError

CLASSES: dict[str, type | tuple[type, ...]] = {"int": int, "float": (int, float), "bool": bool}
"""Of a kind's values; those of all others are str."""
WORDS = {"int": "an int", "float": "a float", "bool": "True or False", "str": "a str"}
LARGEST = 1 << 63


def arguments(
    declarations: Iterable[Declaration],
    declared: Iterable[Argument[Any]],
    mistakes: list[MirageError],
) -> tuple[Argument[Any], ...]:
    """Every argument of `declarations`, each once, and then `declared`. Two that share a name are a
    mistake, and so is a name that all images have, or a value that the argument cannot take."""
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
        mistakes += (
            WrongValue(one.name, value, WORDS.get(one.kind, one.kind), one.position)
            for value in values(one)
            if not fits(one.kind, value)
        )
    return tuple(found.values())


def values(argument: Argument[Any]) -> Iterable[object]:
    """Every value that its declaration names."""
    if argument.default is None:
        return argument.choices
    if argument.repeated:
        return (*argument.default, *argument.choices)
    return (argument.default, *argument.choices)


def fits(kind: str, value: Any) -> bool:
    """Whether `value` is one of `kind`, as the guest understands it."""
    known: Any = CLASSES.get(kind, str)
    if not isinstance(value, known) or isinstance(value, bool) != (kind == "bool"):
        return False
    if kind == "int":
        return -LARGEST <= int(value) < LARGEST
    return not isinstance(value, str) or ("\0" not in value and is_address(kind, value))


def is_address(kind: str, value: str) -> bool:
    """Whether `value` is an address or a prefix, if `kind` asks for one."""
    try:
        if kind == "prefix":
            return value.partition("/")[2].isdecimal() and bool(ip_interface(value))
        if kind in {"ip", "ipv4", "ipv6"}:
            return kind in {"ip", f"ipv{ip_address(value).version}"} and "%" not in value
    except ValueError:
        return False
    return True
