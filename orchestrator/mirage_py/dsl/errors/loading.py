"""config.py cannot be read, or does not get to its end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mirage_py.support.errors import MirageError, Position

if TYPE_CHECKING:
    from pathlib import Path


class NoConfig(MirageError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"there is no `{path.name}` in {path.parent}",
            hint="go to a project, name one with `-C DIR` or `-f FILE`, or make one with "
            "`mirage-py new NAME`",
        )


class Unreadable(MirageError):
    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"`{path.name}` cannot be read: {why}",
            position=Position(path.name, 1),
            hint="it is a text file, in UTF-8 or in the encoding that its first line names, as "
            "`# coding: latin-1`",
        )


class InvalidSyntax(MirageError):
    def __init__(self, why: str, position: Position) -> None:
        super().__init__(f"invalid Python: {why}", position=position)


class Raised(MirageError):
    """An exception of the user's own code."""

    def __init__(self, exception: BaseException, position: Position, hint: str | None) -> None:
        what = type(exception).__name__
        # An ImportError ends with the path of the module, which nobody asked for.
        said = re.sub(r" \(/.*\)$", "", str(exception))
        text = f"{what}: {said}" if said else what
        super().__init__(
            f"running `{position.file}` failed: {text}",
            position=position,
            hint=hint or "`mirage-py -vv VERB` shows its traceback",
        )
        self.__cause__ = exception


class Exited(MirageError):
    def __init__(self, position: Position) -> None:
        super().__init__(
            f"`{position.file}` ends the program it is read by",
            position=position,
            hint="raise an exception to say that something is wrong",
        )


EXAMPLE = '`register("hello", [main("unikernel.start", job)])`'


class NotRegistered(MirageError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"`{path.name}` registers no unikernel",
            position=Position(path.name, 1),
            hint=f"end it with a line like {EXAMPLE}",
        )


class InvalidGuard(MirageError):
    def __init__(self, bounds: str, position: Position) -> None:
        super().__init__(
            f"`{bounds}` is not a range of versions",
            position=position,
            hint="a version guard looks like `# mirage-py >= 0.3, < 1`",
        )


class WrongVersion(MirageError):
    def __init__(self, file: str, bounds: str, ours: str, position: Position) -> None:
        super().__init__(
            f"`{file}` needs mirage-py {bounds}, and this is {ours}",
            position=position,
            hint=f"pip install 'mirage-py{bounds.replace(' ', '')}'",
        )
