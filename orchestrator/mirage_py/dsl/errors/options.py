"""Keys and runtime arguments, as they are declared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mirage_py.support.errors import MirageError, Position

if TYPE_CHECKING:
    from collections.abc import Sequence

KINDS = {
    "str": "str",
    "int": "int, of 64 bits",
    "bool": "bool: True or False",
    "port": "port, a number from 1 to 65535",
    "prefix": "prefix, as 10.0.0.2/24",
    "ipv4_prefix": "ipv4_prefix, as 10.0.0.2/24",
    "ipv6_prefix": "ipv6_prefix, as fd00::2/64",
}
"""What hints say of a kind."""


class InvalidOption(MirageError):
    def __init__(self, name: object, position: Position) -> None:
        super().__init__(
            f"`{name}` cannot be the name of an option",
            position=position,
            hint="a name is lower case words joined by `-`, as in `--log-level`, and a short one a "
            "single letter, as in `-l`",
        )


class UnknownKind(MirageError):
    def __init__(self, name: str, kind: object, known: Sequence[str], position: Position) -> None:
        given = getattr(kind, "__name__", repr(kind))
        super().__init__(
            f"`{name}` cannot be of type `{given}`",
            position=position,
            hint=f"types are {', '.join(f'`{one}`' for one in known)}",
        )


class RequiredWithDefault(MirageError):
    def __init__(self, name: str, position: Position) -> None:
        super().__init__(
            f"`{name}` is required, and has a default that is never used",
            position=position,
            hint="leave out `required` or `default`",
        )


class WrongValue(MirageError):
    """A default, or a choice, that an option cannot have."""

    def __init__(self, name: str, value: object, kind: str, position: Position) -> None:
        super().__init__(
            f"`{value!r}` is not a value that `{name}` takes",
            position=position,
            hint=f"its `type` is {KINDS.get(kind, kind)}",
        )


class DefaultNoChoice(MirageError):
    def __init__(
        self, name: str, default: object, choices: tuple[object, ...], position: Position
    ) -> None:
        super().__init__(
            f"the default of `{name}` is `{default}`, which is none of its choices",
            position=position,
            hint=f"choices are {', '.join(f'`{one}`' for one in choices)}",
        )
