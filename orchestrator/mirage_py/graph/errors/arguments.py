"""Boot arguments of an image, in config.py and in its modules."""

from __future__ import annotations

from mirage_py.support.errors import MirageError, Position


class DuplicateArgument(MirageError):
    def __init__(self, name: str, first: Position, position: Position) -> None:
        super().__init__(
            f"a second runtime argument is called `{name}`; the first is at {first}",
            position=position,
            hint="give one of them another name, or a `group`; to use one argument twice, keep its "
            "value in a variable",
        )


class ReservedArgument(MirageError):
    def __init__(self, name: str | None, position: Position) -> None:
        super().__init__(
            f"`{name}` is a boot argument that every image has",
            position=position,
            hint="give yours another name, or a `group`",
        )


class MisplacedArgument(MirageError):
    def __init__(self, position: Position) -> None:
        super().__init__(
            "`mirage.args.add` is called elsewhere than in an assignment at module level",
            position=position,
            hint='write `hello = mirage.args.add("--hello")` there, and `hello()` for its value',
        )


class NotALiteral(MirageError):
    def __init__(self, text: str, position: Position) -> None:
        super().__init__(
            f"`{text}` is not a literal, and boot arguments are read without running the module",
            position=position,
            hint="write the value itself",
        )


class WrongDeclaration(MirageError):
    def __init__(self, why: str, position: Position) -> None:
        super().__init__(
            f"`mirage.args.add` {why}",
            position=position,
            hint="it takes what `runtime_arg` takes",
        )
