"""Functions around each wait of the event loop."""

from mirage_py.shim import machine
from mirage_py.shim.machine import Hook


def set(enter: Hook, leave: Hook) -> None:  # noqa: A001
    """Call `enter()` before each wait and `leave()` after it."""
    machine.current.enter, machine.current.leave = enter, leave
