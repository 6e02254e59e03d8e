"""The body of a message that comes in: so many bytes, chunks, or all until the end."""

from array import array

import _http
from mirage.http.message import Error

_BLOCK = 4096
_TRAILERS = 4096

CHUNKS: int = -1
TO_THE_END: int = -2
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class Body:
    """Read once: whole, by pieces (`async for piece in body`), or into buffers.

    `length` is its bytes, or None where only the end tells.
    """

    def __init__(
        self,
        wire: object,
        length: int,
        limit: int,
        expected: bool = False,
        ended: object = None,
    ) -> None:
        self.length: int | None = length if length >= 0 else None
        self.done: bool = length == 0
        self._wire = wire
        self._left = length  # or CHUNKS, TO_THE_END
        self._ready = 0  # bytes at the wire's start that are the body's
        self._limit = limit
        self._chunks = array("l", bytes(64)) if length == CHUNKS else None
        self._expected = expected
        self._ended = ended

    @property
    def short(self) -> bool:
        """Whether it is worth reading only to have the next message."""
        return self.done or (0 <= self._left <= 1 << 16 and not self._expected)

    async def read(self) -> bytes:
        """All that was not read before, bytes. Raises Error(413) where that is more than the
        limit, Error(400) if it is not well formed, Error(503) if others have the memory, EOFError
        if the peer goes before its end."""
        if self._left > self._limit:
            raise Error(413)
        if self._left > 0:
            whole = bytearray(self._left)
            self._hold(whole)
            view = memoryview(whole)
            at = 0
            while at < len(whole):
                at += await self.readinto(view[at:])
            return bytes(whole)
        whole = bytearray()
        async for piece in self:
            whole.extend(piece)
            self._hold(whole)
            if self._left == TO_THE_END and len(whole) > self._limit:
                raise Error(413)
        return bytes(whole)

    def _hold(self, whole):
        if not self._wire.hold(whole):
            raise Error(503)

    async def readinto(self, buffer: bytearray | memoryview) -> int:
        """Fill `buffer`, or a part of it: how many bytes, 0 at the end."""
        if not await self._some(direct=True):
            return 0
        count = min(self._ready, len(buffer))
        if count:
            start = self._wire.start
            buffer[:count] = memoryview(self._wire.data)[start : start + count]
            self._use(count)
            return count
        if self._left >= 0:
            buffer = memoryview(buffer)[: self._left]
        count = await self._wire.readinto(buffer)
        if count == 0 and self._left != TO_THE_END:
            raise self._wire.lost()
        if self._left > 0:
            self._left -= count
        if count == 0 or self._left == 0:
            self._end()
        return count

    def __aiter__(self) -> "Body":
        return self

    async def __anext__(self) -> bytes:
        if not await self._some():
            raise StopAsyncIteration
        wire = self._wire
        piece = bytes(memoryview(wire.data)[wire.start : wire.start + self._ready])
        self._use(self._ready)
        return piece

    async def discard(self) -> None:
        """Read what is left, and forget it."""
        while await self._some():
            self._use(self._ready)

    async def _some(self, direct=False):
        """Wait until bytes are ready: whether there are any. With `direct`, those of a body of
        known length need not be in the wire's buffer."""
        wire = self._wire
        while self._ready == 0 and not self.done:
            if wire.start == wire.stop:
                if self._expected:
                    self._expected = False
                    await wire.send(_CONTINUE, 0, len(_CONTINUE))
                if direct and self._left != CHUNKS:
                    return True
                if not await wire.fill(_BLOCK):
                    if self._left != TO_THE_END:
                        raise self._wire.lost()
                    self._end()
                    break
            self._expected = False
            there = wire.stop - wire.start
            if self._left == CHUNKS:
                await self._decode(there)
            else:
                self._ready = there if self._left == TO_THE_END else min(there, self._left)
        return not self.done

    def _use(self, count):
        self._wire.use(count)
        self._ready -= count
        if self._left > 0:
            self._left -= count
            if self._left == 0:
                self._end()

    def _end(self):
        self.done = True
        if self._ended:
            self._ended()

    async def _decode(self, there):
        """Take the chunks' framing out of what is there."""
        wire, state = self._wire, self._chunks
        if state[6]:
            await self._trailers()
            return
        size = _http.decode(wire.data, wire.start, wire.stop, state)
        if size < 0:
            raise Error(400)
        self._limit -= size
        if self._limit < 0:
            raise Error(413)
        self._ready = size
        wire.stop = wire.start + size + state[7]
        if wire.start == wire.stop:
            wire.release()
        if state[6] and size == 0:
            await self._trailers()

    async def _trailers(self):
        """Pass over the fields behind the last chunk."""
        wire = self._wire
        seen = size = 0
        while size == 0:
            if wire.stop - wire.start > seen:
                size = _http.parse_trailers(wire.data, wire.start, wire.stop, seen)
                seen = wire.stop - wire.start
            if size == 0 and not await wire.fill(_TRAILERS):
                raise wire.lost()
        if size < 0:
            raise Error(-size)
        wire.use(size)
        self._end()


class Empty:
    """The body of a message that has none."""

    length = 0
    done = short = True

    async def read(self) -> bytes:
        return b""

    async def readinto(self, buffer: bytearray | memoryview) -> int:
        return 0

    def __aiter__(self) -> "Body":
        return self

    async def __anext__(self) -> bytes:
        raise StopAsyncIteration

    async def discard(self) -> None:
        pass


EMPTY: Empty = Empty()
