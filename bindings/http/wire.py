"""A connection's bytes: what came in and is not used yet, and the way out.

It works on the non-blocking stream that asyncio's streams stand on (`readinto` and `write` answer
None where they would block), so that what is there already is taken without a task switch.
"""

import errno
import socket
from asyncio import core

from mirage.http.message import Error

_SPARE = 16
_PROGRESS = 1024
_AT_ONCE = b"\1\0\0\0\0\0\0\0"  # struct linger, of a little-endian processor: yes, and 0 seconds

SIZE = 2048
"""Bytes of a buffer."""
TICKS = 4
"""Ticks that a peer may take for a head, or for each kilobyte of a body, either way."""
_STEPS = 1 << 20
SLOW = TICKS * _STEPS


class Clock:
    """Ticks: coarse time, so that no clock is read for a deadline that nothing misses. Within a
    tick there are steps, by which it is known of two that wait since then who was first."""

    def __init__(self):
        self.tick = _STEPS << 16

    def step(self):
        self.tick += 1

    def next(self):
        """The next tick begins."""
        self.tick += _STEPS - self.tick % _STEPS


class Wire:
    """`data[start:stop]` came in and is not used yet. While there is nothing, a wire holds no
    buffer: `pool`, a list, has those that nobody needs."""

    def __init__(self, stream, pool, clock):
        self.stream = stream
        self.data = None
        self.start = 0
        self.stop = 0
        self.waiting = None
        """The tick since which the peer is waited for."""
        self.gone = False
        """The peer went away amid a message."""
        self.sending = False
        """The peer is waited for to read."""
        self.held = None
        """The buffer that is kept for the peer."""
        self.place = 0
        """Where its bytes begin."""
        self._pool = pool
        self._clock = clock
        self._used = 0
        self._moved = 0

    def take(self, most):
        """Read what is there, keeping at most `most` bytes: how many came, 0 if no more will come,
        None if nothing is there now. Raises Error(431) if there is no more room, OSError."""
        data = self.data
        if data is None:
            data = self._pool.pop() if self._pool else bytearray(SIZE)
            taken = self.stream.readinto(data)
            if taken:
                self.data = data
                self.start = 0
                self.stop = taken
            else:
                self._spare(data)
            return taken
        if self.stop == len(data):
            data = self._room(most)
        taken = self.stream.readinto(memoryview(data)[self.stop :])
        if taken:
            self.stop += taken
        return taken

    def put(self, came, count):
        """Keep a copy of the first `count` bytes of `came`. Raises EOFError if they are none: no
        more will come."""
        if not count:
            raise EOFError
        data = self._pool.pop() if self._pool else bytearray(SIZE)
        data[:count] = memoryview(came)[:count]
        self.data = data
        self.start = 0
        self.stop = count

    def use(self, count):
        """The next `count` bytes are used."""
        self.start += count
        if self.start == self.stop:
            self.release()

    def release(self):
        """Forget what is there."""
        if self.data is not None:
            self._spare(self.data)
        self.data = None
        self.start = self.stop = 0

    def _spare(self, data):
        if len(data) == SIZE and len(self._pool) < _SPARE:
            self._pool.append(data)

    def _room(self, most):
        """The buffer, with room behind `stop`."""
        kept = self.stop - self.start
        if kept >= most:
            raise Error(431)
        data = self.data
        if self.start == 0:
            data = bytearray(min(2 * len(data), max(most, SIZE)))
        data[:kept] = memoryview(self.data)[self.start : self.stop]
        if data is not self.data:
            self.release()
        self.data = data
        self.start = 0
        self.stop = kept
        return data

    async def fill(self, most):
        """`take`, waiting for something."""
        return await self._read(self.take, most)

    async def readinto(self, view):
        """Read into `view` past the buffer, which is empty: how many bytes, 0 if no more come."""
        return await self._read(self.stream.readinto, view)

    async def _read(self, read, argument):
        try:
            taken = read(argument)
            while taken is None:
                await self._wait(core._io_queue.queue_read)
                taken = read(argument)
        except OSError:
            self.gone = True
            raise
        self._progress(taken)
        return taken

    async def send(self, data, start, stop):
        """Write `data[start:stop]`, which is held while it waits. Raises OSError."""
        try:
            while start < stop:
                sent = self.stream.write(data, start, stop - start)
                if sent:
                    start += sent
                    self._progress(sent)
                else:
                    if self.held is not data and not self.hold(data):
                        raise OSError(errno.ENOBUFS)
                    self.sending = True
                    await self._wait(core._io_queue.queue_write)
                    self.sending = False
        except OSError:
            self.gone = True
            raise

    def hold(self, data):
        """Whether there is room for a buffer that is kept for the peer."""
        return True

    def lost(self):
        """The exception of a message that its peer did not end."""
        self.gone = True
        return EOFError("the peer went away")

    def _wait(self, queue):
        self.waiting = self._clock.tick - self._used
        yield queue(self.stream)
        self._used = self._clock.tick - self.waiting
        self.waiting = None

    def _progress(self, count):
        """A peer has its time anew for each kilobyte, not for each byte."""
        self._moved += count
        if self._moved >= _PROGRESS:
            self._moved = self._used = 0

    def restart(self):
        """What was waited for has come; the next thing has time of its own."""
        self.waiting = None
        self._used = self._moved = 0

    def reset(self):
        """Have `close` forget what the peer has not read, and let it know."""
        try:  # noqa: SIM105 (one module less)
            self.stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        except (AttributeError, OSError):
            pass

    def close(self):
        self.release()
        self.stream.close()
