"""Which tender runs an image."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import mirage_py
from mirage_py.catalog import Target
from mirage_py.tender import errors

LIBEXEC = Path(mirage_py.__file__).resolve().parent / "libexec"
"""Where an installed mirage-py keeps its own tenders."""


def choose(target: Target, given: str | None) -> Path:
    """The tender for `target`: `--tender`, else MIRAGE_PY_TENDER_<T>, else the official one if it
    is installed, else ours. Raises NoTender."""
    variable = f"MIRAGE_PY_TENDER_{target.name.upper()}"
    for who, path in (("--tender", given), (variable, os.environ.get(variable))):
        if path:
            return named(path, who)
    official = target.official_tender
    installed = shutil.which(official) if official else None
    if installed:
        return Path(installed)
    own = own_tender(target)
    if own is not None:
        return own
    raise errors.NoTender(
        target.name, [name for name in (official, target.own_tender) if name], variable
    )


def named(path: str, who: str) -> Path:
    """The program that the user named. Raises BadTender."""
    found = shutil.which(path)
    if found is None:
        raise errors.BadTender(path, who)
    return Path(found)


def own_tender(target: Target) -> Path | None:
    """Our tender for `target`, where it is installed."""
    path = LIBEXEC / str(target.own_tender)
    return path if target.own_tender and os.access(path, os.X_OK) else None
