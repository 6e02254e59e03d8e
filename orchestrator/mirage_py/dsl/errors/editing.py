"""config.py, as `add` and `remove` edit it."""

from __future__ import annotations

from mirage_py.support.errors import MirageError, Position


class CannotEdit(MirageError):
    """A config.py that `add` and `remove` do not understand."""

    def __init__(self, why: str, position: Position) -> None:
        super().__init__(
            f"{position.file} cannot be edited: {why}",
            position=position,
            hint='write `packages=[package("NAME")]` in the call of `main` by hand; with several, '
            "`--main ENTRY` says which",
        )


class NoSuchPackage(MirageError):
    """A package to remove that is not there."""

    def __init__(self, name: str, file: str) -> None:
        super().__init__(
            f"{file} names no package `{name}`", hint="`mirage-py tree` shows what there is"
        )
