"""What `register` is given."""

from __future__ import annotations

from inspect import isroutine

from mirage_py.dsl.errors.words import meant, shown, takes, to_call
from mirage_py.support.errors import MirageError, Position


class RegisteredTwice(MirageError):
    def __init__(self, first: Position, position: Position) -> None:
        super().__init__(
            f"a second `register`; the first is at {first}",
            position=position,
            hint="one config.py describes one unikernel: give the jobs of both to one `register`",
        )


class InvalidName(MirageError):
    def __init__(self, name: object, position: Position) -> None:
        super().__init__(
            f"`{name}` cannot be the name of a unikernel",
            position=position,
            hint="it is a file name of at most 64 letters, digits, `.`, `_` and `-`, and begins "
            "with a letter or digit",
        )


class InvalidStack(MirageError):
    def __init__(self, stack: object, least: int, most: int, position: Position | None) -> None:
        super().__init__(
            f"`stack={stack!r}` is not a size of a stack",
            position=position,
            hint=f"it is a number of bytes, a multiple of 16 between {least} and {most}",
        )


class UnknownFeature(MirageError):
    def __init__(
        self, feature: object, near: str | None, known: tuple[str, ...], position: Position
    ) -> None:
        super().__init__(
            f"`{feature}` is not a feature of the interpreter",
            position=position,
            hint=meant(near) or f"those are {', '.join(f'`{name}`' for name in known)}",
        )


class NotAList(MirageError):
    def __init__(self, value: object, position: Position) -> None:
        super().__init__(
            f"`register` takes a list of jobs, and it is given {shown(value)}",
            position=position,
            hint='put it in a list, as in `register("hello", [app])`',
        )


class NotAJob(MirageError):
    def __init__(self, value: object, position: Position) -> None:
        from mirage_py.dsl.impl import Applied, Functor  # noqa: PLC0415 - impl imports this module

        hint = 'a job is what `main("unikernel.start", job)` makes, or a device of type `job`'
        if isinstance(value, Functor):
            hint = f"apply it to what it takes: {takes(value.type.parameters)}"
        elif isinstance(value, Applied) and getattr(value.head, "entry", None):
            *parameters, _ = str(value.head.type).split(" >> ")
            ty = " >> ".join([*parameters, "job"])
            hint = f'let its type end in `job`: `main("{value.name}", {ty})`'
        elif isinstance(value, Applied):
            hint = f'give it to a job: `main("unikernel.start", {value.type} >> job)` takes one'
        elif isroutine(value):
            hint = to_call(value)
        super().__init__(
            f"`register` takes jobs, and it is given {shown(value)}", position=position, hint=hint
        )
