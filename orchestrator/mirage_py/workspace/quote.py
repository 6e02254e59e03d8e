"""Words as Meson reads them: in its own files, and in machine files, which know no escapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mirage_py.support.errors import MirageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class UnusableFolder(MirageError):
    """A folder whose name no Meson project can hold."""

    def __init__(self, folder: Path, character: str) -> None:
        super().__init__(
            f"nothing can be built with a folder whose name has {character!a} in it: {folder}",
            hint="give the folder another name",
        )


def quoted(text: object) -> str:
    """A string of a meson.build."""
    escaped = str(text).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def quoted_for_machine_file(words: str | Iterable[str]) -> str:
    """A string, or a list of strings, of a machine file."""
    if isinstance(words, str):
        return f"'{words}'"
    return f"[{', '.join(map(quoted_for_machine_file, words))}]"


def check_folder(folder: Path) -> None:
    """Raise UnusableFolder for what neither quotes nor flags can carry: Meson takes a backslash for
    a slash, a machine file has no way to write a quote, and ninja none to write a new line."""
    for character in UNUSABLE:
        if character in str(folder):
            raise UnusableFolder(folder, character)


UNUSABLE = "'\\\n"
