"""A clock that a test moves: in config.py, `register(..., mtime=mock_mtime)`. What sleeps does not
go by it."""

from mirage import mtime

_now = 0


def start() -> None:
    """Stop the clock, at 0."""
    reset()
    mtime._read = lambda: _now


def set(now: int) -> None:  # noqa: A001 - Mirage's name
    """Let `now` nanoseconds have passed. Raises TypeError unless it is an int."""
    if type(now) is not int:
        raise TypeError("set takes nanoseconds, an int, not %r" % (now,))
    global _now
    _now = now


def tick() -> None:
    """Let one more nanosecond pass."""
    tick_for(1)


def tick_for(duration: int) -> None:
    """Let `duration` more nanoseconds pass."""
    set(_now + duration)


def reset() -> None:
    """Let none have passed."""
    set(0)
