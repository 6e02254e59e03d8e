"""The version guard: a line `# mirage-py >= 0.3, < 1` among the comments that config.py begins
with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mirage_py.dsl.errors.loading import InvalidGuard, WrongVersion
from mirage_py.support.errors import Position
from mirage_py.support.version import version

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GUARD = re.compile(r"#\s*mirage-py\s*([<>=!~\d].*)")


def check(path: Path, source: str) -> None:
    """Refuse a config.py that asks for another version of mirage-py than this."""
    for number, line in enumerate(comments(source), 1):
        if guard := GUARD.fullmatch(line):
            _check(guard[1].strip(), Position(path.name, number, line))


def comments(source: str) -> Iterator[str]:
    """The lines before the first that is neither empty nor a comment."""
    for line in source.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            return
        yield line.strip()


def _check(bounds: str, position: Position) -> None:
    """Refuse the bounds if they are none, or leave this version out."""
    from packaging.specifiers import InvalidSpecifier, SpecifierSet  # noqa: PLC0415 - only here

    try:
        accepted = SpecifierSet(bounds, prereleases=True)
    except InvalidSpecifier:
        raise InvalidGuard(bounds, position) from None
    if version() not in accepted:
        raise WrongVersion(position.file, bounds, version(), position)
