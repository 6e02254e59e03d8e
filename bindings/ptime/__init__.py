"""The time of day, by the host's clock: nanoseconds since 1970-01-01 00:00 UTC."""

import _time

_read = _time.wall_ns
_offset = None
_period = None


def now() -> int:
    """Nanoseconds since 1970-01-01 00:00 UTC."""
    return _read()


def now_d_ps() -> tuple[int, int]:
    """The same as (days, picoseconds of the day)."""
    days, rest = divmod(_read(), 86_400_000_000_000)
    return days, rest * 1000


def period() -> int | None:
    """Nanoseconds between two times that the clock can tell, or None where that is not known."""
    return _period


def current_tz_offset_s() -> int | None:
    """Seconds by which local time is ahead of UTC; None, because a unikernel has no local time."""
    return _offset
