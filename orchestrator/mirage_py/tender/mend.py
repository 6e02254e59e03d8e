"""The commands that mend what `run` finds wrong, as this user would type them."""

from __future__ import annotations

import getpass
import grp
import os
import shlex
from pathlib import Path


def as_root(*words: str) -> str:
    """A command that only root may run."""
    sudo = [] if os.geteuid() == 0 else ["sudo"]
    return shlex.join([*sudo, *words])


def user() -> str:
    """This user's name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container's user need not have one
        return str(os.getuid())


def join_group_of(path: Path) -> str:
    """How a user gets the rights that a device file gives to its group."""
    number = path.stat().st_gid
    try:
        group = grp.getgrgid(number).gr_name
    except KeyError:
        group = str(number)
    if group in {"root", "0"}:  # which nobody should join
        return f"`{as_root('chmod', 'a+rw', str(path))}`"
    return f"join its group: `{as_root('usermod', '-aG', group, user())}`, and log in again"
