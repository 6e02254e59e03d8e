"""Files that a device adds to a build, and what it is told when it makes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Info:
    """The build that a device's files and actions are for."""

    name: str
    """Of the image."""
    target: str
    root: Path
    """The folder of config.py; nothing is written there."""
    folder: Path
    """The workspace, _build/TARGET: what an action makes is left there."""
    keys: Mapping[str, Any]
    """The keys of the unikernel by name: `info.keys["--net"]`."""
    offline: bool = False
    """Whether nothing may be fetched."""


Content = str | bytes | Callable[[Info], str | bytes]
"""What a file holds, or what makes it."""
