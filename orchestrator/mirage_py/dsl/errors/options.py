"""Keys and runtime arguments, as they are declared."""

from __future__ import annotations

from mirage_py.support.errors import MirageError, Position


class InvalidOption(MirageError):
    def __init__(self, name: object, position: Position) -> None:
        super().__init__(
            f"`{name}` cannot be the name of an option",
            position=position,
            hint="a name is lower case words joined by `-`, as in `--log-level`, and a short one a "
            "single letter, as in `-l`",
        )


class UnknownKind(MirageError):
    def __init__(self, name: str, kind: object, known: tuple[str, ...], position: Position) -> None:
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


class WrongDefault(MirageError):
    def __init__(self, name: str, default: object, kind: str, position: Position) -> None:
        super().__init__(
            f"the default of `{name}` is `{default!r}`, and its type is `{kind}`",
            position=position,
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
