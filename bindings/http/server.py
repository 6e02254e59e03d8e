"""The server: one task a connection; it parses what is there, calls the handler and writes once."""

import asyncio
import gc
from array import array
from asyncio import core

import _http
import _http_wire
import _http_write
from mirage import log
from mirage.http.body import CHUNKS, EMPTY, Body
from mirage.http.crowd import Crowd, client_of
from mirage.http.message import Error, Request, Response, response_of
from mirage.http.wire import SIZE, SLOW, TICKS, Wire

if False:  # for type checkers
    from collections.abc import Awaitable, Callable
    from typing import Any

    from mirage.http.message import Content, Data, Fields

    Answered = Response | Data | str | tuple[int, Fields | None, Content]
    Handler = Callable[[Request], Answered] | Callable[[Request], Awaitable[Answered]]

_log = log.source("http")

_KEEP = 1
_CHUNKED = 2
_CONTINUE = 4
_NEW = 8
_BODILESS = 16
_OWN = _KEEP | _NEW | _BODILESS

_BACKLOG = 128
_SHARE = 64
_OUT = 4096
_LINGER = 1 << 18
_SILENCE = 2
_SHUT_WR = 1
_LAST = b"0\r\n\r\n"
_END = b"\r\n"
_BODILESS_STATUSES = (204, 304)


def _generator():
    yield


_COROUTINE = type(_generator())


class Server:
    """Answers requests with what `handler` returns.

        async def handler(request):
            return Response("hello\\n")

        await Server(handler).serve(port=80)

    The handler, async or not, is given a `Request`. It returns a `Response`, a body alone, or
    (status, headers, body); an `Error` that it raises is answered with that status, any other
    exception is logged and answered with 500. Either ends no connection but its own.

    head         the most bytes of a request's first line and fields, at most 65535; more is
                 answered with 431
    body         the most bytes of a request's body; more is answered with 413
    connections  the most that are open; for another one that has waited longest for its peer
                 is closed, or the new one if each has a request that is being handled
    memory       the most bytes of the heap that connections hold while their peers are waited for:
                 of answers that are not read, and of bodies that are read whole; for more those
                 that have waited longest are closed. If it is None, a quarter of the heap. What
                 several answers share is not counted
    per_client   the most of one client, in the same way: of an IPv4 address, or of an IPv6
                 network of 64 bits; if it is None, half of all, and not less than 64
    timeout      seconds that a peer may take for a head, for each kilobyte of a body, and to ask
                 again on a connection that stays; a request that has begun is then answered
                 with 408
    """

    def __init__(
        self,
        handler: Handler,
        *,
        head: int = 8192,
        body: int = 1 << 20,
        connections: int = 1000,
        memory: int | None = None,
        per_client: int | None = None,
        timeout: float = 30,
    ) -> None:
        if not 0 < head <= 65535:
            raise ValueError("a head has 1 to 65535 bytes")
        self.handler = handler
        self.head = head
        self.body = body
        self.timeout = timeout
        if per_client is None:
            per_client = max(connections // 2, _SHARE)
        if memory is None:
            memory = (gc.mem_alloc() + gc.mem_free()) // 4
        self.crowd: Crowd = Crowd(connections, per_client, memory)
        self.open: dict[int, object] = self.crowd.open
        """The connections by id."""
        self.pool: list[bytearray] = []
        # A head is parsed and a response is written in one go, so all connections share these.
        self.facts: array[int] = array("l", bytes(80))
        self.out: bytearray = bytearray(_OUT)
        self.input: bytearray = bytearray(SIZE)
        self.answers: dict[str, tuple[bytes, Data]] | None = getattr(
            handler, "constant_answers", None
        )
        """Fields and bodies by target: what a GET is answered with, without the handler."""
        self._watching = None
        self._listening = []

    async def listen(self, port: int = 80, tcp: Any = None, **options: Any) -> None:
        """Answer on a port from now on. `tcp` is what listens, with `options`: a `mirage.tcp.Tcp`,
        or what has its method of that name; else asyncio. Raises OSError."""
        if tcp is None:
            listening = await asyncio.start_server(self.accepted, "", port, _BACKLOG)
        else:
            listening = await tcp.listen(port, self.accepted, **options)
        _log.info("listening for %s on %d/TCP", "HTTPS" if options else "HTTP", port)
        self._listening.append(listening)

    async def serve(self, port: int = 80, tcp: Any = None, **options: Any) -> None:
        """`listen`, and answer until the server is closed."""
        await self.listen(port, tcp, **options)
        await self.wait_closed()

    async def wait_closed(self) -> None:
        """Until `close`."""
        for listening in list(self._listening):
            await listening.wait_closed()

    def close(self) -> None:
        """Stop listening, and close all connections."""
        for listening in self._listening:
            listening.close()
        self._listening.clear()
        for connection in list(self.open.values()):
            connection.end()

    def accepted(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> Awaitable[None]:
        """The coroutine that serves a connection, given as asyncio's streams."""
        connection = _Connection(self, reader.s, reader.get_extra_info("peername"))
        if not self.crowd.admit(connection):
            return _refuse(reader.s)
        return connection.serve()

    def watch(self) -> None:
        """Have slow peers' connections closed while there are any."""
        if self._watching is None:
            self._watching = asyncio.create_task(self._watch())

    async def _watch(self):
        try:
            clock = self.crowd.clock
            while self.open:
                await asyncio.sleep(self.timeout / TICKS)
                clock.next()
                for connection in list(self.open.values()):
                    if connection.waiting is not None and clock.tick - connection.waiting > SLOW:
                        connection.late()
        finally:
            self._watching = None


def _rest_of(coroutine):
    """What a coroutine that has been run, and waits, returns in the end."""
    error = None
    while True:
        try:
            yield
        except BaseException as thrown:
            error = thrown
        try:
            if error is None:
                coroutine.send(None)
            else:
                thrown, error = error, None
                coroutine.throw(thrown)
        except StopIteration as end:
            return end.value


async def _refuse(stream):
    _log.warning("too many connections")
    stream.close()


class _Connection(Wire):
    """One connection of a server."""

    def __init__(self, server, stream, peer):
        super().__init__(stream, server.pool, server.crowd.clock)
        self.server = server
        self.peer = peer
        self.client = client_of(peer[0])
        self.task = None
        self.keep = True
        """Whether it stays for another request."""
        self._seen = 0
        self._owed = False
        """A request has begun to come, and is not answered yet."""
        self._late = False

    async def serve(self):
        """Answer requests until there are no more, or the connection is not to stay."""
        self.task = core.cur_task
        self.server.watch()
        try:
            try:
                await self._answer()
            except Error as error:
                await self._refuse(error.status)
            except core.CancelledError:
                if not self._late:
                    raise
                self._late = False
                await self._refuse(408)
        except (EOFError, Error, OSError) as error:
            _log.debug("%s went away: %r", self.peer, error)
        except core.CancelledError:
            _log.debug("%s is too slow", self.peer)
        finally:
            self.server.crowd.remove(self)
            self.close()

    def hold(self, data):
        return self.server.crowd.hold(self, data)

    def end(self, *, reset=False):
        """Close it now, with `reset` whatever the peer has not read."""
        self.waiting = None
        if reset:
            self.reset()
        if self.task:
            self.task.cancel()

    def late(self):
        """The peer has taken too long: a request that it has begun is answered with 408."""
        self._late = self._owed and not self.sending
        self.end(reset=self.sending)

    async def _answer(self):
        server = self.server
        stream = self.stream
        facts = server.facts
        readable = core._io_queue.queue_read
        model = Request(b"", facts, EMPTY, self.peer)
        clock = self._clock
        while self.keep:
            taken = 0
            if self.data is None:
                self.waiting = clock.tick
                yield readable(stream)
                taken = _http_wire.serve(
                    stream, server.input, facts, server.head, server.answers, server.out,
                    server.handler, model, Response,
                )  # fmt: skip
                # Mostly requests come whole, and are answered.
                if taken is True:
                    continue
            await self._go_on(taken)

    async def _go_on(self, taken):
        """What `serve` has left to do of a request, if it has come."""
        answer = None
        if type(taken) is tuple:
            server = self.server
            facts = server.facts
            self.restart()
            self._flags = facts[0] & _OWN
            if facts[8] < facts[9]:
                came = memoryview(server.input)[facts[8] : facts[9]]
                self.put(came, len(came))
            if len(taken) == 3:
                await self._rest_of(taken)
                return
            request, answer = taken
        else:
            request = await self._other(taken)
            if request is None:
                return
        try:
            answer = await self._answer_of(request, answer)
        except Exception as error:
            answer = self._failed(error, request)
        rest = self._respond(request, answer)
        if rest:
            await rest

    async def _answer_of(self, request, answer):
        """The Response to a request, of which `serve` has got that far, or None."""
        if answer is None:
            answer = self.server.handler(request)
            if type(answer) is _COROUTINE:
                answer = await answer
        elif type(answer) is _COROUTINE:
            answer = await _rest_of(answer)
        elif isinstance(answer, BaseException):
            raise answer
        return answer if type(answer) is Response else response_of(answer)

    async def _other(self, taken):
        """The next request, of which more or less has come than that: `taken` bytes, or what is in
        the buffer. None where nothing was there. Raises Error, EOFError."""
        if taken is None:
            return None
        if self.data is None:
            self.put(self.server.input, taken)
        self._owed = True
        size = self._head()
        while size == 0:
            self.waiting = self.waiting or self._clock.tick
            yield core._io_queue.queue_read(self.stream)
            size = self._head()
        return self._request(size)

    def _head(self):
        """The length of the head that is there; 0 if it is not all there. Raises Error for what is
        refused, EOFError when no more requests come."""
        server = self.server
        while True:
            if self.stop > self.start + self._seen:
                size = _http.parse_request(
                    self.data, self.start, self.stop, self._seen, server.facts
                )
                if size:
                    self._seen = 0
                    self.restart()
                    if size < 0 or size > server.head:
                        raise Error(-size if size < 0 else 431)
                    return size
                self._seen = self.stop - self.start
            taken = self.take(server.head)
            if taken is None:
                return 0
            if taken == 0:
                raise EOFError

    def _request(self, size):
        """The request whose head, of that length, is there. Raises Error."""
        server = self.server
        facts = server.facts
        flags = facts[0]
        length = facts[1]
        if length > server.body:
            raise Error(413)
        head = self.data[self.start : self.start + size]
        self.use(size)
        self._flags = flags & _OWN
        if flags & _CHUNKED:
            length = CHUNKS
        elif length <= 0:
            self._owed = False
            return Request(head, facts, EMPTY, self.peer)
        return Request(head, facts, Body(self, length, server.body, flags & _CONTINUE), self.peer)

    def _respond(self, request, answer):
        """Send a response, as far as that goes at once. What is then left to do, a coroutine."""
        flags = self._flags
        body = request.body
        if body is not EMPTY:
            self._owed = False
            self.server.crowd.let_go(self)
            if not body.short:
                flags &= ~_KEEP
        self.keep = flags & _KEEP
        sent = _http_wire.give(
            self.stream, self.server.out, answer.status, flags, answer.fields, answer.body
        )
        if sent is True:
            if self.keep and body.done:
                return None
            return self._finish(body, b"", b"", 0)
        if sent:
            return self._finish(body, *sent)
        content = answer.body
        if callable(content):
            return self._write_pieces(request, answer, flags)
        status = answer.status
        length = len(content)
        if status in _BODILESS_STATUSES:
            flags |= _BODILESS
            length = -1
        out = self.server.out
        size = _http_write.respond(out, status, flags, length, answer.fields, content)
        there = size if size > 0 else len(out)
        # What is left of `out`, which other connections use meanwhile.
        rest = bytes(memoryview(out)[:there])
        return self._finish(body, rest, content, len(content) if size > 0 else there + size)

    async def _finish(self, body, rest, content, start):
        """Send `rest` and `content` from `start`, and come to the end of the request."""
        await self._send_both(rest, content, start)
        if not body.done and body.short:
            await body.discard()
        if not self.keep and (not body.done or self.start < self.stop):
            await self._linger()

    async def _rest_of(self, left):
        """Send what was left of a response."""
        await self._send_both(*left)

    async def _send_both(self, rest, content, start):
        await self.send(rest, 0, len(rest))
        await self.send(content, start, len(content))
        self.server.crowd.let_go(self)

    async def _rest(self, out, start, stop):
        """Write the rest of `out`, which is shared, so of a copy."""
        rest = bytes(memoryview(out)[start:stop])
        await self.send(rest, 0, len(rest))

    async def _write_pieces(self, request, answer, flags):
        """Send a body that is written by a function. The connection does not stay if what was said
        of the body's length does not come true."""
        head = flags
        out = self.server.out
        length = -1 if answer.length is None else answer.length
        if length < 0:
            head = flags | _CHUNKED if flags & _NEW else flags & ~_KEEP
        size = _http_write.respond(out, answer.status, head, length, answer.fields, b"")
        await self._rest(out, 0, size)
        self.keep = head & _KEEP
        if not head & _BODILESS:
            await self._pieces(request, answer, head & _CHUNKED, length)
        await self._finish(request.body, b"", b"", 0)

    async def _pieces(self, request, answer, chunked, length):
        out = self.server.out
        sent = 0

        async def write(piece):
            """Send a piece of the body. Raises OSError if the peer went away."""
            nonlocal sent
            if not len(piece):
                return
            if isinstance(piece, str):
                piece = piece.encode()
            sent += len(piece)
            if 0 <= length < sent:
                raise ValueError("a body longer than its length")
            if not chunked:
                await self.send(piece, 0, len(piece))
                return
            size = _http_write.chunk(out, piece)
            await self._rest(out, 0, abs(size))
            if size < 0:
                await self.send(piece, 0, len(piece))
                await self.send(_END, 0, len(_END))

        try:
            await answer.body(write)
            if sent < length:
                raise ValueError("a body shorter than its length")
        except Exception as error:  # the status is sent: all that can be told is the end
            self._failed(error, request)
            self.keep = False
            return
        if chunked:
            await self.send(_LAST, 0, len(_LAST))

    async def _refuse(self, status):
        """Answer what is no request that we take, and wait for the peer to have read that."""
        self.restart()
        size = _http_write.respond(self.server.out, status, _NEW, 0, b"", b"")
        await self._rest(self.server.out, 0, size)
        await self._linger()

    def _failed(self, error, request):
        """The answer to a request whose handler raised `error`. Raises EOFError if that is because
        the client went away."""
        if self.gone:
            raise EOFError
        if isinstance(error, Error):
            return Response(error.text, error.status)
        _log.exception("%s %s failed" % (request.method, request.target), error)
        return Response("Internal server error.\n", 500)

    async def _linger(self):
        """Tell the peer that nothing more comes, and pass over what it still sends, for a while:
        closing before it has read would take back what it was sent (RFC 9112, 9.6)."""
        self._owed = False
        try:  # noqa: SIM105 (one module less)
            self.stream.shutdown(_SHUT_WR)
        except (AttributeError, OSError):
            pass
        self._lingers = _LINGER
        over = asyncio.create_task(self._end_soon())
        try:
            while self._lingers > 0:
                self.release()
                taken = await self.fill(_LINGER)
                if not taken:
                    return
                self._lingers -= taken
        finally:
            over.cancel()

    async def _end_soon(self):
        """End when nothing has come for a while, or when that takes too long."""
        left = self.server.timeout
        before = 0
        while left > 0 and before != self._lingers:
            before = self._lingers
            await asyncio.sleep(min(_SILENCE, left))
            left -= _SILENCE
        self.end()


async def serve(handler: Handler, port: int = 80, **limits: Any) -> None:
    """Answer requests on a port with what `handler` returns; `limits` are those of `Server`."""
    await Server(handler, **limits).serve(port)
