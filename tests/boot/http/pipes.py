"""Connections within a unikernel: pairs of streams like sockets, with room for so many bytes."""

import asyncio
import io

_POLL = 3
_POLLIN, _POLLOUT = 1, 4
_EPIPE = 32


class End(io.IOBase):
    """One end: non-blocking, as sockets of asyncio are."""

    def __init__(self, room):
        self.room = room
        self.came = bytearray()
        self.ended = False
        self.closed = False
        self.other = None
        self.writes = []

    def readinto(self, buffer):
        count = min(len(buffer), len(self.came))
        if count == 0:
            return 0 if self.ended else None
        buffer[:count] = self.came[:count]
        self.came = self.came[count:]
        return count

    def write(self, data, start=None, count=None):
        if count is None:
            start, count = 0, len(data) if start is None else start
        other = self.other
        if other.closed:
            raise OSError(_EPIPE)
        count = min(count, len(data) - start, other.room - len(other.came))
        if count <= 0:
            return None
        other.came.extend(memoryview(data)[start : start + count])
        self.writes.append(count)
        return count

    def ioctl(self, request, argument):
        if request != _POLL:
            return 0
        ready = _POLLIN if self.came or self.ended else 0
        if self.other.closed or len(self.other.came) < self.other.room:
            ready |= _POLLOUT
        return ready & argument

    def shutdown(self, how):
        self.other.ended = True

    def close(self):
        self.closed = self.other.ended = True


def pair(room=1 << 16):
    """Two ends of a connection."""
    ends = End(room), End(room)
    ends[0].other, ends[1].other = ends[1], ends[0]
    return ends


def streams(end):
    """An end as asyncio.open_connection gives it."""
    stream = asyncio.StreamReader(end, {"peername": ("10.0.0.1", 1234)})
    return stream, stream
