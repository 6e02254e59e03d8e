"""Folders and files that devices bring along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mirage_py.support.errors import MirageError, Position

if TYPE_CHECKING:
    from pathlib import Path


class NoDirectory(MirageError):
    def __init__(self, name: str, exists: bool, position: Position) -> None:
        why = "is not a directory" if exists else "does not exist"
        super().__init__(
            f"`{name}` is to be embedded, and {why}",
            position=position,
            hint="a directory is named relative to the folder of config.py",
        )


class AbsoluteName(MirageError):
    """A directory to embed whose name, which the image holds, is one of this machine."""

    def __init__(self, name: str, inside: Path | None, position: Position) -> None:
        super().__init__(
            f"`{name}` is to be embedded, and is an absolute name, which the image would hold",
            position=position,
            hint=f"name it relative to the folder of config.py{f': `{inside}`' if inside else ''}",
        )


class NoFolder(MirageError):
    def __init__(self, device: str, folder: str, position: Position) -> None:
        super().__init__(
            f"`{device}` takes modules from the folder `{folder}`, which does not exist",
            position=position,
            hint="`local_libs` are folders, relative to config.py",
        )


class NoCSource(MirageError):
    def __init__(self, device: str, file: str, position: Position) -> None:
        super().__init__(
            f"`{device}` is compiled with `{file}`, which does not exist",
            position=position,
            hint="`c_sources` are files, relative to config.py",
        )


class NotC(MirageError):
    def __init__(self, device: str, file: str, position: Position) -> None:
        super().__init__(
            f"`{device}` is compiled with `{file}`, which is no C",
            position=position,
            hint="`c_sources` are .c and .S files, and .a and .o files of freestanding code; a "
            ".pyx is a module, which is compiled when it is imported",
        )


class FileOutside(MirageError):
    def __init__(self, name: str, position: Position) -> None:
        super().__init__(
            f"`{name}` cannot be a file of the workspace: it is not below it",
            position=position,
            hint="name it relative to the workspace, without `..`",
        )


class FileClash(MirageError):
    def __init__(self, name: str, first: Position, position: Position) -> None:
        super().__init__(
            f"a second file of the workspace is called `{name}`; the first is made at {first}",
            position=position,
            hint="give one of them another name; to use one device twice, keep its value in a "
            "variable",
        )
