"""What keys and runtime arguments have in common: `--NAME`, of a kind, with a default, choices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_interface
from typing import Any, Literal

from mirage_py.dsl.errors.options import (
    DefaultNoChoice,
    InvalidOption,
    RequiredWithDefault,
    UnknownKind,
    WrongValue,
)
from mirage_py.support.errors import MirageError, Position

Kind = Literal[
    "str", "int", "float", "bool", "port",
    "ip", "ipv4", "ipv6", "prefix", "ipv4_prefix", "ipv6_prefix",
]  # fmt: skip
CLASSES: dict[Any, Kind] = {str: "str", int: "int", float: "float", bool: "bool"}
"""Classes that stand for a kind."""
NAME = re.compile(r"--[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
SHORT = re.compile(r"-[A-Za-z]")
LARGEST = 1 << 63
LAST_PORT = 65535


@dataclass(frozen=True)
class Option:
    """What was declared of a key or of a runtime argument."""

    name: str
    """With its dashes, and with its group."""
    kind: Any
    default: Any
    choices: tuple[Any, ...]
    required: bool
    repeated: bool
    position: Position
    short: str | None = None

    def mistakes(self, kinds: Sequence[Any]) -> Iterator[MirageError]:
        """What is wrong with it, if it may be of `kinds`."""
        if not NAME.fullmatch(self.name):
            yield InvalidOption(self.name, self.position)
        if self.short is not None and not SHORT.fullmatch(str(self.short)):
            yield InvalidOption(self.short, self.position)
        if self.required and self.default is not None:
            yield RequiredWithDefault(self.name, self.position)
        if self.kind not in kinds:
            yield UnknownKind(self.name, self.kind, kinds, self.position)
            return
        wrong = [one for one in (*self.defaults, *self.choices) if not fits(self.kind, one)]
        for value in wrong:
            yield WrongValue(self.name, value, self.kind, self.position)
        for value in self.defaults:
            if self.choices and value not in self.choices and value not in wrong:
                yield DefaultNoChoice(self.name, value, self.choices, self.position)

    @property
    def defaults(self) -> tuple[Any, ...]:
        """Every value that the default consists of."""
        if self.default is None:
            return ()
        if self.repeated and isinstance(self.default, list | tuple):
            return tuple(self.default)
        return (self.default,)


def kind_of(given: Any) -> Any:
    """The kind that a class stands for; anything else is itself."""
    return next((kind for one, kind in CLASSES.items() if one is given), given)


def whole_name(name: object, group: str | None) -> str:
    """`--NAME`, or `--GROUP-NAME`."""
    plain = str(name).removeprefix("--")
    if plain.startswith("-"):  # no name, and told as it was written
        return str(name)
    return f"--{group}-{plain}" if group else f"--{plain}"


def fits(kind: Any, value: Any) -> bool:
    """Whether `value` is one of `kind`, as the guest understands it."""
    known: Any = {"int": int, "port": int, "float": (int, float), "bool": bool}.get(kind, str)
    if not isinstance(value, known) or isinstance(value, bool) != (kind == "bool"):
        return False
    if kind == "int":
        return -LARGEST <= int(value) < LARGEST
    if kind == "port":
        return 0 < int(value) <= LAST_PORT
    return not isinstance(value, str) or ("\0" not in value and is_address(kind, value))


def is_address(kind: str, value: str) -> bool:
    """Whether `value` is an address or a prefix, if `kind` asks for one."""
    try:
        if kind.endswith("prefix"):
            kinds = {"prefix", f"ipv{ip_interface(value).version}_prefix"}
            return value.partition("/")[2].isdecimal() and kind in kinds
        if kind in {"ip", "ipv4", "ipv6"}:
            return kind in {"ip", f"ipv{ip_address(value).version}"} and "%" not in value
    except ValueError:
        return False
    return True
