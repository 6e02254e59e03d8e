"""Image: the linked ELF and what was read back from it. Made by `link`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mirage_py.workspace.model import Workspace


@dataclass(frozen=True)
class Image:
    """What `dist/` holds."""

    workspace: Workspace
    path: Path
    """dist/NAME.TARGET, stripped."""
    debug: Path
    """dist/NAME.TARGET.debug, with symbols."""
    sha256: str
    size: int
