"""Functions around each wait of the event loop, and the interpreter's class of names not found."""

from socket import gaierror

from mirage_py.shim import machine
from mirage_py.shim.machine import Hook

__all__ = ["gaierror", "set"]


def set(enter: Hook, leave: Hook) -> None:
    """Call `enter()` before each wait and `leave()` after it."""
    machine.current.enter, machine.current.leave = enter, leave
