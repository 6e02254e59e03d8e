"""The mistakes that a disk, or what is asked of it, can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mirage_py.support.errors import MirageError

if TYPE_CHECKING:
    from pathlib import Path


class NoFormat(MirageError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} holds neither a littlefs, nor a tar archive, nor a pack of git, nor a FAT"
            " file system",
            hint=f"`mirage-py disk format {path}` makes a littlefs of it; "
            "`mirage-py disk decrypt` an encrypted disk readable",
        )


class BadDisk(MirageError):
    """What a disk holds cannot be read, and why."""

    def __init__(self, path: Path, kind: str, why: str) -> None:
        super().__init__(f"the {kind} on {path} is damaged: {why}")


class NoKey(MirageError):
    def __init__(self, path: Path, key: str) -> None:
        super().__init__(
            f"there is nothing called `{key}` on {path}", hint=f"`mirage-py disk ls {path}`"
        )


class IsDirectory(MirageError):
    def __init__(self, path: Path, key: str) -> None:
        super().__init__(
            f"`{key}` is a directory on {path}", hint=f"`mirage-py disk ls {path}` shows its keys"
        )


class IsValue(MirageError):
    def __init__(self, path: Path, key: str) -> None:
        super().__init__(f"`{key}` is a file on {path}, and nothing can be below it")


class DoesNotFit(MirageError):
    def __init__(self, path: Path, key: str) -> None:
        super().__init__(f"`{key}` does not fit on {path}", hint="make a larger disk with `--size`")


class CannotBe(MirageError):
    """What was asked for and cannot be done on such a disk."""

    def __init__(self, path: Path, what: str, hint: str | None = None) -> None:
        super().__init__(f"{path}: {what}", hint=hint)


class NoLibrary(MirageError):
    def __init__(self, library: str, wanted_for: str) -> None:
        super().__init__(
            f"{wanted_for} needs the Python package `{library}`",
            hint="pip install 'mirage-py[disk]'",
        )
