"""What a fetcher is asked for. A fetcher is a function `fetch(Request) -> Fetched`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mirage_py.sources.errors import OriginFailed
from mirage_py.support.errors import ToolFailed, ToolMissing

if TYPE_CHECKING:
    from pathlib import Path

    from mirage_py.catalog import Origin

REASONS = ("e:", "error", "fatal", "could not fetch")
"""How the lines begin in which apt, git and pip say why they failed."""


@dataclass(frozen=True)
class Patience:
    """How long to wait for an origin; times in seconds."""

    stall: float = 30
    """Without a byte."""
    total: float = 900
    """In all, for tools that know no such limit."""
    tries: int = 3
    pause: float = 0.5
    """Before the second try; doubled each time."""


PATIENCE = Patience()


@dataclass(frozen=True)
class Fetched:
    """What a fetcher got; nothing of it is checked yet."""

    path: Path
    where: str
    """Where it came from, for messages."""


@dataclass(frozen=True)
class Request:
    """One source, wanted from one origin."""

    origin: Origin
    base: Path
    """What a relative path of the origin is relative to."""
    into: Path
    """A folder of its own, empty: the fetcher leaves a file in it and returns that."""
    max_bytes: int
    """An archive larger than its unpacked content is refused while it arrives."""
    patience: Patience = PATIENCE

    def __getitem__(self, key: str) -> str:
        return self.origin.where[key]

    @property
    def archive(self) -> Path:
        """The file to leave: never of a name that an origin tells, which could lead elsewhere."""
        return self.into / "archive"

    def failed(self, where: str, reason: str, hint: str | None = None) -> OriginFailed:
        return OriginFailed(self.origin, where, reason, hint)

    def tool_failed(self, where: str, error: ToolFailed | ToolMissing) -> OriginFailed:
        """A tool's failure as this origin's: what the tool said, without its progress."""
        if isinstance(error, ToolMissing):
            return self.failed(where, error.message, error.hint)
        lines = [line.strip() for line in error.output.splitlines() if line.strip()]
        told = [line for line in lines if line.lower().startswith(REASONS)]
        return self.failed(where, "\n    ".join(told or lines[-5:]) or error.message)
