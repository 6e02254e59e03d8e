"""The code that connects a device: `connect` and `code`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mirage_py.dsl.errors.words import count, listed, meant, shown
from mirage_py.support.errors import MirageError, Position

if TYPE_CHECKING:
    from collections.abc import Sequence


class ConnectIsNoFunction(MirageError):
    """A `connect` that ignores the values of its device."""

    def __init__(
        self, name: str, connect: object, values: Sequence[str], position: Position
    ) -> None:
        text = getattr(connect, "text", connect)
        names = ", ".join("abcdefghijklmnopqrstuvwxyz"[: len(values)])
        shown = ", ".join(f"{{{one}}}" for one in names.split(", "))
        super().__init__(
            f"`{name}` is given {count(len(values), 'value')}, {listed(values)}, and its `connect` "
            f"is the text `{text}`, which names none",
            position=position,
            hint="make it a function of their names, as in "
            f'`connect=lambda {names}: f"kv.connect({shown})"`',
        )


class ConnectTakes(MirageError):
    def __init__(
        self, name: str, parameters: str, values: Sequence[str], position: Position
    ) -> None:
        told = f": {listed(values)}" if values else ""
        super().__init__(
            f"`connect` of `{name}` takes `{parameters}`, and is given "
            f"{count(len(values), 'name')}{told}",
            position=position,
            hint="the arguments of its type come first, then `extra_deps`, then `runtime_args`",
        )


class NotConnect(MirageError):
    def __init__(self, name: str, value: object, position: Position) -> None:
        super().__init__(
            f"`connect` of `{name}` is {shown(value)}, and no code",
            position=position,
            hint="it is an expression of the guest's, a text or what `code` makes, or a function "
            "that makes one",
        )


class InvalidConnect(MirageError):
    def __init__(self, name: str, connect: str, why: str, position: Position) -> None:
        super().__init__(
            f"`connect` of `{name}` is no expression of Python: {why}: `{connect}`",
            position=position,
            hint='it is one expression, as `"counting.connect()"`; statements go into a function '
            "of a module that `imports` names",
        )


class UnknownName(MirageError):
    """A name in the code that connects a device which nothing around it has."""

    def __init__(
        self,
        device: str,
        connect: str,
        name: str,
        near: str | None,
        is_parameter: bool,
        position: Position,
    ) -> None:
        hint = meant(near) or (
            f'if it is a module, add `imports=["{name}"]`; if it is a text, write '
            f'`"{name!r}"`; what a module has is `MODULE.{name}`'
        )
        if is_parameter:
            hint = f'put the name into the text: `f"... {{{name}}}"`, or `code("... {{}}", {name})`'
        super().__init__(
            f"`connect` of `{device}` names `{name}`, which is not defined there: `{connect}`",
            position=position,
            hint=hint,
        )


class NotALiteral(MirageError):
    def __init__(self, template: str, value: object, position: Position) -> None:
        super().__init__(
            f"`code({template!r}, ...)` is given {shown(value)}, which has no literal",
            position=position,
            hint="numbers, strings, lists of them and the like have literals; names that `connect` "
            "is given, and keys, are given to `code` by themselves",
        )


class WrongTemplate(MirageError):
    def __init__(self, template: str, error: Exception, position: Position) -> None:
        why = f"{error} is not given" if isinstance(error, KeyError) else str(error)
        super().__init__(
            f"`code({template!r}, ...)` cannot be filled in: {why}",
            position=position,
            hint="each `{}` and `{name}` stands for a value behind it; `{{` is a brace",
        )
