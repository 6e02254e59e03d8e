"""The version guard: a first line `# mirage-py >= 0.3, < 1` in config.py."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mirage_py.dsl.errors.loading import InvalidGuard, WrongVersion
from mirage_py.support.errors import Position
from mirage_py.support.version import version

if TYPE_CHECKING:
    from pathlib import Path

GUARD = re.compile(r"#\s*mirage-py\s*([<>=!~\d].*)")


def check(path: Path, source: str) -> None:
    """Refuse a config.py that asks for another version of mirage-py than this."""
    first = source.partition("\n")[0].strip()
    guard = GUARD.fullmatch(first)
    if guard is None:
        return
    from packaging.specifiers import InvalidSpecifier, SpecifierSet  # noqa: PLC0415 - only here

    bounds, position = guard[1].strip(), Position(path.name, 1, first)
    try:
        accepted = SpecifierSet(bounds, prereleases=True)
    except InvalidSpecifier:
        raise InvalidGuard(bounds, position) from None
    if version() not in accepted:
        raise WrongVersion(path.name, bounds, version(), position)
