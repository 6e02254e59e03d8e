"""Entry points: `start` of the user's module."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mirage_py.dsl.errors.words import count, meant
from mirage_py.support.errors import MirageError, Position

if TYPE_CHECKING:
    from collections.abc import Sequence


class NoEntry(MirageError):
    def __init__(self, file: str, name: str, near: str | None, position: Position) -> None:
        super().__init__(
            f"`{file}` has no function `{name}`",
            position=position,
            hint=meant(near) or f"add `async def {name}(...):` to it, or name another in `main`",
        )


class NotAFunction(MirageError):
    def __init__(self, entry: str, what: str, position: Position) -> None:
        name = entry.rpartition(".")[2]
        super().__init__(
            f"the entry point `{entry}` is {what}, and must be a function",
            position=position,
            hint=f"write `def {name}(...):` or `async def {name}(...):`",
        )


class WrongArity(MirageError):
    """`start` does not take what the configuration gives it."""

    def __init__(
        self, name: str, takes: str, given: Sequence[str], user: Position, position: Position
    ) -> None:
        values = f": {', '.join(given)}" if given else ""
        super().__init__(
            f"`{name}` takes {takes}, and {user} gives it {count(len(given), 'value')}{values}",
            position=position,
            hint=f"write `def {name.rpartition('.')[2]}({parameters(given)}):`, or change what "
            f"{user} gives",
        )


def parameters(given: Sequence[str]) -> str:
    """Names for what an entry point is given: `block, port`."""
    words = [re.sub(r"\W+", "_", one.partition("`")[2].strip("`-")) for one in given]
    return ", ".join(
        one if words.count(one) == 1 else f"{one}{words[:at].count(one) + 1}"
        for at, one in enumerate(words)
    )


class WrongAnnotation(MirageError):
    """`start` names another class than that of what the configuration gives it."""

    def __init__(
        self,
        entry: str,
        parameter: str,
        what: str,
        classes: Sequence[str],
        given: Position,
        position: Position,
    ) -> None:
        found = " or ".join(f"`{one}`" for one in classes)
        super().__init__(
            f"`{entry}` takes `{parameter}`, and {given} gives it `{what}` of class {found}",
            position=position,
            hint="correct the annotation, or what config.py gives; a class above it will do, too",
        )


class IsGenerator(MirageError):
    """`start` has a `yield`: to call it runs nothing."""

    def __init__(self, entry: str, position: Position) -> None:
        super().__init__(
            f"the entry point `{entry}` is a generator, for it has a `yield`: calling it would run "
            "nothing",
            position=position,
            hint="take the `yield` out of it; what waits is awaited, in an `async def`",
        )
