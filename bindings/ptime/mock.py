"""A time of day that a test sets: in config.py, `register(..., ptime=mock_ptime)`.

Log lines tell this time too. `time.time()` goes on telling the host's.
"""

from mirage import ptime

_now = 0


def start() -> None:
    """Stop the clock, at 0."""
    set(0)
    ptime._read = lambda: _now


def set(now: int, tz_offset_s: int | None = None, period: int | None = None) -> None:  # noqa: A001 - Mirage's name
    """Let it be `now`, in nanoseconds since 1970-01-01 00:00 UTC. Raises TypeError unless all
    are ints."""
    for one in (now, tz_offset_s or 0, period or 0):
        if type(one) is not int:
            raise TypeError("set takes ints, not %r" % (one,))
    global _now
    _now = now
    ptime._offset = tz_offset_s
    ptime._period = period
