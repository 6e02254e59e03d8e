"""What `impl` and `main` are told, and what devices are applied to."""

from __future__ import annotations

from inspect import isroutine
from typing import TYPE_CHECKING

from mirage_py.dsl.errors.words import count, shown, takes, to_call, way_to
from mirage_py.support.errors import MirageError, Position

if TYPE_CHECKING:
    from collections.abc import Sequence


class UnknownKeyword(MirageError):
    def __init__(
        self, function: str, name: str, known: tuple[str, ...], position: Position
    ) -> None:
        from mirage_py.support.near import near  # noqa: PLC0415 - only when it is needed

        close = near(name, known) or next((one for one in known if are_kin(one, name)), None)
        hint = f"did you mean `{close}`?" if close else f"it takes {', '.join(known)}"
        super().__init__(f"`{function}` takes no `{name}`", position=position, hint=hint)


def are_kin(one: str, other: str) -> bool:
    """Whether one is the other with a word before it, as `args` and `runtime_args`."""
    return one.endswith(f"_{other}") or other.endswith(f"_{one}")


class InvalidEntry(MirageError):
    def __init__(self, entry: object, position: Position) -> None:
        super().__init__(
            f"`{entry}` does not name a function of a module",
            position=position,
            hint="an entry point is MODULE.FUNCTION, as in `unikernel.start`",
        )


DEVICES = "devices are made by `impl` and `main`, and by functions like `block_of_file`"


class NotADevice(MirageError):
    def __init__(self, name: str, value: object, position: Position) -> None:
        super().__init__(
            f"`{name}` takes devices, and it is given {shown(value)}",
            position=position,
            hint=to_call(value) if isroutine(value) else DEVICES,
        )


class WrongType(MirageError):
    def __init__(
        self, functor: object, number: int, wanted: object, found: object, position: Position
    ) -> None:
        super().__init__(
            f"argument {number} of {shown(functor)}, must be a `{wanted}`, and it is given "
            f"{shown(found)}",
            position=position,
            hint=way_to(wanted, found),
        )


class WrongArgument(MirageError):
    """What a function that makes a device is called with."""

    def __init__(
        self,
        function: str,
        name: str,
        wanted: Sequence[str],
        value: object,
        hint: str,
        position: Position,
    ) -> None:
        super().__init__(
            f"`{name}` of `{function}` is {' or '.join(wanted)}, and it is given {shown(value)}",
            position=position,
            hint=hint,
        )


class SurplusArguments(MirageError):
    def __init__(self, functor: object, given: int, wanted: int, position: Position) -> None:
        super().__init__(
            f"{shown(functor)}, takes {count(wanted, 'argument')} and is given {given}",
            position=position,
            hint="leave out the last ones" if wanted else "it is whole: use it without a call",
        )


class NoArguments(MirageError):
    def __init__(self, functor: object, parameters: Sequence[object], position: Position) -> None:
        super().__init__(
            f"{shown(functor)}, is applied to nothing",
            position=position,
            hint=f"apply it to what it takes: {takes(parameters)}",
        )
