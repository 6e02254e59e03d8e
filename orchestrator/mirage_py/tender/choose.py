"""Which tender runs an image."""

from __future__ import annotations

import os
import shutil
import sysconfig
from pathlib import Path

import mirage_py
from mirage_py.catalog import Target
from mirage_py.tender import errors


def scripts() -> Path:
    """Where the commands of this installation are: of an environment, of the machine or a user."""
    package = Path(mirage_py.__file__).resolve()
    default = sysconfig.get_default_scheme()
    for scheme in (default, sysconfig.get_preferred_scheme("user")):
        if package.is_relative_to(Path(sysconfig.get_path("purelib", scheme)).resolve()):
            return Path(sysconfig.get_path("scripts", scheme))
    return Path(sysconfig.get_path("scripts", default))


LIBEXEC = scripts()
"""Where an installed mirage-py has its own tenders: they are commands beside `mirage-py`."""


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
    if target.machine and official:
        raise errors.NoMachine(target.name, official, target.machine.install, variable)
    raise errors.NoTender(
        target.name, [name for name in (official, target.own_tender) if name], variable
    )


def choose_debug(target: Target, given: str | None) -> Path:
    """The tender that runs an image for `target` under a debugger: `--tender`, else the official
    one if it is installed, else ours. Raises NoTender."""
    if given:
        return named(given, "--tender")
    for name in target.debug_tenders:
        if found := shutil.which(LIBEXEC / name) or shutil.which(name):
            return Path(found)
    raise errors.NoTender(target.name, target.debug_tenders, None)


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
