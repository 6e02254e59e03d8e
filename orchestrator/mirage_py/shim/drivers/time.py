"""The two clocks."""

from mirage_py.shim import machine


def monotonic_ns() -> int:
    """Nanoseconds since some moment."""
    return machine.current.clock.monotonic_ns


def wall_ns() -> int:
    """Nanoseconds since 1970-01-01 00:00 UTC."""
    return machine.current.clock.wall_ns
