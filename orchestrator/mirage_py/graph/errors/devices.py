"""Devices: that they are whole, have names, and that the target has what they need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mirage_py.dsl.errors.words import meant, takes
from mirage_py.graph.errors.words import any_of
from mirage_py.support.errors import MirageError, Position

if TYPE_CHECKING:
    from collections.abc import Sequence


class NotApplied(MirageError):
    def __init__(
        self, value: object, parameters: Sequence[object], user: str, position: Position
    ) -> None:
        super().__init__(
            f"`{user}` depends on {value}, which is not yet applied to what it takes",
            position=position,
            hint=f"apply it: {takes(parameters)}",
        )


class UnknownBinding(MirageError):
    def __init__(self, device: str, name: str, near: str | None, position: Position) -> None:
        super().__init__(
            f"`{device}` names the binding `{name}`, which does not exist",
            position=position,
            hint=meant(near) or "those are mirage-py's own: name modules of yours by `imports`",
        )


class NoAttribute(MirageError):
    """What the code that connects a device names, and the module does not have."""

    def __init__(
        self, device: str, module: str, name: str, near: str | None, position: Position
    ) -> None:
        super().__init__(
            f"`connect` of `{device}` names `{module}.{name}`, and `{module}` has no `{name}`",
            position=position,
            hint=meant(near) or f"add it to `{module}`, or name another",
        )


class NotAwaited(MirageError):
    """A coroutine in the place of a device."""

    def __init__(self, device: str, function: str, position: Position) -> None:
        super().__init__(
            f"`connect` of `{device}` calls `{function}`, an `async def`, and does not await it: "
            f"`{device}` would be a coroutine",
            position=position,
            hint=f'write `connect="await {function}(...)"`',
        )


class UnmetInterface(MirageError):
    def __init__(
        self,
        device: str,
        interface: str,
        target: str,
        *,
        able: Sequence[str],
        near: str | None,
        keys: Sequence[str],
        position: Position,
    ) -> None:
        able_ones = any_of([f"`-t {name}`" for name in able]) if able else ""
        none = meant(near) or "no target provides it yet"
        hint = f"build with {able_ones}" if able else none
        if keys:
            hint += f"; or choose another device by {any_of([f'`{one}`' for one in keys])}"
        super().__init__(
            f"`{device}` needs `{interface}`, which target `{target}` does not provide",
            position=position,
            hint=hint,
        )


class InvalidDeviceName(MirageError):
    def __init__(self, name: object, most: int, position: Position) -> None:
        super().__init__(
            f"`{name}` cannot be the name of an attached device",
            position=position,
            hint=f"it has 1 to {most} letters and digits (a to z, A to Z, 0 to 9)",
        )


class DuplicateDeviceName(MirageError):
    def __init__(self, name: str, first: Position, position: Position) -> None:
        super().__init__(
            f"a second device is attached as `{name}`; the first is at {first}",
            position=position,
            hint="to use one device twice, keep its value in a variable",
        )


class TooManyDevices(MirageError):
    def __init__(self, number: int, most: int, position: Position) -> None:
        super().__init__(
            f"{number} devices are to be attached, and an image can have at most {most}",
            position=position,
            hint="this bound is Solo5's: leave some out, or keep several things on one disk",
        )


class ExcludedModule(MirageError):
    """A module that a device leaves out, and that is imported, if only by `user`, another."""

    def __init__(
        self, module: str, user: str, device: str, left_out: Position, position: Position
    ) -> None:
        why = f"`{module}` is imported" if user == module else f"`{user}` imports `{module}`"
        super().__init__(
            f"{why}, and {left_out} leaves it out by `{device}`",
            position=position,
            hint=f"remove the import of `{user}`, or `{device}`",
        )
