"""The event loop of tests: waiting takes no time, for the clock is moved to where it would end."""

from __future__ import annotations

import asyncio
import selectors
import time

from mirage_py.shim.machine import Clock, Machine


class Stuck(RuntimeError):
    """What an image ends with, too, when nothing can ever happen."""

    def __init__(self) -> None:
        super().__init__("every task waits for another: nothing can wake them")


class Selector(selectors.DefaultSelector):
    """Where the event loop waits."""

    def __init__(self, machine: Machine, clock: Clock) -> None:
        super().__init__()
        self.machine = machine
        self.clock = clock

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """What is ready within so many seconds of the clock. Real time passes only for sockets."""
        if timeout == 0:
            return super().select(0)
        if self.machine.enter:
            self.machine.enter()
        ready = super().select(0)
        # The event loop itself always has one, by which threads wake it.
        if not ready and len(self.get_map()) > 1:
            before = time.monotonic()
            ready = super().select(timeout)
            self.clock.advance(time.monotonic() - before)
        elif not ready and timeout is None:
            raise Stuck
        elif not ready and timeout:
            self.clock.advance(timeout)
        if self.machine.leave:
            self.machine.leave()
        return ready


class Loop(asyncio.SelectorEventLoop):
    """An event loop that goes by a machine's clock."""

    def __init__(self, machine: Machine, clock: Clock) -> None:
        super().__init__(Selector(machine, clock))
        self.clock = clock

    def time(self) -> float:
        """Seconds since the boot."""
        return self.clock.monotonic_ns / 1e9
