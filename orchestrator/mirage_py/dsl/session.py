"""The run of one config.py: where it lies, what it registered and what is wrong in it."""

from __future__ import annotations

import sys
import tokenize
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mirage_py.support.errors import MirageError, Position

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from mirage_py.dsl.config import Config
    from mirage_py.dsl.key import Key

PACKAGE = Path(__file__).resolve().parents[1]


@dataclass
class Session:
    """What `load` gathers while config.py runs."""

    file: Path
    """The config.py, resolved."""
    source: str | None = None
    """What it is to say, if that is not what it says."""
    mistakes: list[MirageError] = field(default_factory=list)
    keys: list[Key[Any]] = field(default_factory=list)
    """Those that were declared."""
    config: Config | None = None

    @property
    def root(self) -> Path:
        """The folder of config.py: files below it are the user's."""
        return self.file.parent


_current: ContextVar[Session | None] = ContextVar("session", default=None)


@contextmanager
def running(session: Session) -> Iterator[None]:
    """Make `session` the one that the eDSL reports to."""
    token = _current.set(session)
    try:
        yield
    finally:
        _current.reset(token)


def current() -> Session | None:
    """The session that runs; none when the eDSL is used outside of `load`."""
    return _current.get()


def report(mistake: MirageError) -> None:
    """Note a mistake, so that the ones after it are reported too; raise it outside of a session."""
    session = current()
    if session is None:
        raise mistake
    session.mistakes.append(mistake)


def reported() -> int:
    """How many mistakes have been noted."""
    session = current()
    return len(session.mistakes) if session else 0


def declare(key: Key[Any]) -> None:
    """Note a key, whatever uses it."""
    session = current()
    if session is not None:
        session.keys.append(key)


def here() -> Position:
    """The line that the user wrote and that is being executed: the innermost of the project's own
    files, else the innermost that is not mirage-py's."""
    frame = user_frame()
    return position(Path(frame.f_code.co_filename), frame.f_lineno)


def user_frame() -> FrameType:
    """The frame of the line that `here` tells.

    A device that one of our modules makes while it is imported, for all who use it, is where that
    module says it: not where the module happened to be imported first.
    """
    frame: FrameType | None = sys._getframe(1)
    outside = None
    while frame is not None:
        file = Path(frame.f_code.co_filename)
        ours = PACKAGE in file.parents
        if is_users(file) or (ours and not outside and frame.f_code.co_name == "<module>"):
            return frame
        outside = outside or (None if ours else frame)
        frame = frame.f_back
    return outside or sys._getframe(1)


def is_users_call() -> bool:
    """Whether it is the user's own line that calls the function of the eDSL which asks."""
    return is_users(Path(sys._getframe(2).f_code.co_filename))


def is_users(file: Path) -> bool:
    """Whether `file` belongs to the project whose config.py runs."""
    session = current()
    if session is None or session.root not in file.parents or PACKAGE in file.parents:
        return False
    environment = Path(sys.prefix).resolve()  # often .venv, in the project's own folder
    return not (session.root in environment.parents and environment in file.parents)


def position(file: Path, line: int) -> Position:
    """A line of `file`, which is named relative to the project, or to where mirage_py lies."""
    session = current()
    roots = [session.root] if session else []
    roots.append(PACKAGE.parent)
    name = next((file.relative_to(root) for root in roots if root in file.parents), file)
    return Position(name.as_posix(), line, source_line(file, line))


def source_line(file: Path, line: int) -> str:
    """The text of a line, stripped; empty where it cannot be read."""
    session = current()
    try:
        if session and session.source is not None and file == session.file:
            lines = session.source.splitlines()
        else:
            with tokenize.open(file) as source:
                lines = source.read().splitlines()
    except (OSError, SyntaxError, UnicodeDecodeError):
        return ""
    return lines[line - 1].strip() if 0 < line <= len(lines) else ""
