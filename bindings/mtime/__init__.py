"""A clock that never goes back: nanoseconds since some moment before the boot."""

import _time

_read = _time.monotonic_ns
_period = None


def elapsed_ns() -> int:
    """Nanoseconds since that moment."""
    return _read()


def period_ns() -> int | None:
    """Nanoseconds between two times that the clock can tell, or None where that is not known."""
    return _period
