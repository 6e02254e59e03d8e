"""A race between connections to the addresses of a host (RFC 8305)."""

import asyncio
import errno
import time

if False:  # for type checkers
    from collections.abc import Awaitable, Callable
    from socket import socket

    Connect = Callable[[str, int], Awaitable[socket]]


class Race:
    """Connections to `port` of addresses that become known one after the other.

    connect  makes a socket that is connected: `await connect(address, port)`
    delay    milliseconds between the starts of two attempts, unless one fails before
    """

    def __init__(self, connect: Connect, port: int, delay: int) -> None:
        self._connect = connect
        self._port = port
        self._delay = delay
        self._families = {True: [], False: []}  # addresses that wait, those of IPv6 first
        self._six = True  # the family whose turn it is
        self._happened = asyncio.Event()
        self._running = []
        self._coming = False
        self._held = False
        self._won = None
        self._errors = []
        self.tried: bool = False
        """Whether there was an attempt."""

    def add(self, addresses: list[str]) -> None:
        """Addresses that have become known."""
        for address in addresses:
            self._families[":" in address].append(address)
        self._happened.set()

    def expect(self, coming: bool) -> None:
        """Whether more addresses may become known."""
        self._coming = coming
        self._happened.set()

    def hold(self, held: bool) -> None:
        """Whether attempts wait for addresses to become known."""
        self._held = held
        self._happened.set()

    async def run(self) -> socket:
        """The socket that is connected first; the others are given up. Raises OSError if none
        is."""
        due = time.ticks_ms()
        try:
            while self._won is None:
                left = time.ticks_diff(due, time.ticks_ms())
                failed = len(self._errors)
                if not self._held and (left <= 0 or not self._running):
                    address = self._next()
                    if address:
                        self.tried = True
                        self._running.append(asyncio.create_task(self._attempt(address)))
                        due = time.ticks_add(time.ticks_ms(), self._delay)
                        continue
                waiting = self._families[True] or self._families[False]
                if not (waiting or self._running or self._coming):
                    raise self._failure()
                self._happened.clear()
                await self._wait(left if waiting and not self._held and left > 0 else None)
                if len(self._errors) > failed:
                    due = time.ticks_ms()
            return self._won
        except BaseException:
            if self._won is not None:
                self._won.close()
            raise
        finally:
            for task in self._running:
                task.cancel()

    def _next(self):
        """The next address: families take turns."""
        for six in (self._six, not self._six):
            if self._families[six]:
                self._six = not six
                return self._families[six].pop(0)
        return None

    async def _attempt(self, address):
        try:
            connected = await self._connect(address, self._port)
        except Exception as error:
            self._errors.append(error)
        else:
            if self._won is None:
                self._won = connected
            else:
                connected.close()
        self._running.remove(asyncio.current_task())
        self._happened.set()

    async def _wait(self, milliseconds):
        try:
            if milliseconds is None:
                await self._happened.wait()
            else:
                await asyncio.wait_for_ms(self._happened.wait(), milliseconds)
        except TimeoutError:
            pass

    def _failure(self):
        return self._errors[0] if self._errors else OSError(errno.EHOSTUNREACH)
