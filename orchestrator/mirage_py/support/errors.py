"""The one error hierarchy: every mistake a user can make is a `MirageError`."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


MOST_PLACES = 5
"""How many lines are shown of those in which the same is wrong."""
WIDEST = 300
"""Characters that are shown of a line of a tool's output, or of a file: they can be endless."""
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""What the system says when a disk has no room left."""


@dataclass(frozen=True, order=True)
class Position:
    """A line of the user's own files; `text` is that line's source, stripped. Of the command line
    it is a word, and no line."""

    file: str
    line: int
    text: str = ""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


class MirageError(Exception):
    """What went wrong, where, and what to do. Subclasses own their wording and take data."""

    exit_code = 1

    def __init__(
        self, message: str, *, position: Position | None = None, hint: str | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.hint = hint
        self.elsewhere: list[Position] = []
        """Where else the same is wrong."""

    def render(self) -> str:
        """The error as it is shown: `error: …`, its position, and a hint after a blank line."""
        lines = [f"error: {self.message}"]
        places = [self.position, *self.elsewhere] if self.position else []
        shown = places[:MOST_PLACES]
        lines += [f"  {one}: {shortened(one.text)}" if one.text else f"  {one}" for one in shown]
        if places[MOST_PLACES:]:
            lines.append(f"  and {len(places) - MOST_PLACES} more")
        if self.hint:
            lines += ["", f"hint: {self.hint}"]
        return "\n".join(lines)


def shortened(text: str) -> str:
    """A line, as much of it as is shown."""
    return text if len(text) <= WIDEST else f"{text[:WIDEST]}..."


class Mistakes(MirageError):
    """Several independent mistakes, reported in one run."""

    def __init__(self, mistakes: list[MirageError]) -> None:
        super().__init__(f"{len(mistakes)} mistakes")
        self.mistakes = mistakes

    def render(self) -> str:
        return "\n\n".join(mistake.render() for mistake in self.mistakes)


def together(mistakes: list[MirageError]) -> MirageError:
    """Several mistakes as one error; one is itself, and the same in several places is one."""
    found: dict[tuple[object, ...], MirageError] = {}
    for one in mistakes:
        first = found.setdefault((type(one), one.message, one.hint), one)
        known = (first.position, *first.elsewhere)
        if one.position and one.position not in known:
            first.elsewhere.append(one.position)
    one, *more = found.values()
    return Mistakes([one, *more]) if more else one


def raise_all(mistakes: list[MirageError]) -> None:
    """Raise what was found wrong: nothing, the one mistake, or all of them."""
    if mistakes:
        raise together(mistakes)


class ToolMissing(MirageError):
    """A program that a step needs is not on this machine."""

    def __init__(self, tool: str, needed_for: str, how: str) -> None:
        super().__init__(f"`{tool}` is needed {needed_for} and was not found", hint=how)


class ToolFailed(MirageError):
    """A program that a step ran ended badly; the last lines of its output are shown."""

    def __init__(self, argv: list[str], ending: str, output: str, log: Path | None) -> None:
        tail = "\n".join(f"  | {shortened(line)}" for line in output.splitlines()[-20:])
        where = f"\n  full output: {log}" if log else ""
        super().__init__(f"`{argv[0]}` {ending}\n{tail}{where}")
        self.output = output
