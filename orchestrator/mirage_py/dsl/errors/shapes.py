"""What should be a list, or a table, and what is in it."""

from __future__ import annotations

from inspect import isroutine

from mirage_py.dsl.errors.words import shown, to_call
from mirage_py.support.errors import MirageError, Position


class NotAList(MirageError):
    def __init__(self, keyword: str, value: object, what: str, position: Position) -> None:
        super().__init__(
            f"`{keyword}` is a list of {what}, and it is given {shown(value)}",
            position=position,
            hint=f"put it in brackets, as in `{keyword}=[...]`",
        )


HINTS = {
    "texts": 'a text stands in quotes, as `"mirage.log"`',
    "pairs, of a value and a device": 'as in `[("ram", ram), ("disk", disk)]`',
    "packages": 'they are made by `package`, as in `package("microdot")`',
    "runtime arguments": "they are made by `runtime_arg`",
    "keys": "they are made by `key`",
    "devices": "they are made by `impl` and `main`, and by functions like `block_of_file`",
}
"""How that of which there is a list is made."""


EXAMPLES = {
    "a text": 'it in quotes, as `"hello"`',
    "a function": "the name of a function, without calling it",
}
"""What to write in place of something of another kind."""


class NotOfList(MirageError):
    def __init__(self, keyword: str, value: object, what: str, position: Position) -> None:
        super().__init__(
            f"`{keyword}` is a list of {what}, and {shown(value)} is none of them",
            position=position,
            hint=to_call(value) if isroutine(value) else HINTS.get(what),
        )


class NotATable(MirageError):
    def __init__(self, keyword: str, value: object, what: str, position: Position) -> None:
        super().__init__(
            f"`{keyword}` is a dictionary from names to {what}, and it is given {shown(value)}",
            position=position,
            hint=f'write it as `{keyword}={{"NAME": ...}}`',
        )


class NotThis(MirageError):
    """A keyword that is given something of another kind."""

    def __init__(
        self, keyword: str, value: object, what: str, position: Position, hint: str | None = None
    ) -> None:
        super().__init__(
            f"`{keyword}` is {what}, and it is given {shown(value)}",
            position=position,
            hint=hint or f"write {EXAMPLES.get(what, what)}",
        )
