"""How a device is connected: the guest expression that is made of the names of its values."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from mirage_py.dsl.code import Name
from mirage_py.dsl.errors.connecting import (
    ConnectIsNoFunction,
    ConnectTakes,
    InvalidConnect,
    NotConnect,
)
from mirage_py.dsl.free import unknown_names
from mirage_py.dsl.session import report
from mirage_py.dsl.value import Value, lift
from mirage_py.support.errors import MirageError, Mistakes, raise_all

if TYPE_CHECKING:
    from mirage_py.dsl.key import Key
    from mirage_py.support.errors import Position

Connect = str | Value[str] | Callable[..., str | Value[str]]
"""What `impl` is told: an expression, or the function that makes it of the names of values."""


@dataclass(frozen=True)
class Connector:
    """What makes the expression that connects a device."""

    make: Callable[..., str | Value[str]]
    keys: tuple[Key[Any], ...] = ()
    """The keys that it looks at."""

    def of(self, names: Sequence[Name]) -> Value[str]:
        """The expression for a device whose values have these names."""
        return lift(self.make(*names))


def gathered(*names: str) -> str:
    """The expression for a device that says nothing: what it was given."""
    if len(names) < 2:
        return "".join(names) or "None"
    return f"({', '.join(names)})"


NOTHING = Connector(gathered)


def connector(
    device: str,
    connect: Connect | None,
    values: Sequence[str],
    imports: Sequence[str],
    position: Position,
) -> Connector:
    """What `connect` of a device says; a mistake in it is reported. `values` are what the device is
    given, in words, and `imports` the modules that it may name."""
    if connect is None:
        return NOTHING
    try:
        return checked(device, connect, values, imports, position)
    except MirageError as mistake:
        for one in mistake.mistakes if isinstance(mistake, Mistakes) else [mistake]:
            report(one)
        return NOTHING


def checked(
    device: str,
    connect: Any,
    values: Sequence[str],
    imports: Sequence[str],
    position: Position,
) -> Connector:
    """What `connect` of a device says. Raises MirageError."""
    is_text = isinstance(connect, str | Value)
    if is_text and values:
        raise ConnectIsNoFunction(device, connect, values, position)
    if not is_text and not callable(connect):
        raise NotConnect(device, connect, position)
    make = partial(given, connect) if is_text else connect
    try:
        takes = inspect.signature(make)
    except ValueError:  # some classes have none
        raise NotConnect(device, connect, position) from None
    try:
        takes.bind(*values)
    except TypeError:
        raise ConnectTakes(device, str(takes), values, position) from None
    names = [Name(f"_{number}") for number, _ in enumerate(values)]
    tried = make(*names)
    if not isinstance(tried, str | Value):
        raise NotConnect(device, tried, position)
    if isinstance(tried, str) and (why := invalid(tried)):
        raise InvalidConnect(device, tried, why, position)
    if isinstance(tried, str):
        raise_all(list(unknown_names(device, tried, names, imports, make, position)))
    return Connector(make, lift(tried).keys)


def given(connect: str | Value[str]) -> str | Value[str]:
    """The expression of a device that is given nothing."""
    return connect


def invalid(expression: str) -> str | None:
    """Why `expression` is no expression of Python, if it is none."""
    try:
        ast.parse(expression, mode="eval")
    except (SyntaxError, ValueError) as error:
        return error.msg if isinstance(error, SyntaxError) else str(error)
    return None
