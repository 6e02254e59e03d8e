"""A request to terminate as an exception: what was begun is tidied up, what runs for us ended."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STATUS = 128 + signal.SIGTERM
"""The exit status after one."""


class Terminated(BaseException):
    """Somebody asks us to end: as KeyboardInterrupt, where it is not from the keyboard."""


@dataclass
class _State:
    """Of this process's main thread, which is the one that signals interrupt."""

    held: bool = False
    asked: bool = False
    raised: bool = False

    def tell(self) -> None:
        """Raise Terminated, once, if that is asked for and not held."""
        if self.asked and not self.held and not self.raised:
            self.raised = True
            raise Terminated


_state = _State()


@contextmanager
def terminable() -> Iterator[None]:
    """Meanwhile the first request is raised as Terminated, and no further one disturbs the end."""

    def stop(*_: object) -> None:
        _state.asked = True
        _state.tell()

    _state.asked = _state.raised = False
    previous = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, previous)


@contextmanager
def held() -> Iterator[Callable[[], None]]:
    """For starting a program: a request is not raised before the function that this gives is
    called, by when the program is known and can be ended."""
    if threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return

    def release() -> None:
        _state.held = False
        _state.tell()

    _state.held = True
    try:
        yield release
    finally:
        release()
