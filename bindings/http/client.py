"""The client: requests to http and https addresses."""

import asyncio
import binascii
import json
from array import array

import _http
from mirage.http.body import CHUNKS, EMPTY, TO_THE_END, Body
from mirage.http.message import Headers, fields_of, unquote
from mirage.http.wire import Clock, Wire

if False:  # for type checkers
    from collections.abc import Awaitable, Callable
    from typing import Any

    from mirage.http.message import Write

_PARTS = ("Response.json",)
_LAST = b"0\r\n\r\n"
_KEEP = 1
_CHUNKED = 2
_HEAD = 16384
_MOVED = (301, 302, 303, 307, 308)
_MOST_IDLE = 16
# What may be asked twice, if the first time was on a connection that was closed (RFC 9110, 9.2.2).
_AGAIN = ("GET", "HEAD", "OPTIONS", "PUT", "DELETE")
_PORTS = {"http": 80, "https": 443}


class ProtocolError(OSError):
    """What a server sent is no response that can be read."""


class Address:
    """The parts of an address: `http://host:port/target`. Raises ValueError."""

    scheme: str
    authority: str

    def __init__(self, url: str) -> None:
        self.scheme, _, rest = url.partition("://")
        if self.scheme not in _PORTS:
            raise ValueError("not an http or https address: " + url)
        cut = min([at for at in (rest.find(mark) for mark in "/?#") if at >= 0] or [len(rest)])
        user, _, self.authority = rest[:cut].rpartition("@")
        self.user: str = unquote(user)
        """`name:password`, "" without."""
        target = rest[cut:].partition("#")[0]
        self.target: str = target if target.startswith("/") else "/" + target
        host, _, port = self.authority.rpartition(":")
        if not host or not port.isdigit():
            host, port = self.authority, _PORTS[self.scheme]
        self.host: str = host.strip("[]")
        self.port: int = int(port)
        if not self.host or any(not "!" <= letter <= "~" for letter in url):
            raise ValueError("not an http or https address: " + url)

    def joined(self, location: str) -> str:
        """The address of a `Location` that was answered here."""
        if "://" in location.partition("?")[0]:
            return location
        if location.startswith("//"):
            return self.scheme + ":" + location
        path, mark, query = location.partition("#")[0].partition("?")
        own, _, asked = self.target.partition("?")
        if not path:
            path = own
            query = query if mark else asked
        elif not path.startswith("/"):
            path = own.rpartition("/")[0] + "/" + path
        return self.scheme + "://" + self.authority + _plain(path) + ("?" + query if query else "")


def _plain(path):
    """A path without `.` and `..` (RFC 3986, 5.2.4)."""
    parts = []
    for part in path.split("/")[1:]:
        last = part in (".", "..")
        if part == ".." and parts:
            parts.pop()
        if not last:
            parts.append(part)
    return "/" + "/".join(parts) + ("/" if last and parts else "")


class Answer:
    """A server's response.

    status   200 and so on
    headers  a `Headers`
    body     a `Body`; when it has been read, the connection is free for another request
    """

    def __init__(
        self, status: int, head: bytes, body: Body, wire: object, timeout: float | None
    ) -> None:
        self.status = status
        self.headers: Headers = Headers(head)
        self.body = body
        self._wire = wire
        self._timeout = timeout

    async def read(self) -> bytes:
        """The whole body, bytes. Raises Error(413) for one that is longer than the client's limit,
        EOFError if it does not come to its end, TimeoutError if that takes longer than the client's
        time."""
        if self.body.done:
            return b""
        try:
            return await asyncio.wait_for(self.body.read(), self._timeout)
        except BaseException:
            self.close()
            raise

    async def text(self) -> str:
        """The whole body, which is UTF-8, a str. Raises what `read` does."""
        return str(await self.read(), "utf-8")

    async def json(self) -> Any:
        """What the whole body is in JSON. Raises what `read` does, and ValueError."""
        return json.loads(await self.text())

    def close(self) -> None:
        """Read no more of the body."""
        if not self.body.done:
            self._wire.close()


class Client:
    """Asks servers, and keeps connections that they let stay.

    keep       whether connections are kept, of which a few wait for further requests
    timeout    seconds for a connection to be made and the head of a response to come, and again for
               the body to be read as a whole; None for as long as it takes
    redirects  how many of them are followed, which is none unless it is said
    limit      the most bytes of a body that is read as a whole, or comes in chunks
    connect    what makes connections, with the arguments of `asyncio.open_connection`
    """

    def __init__(
        self,
        *,
        keep: bool = True,
        timeout: float | None = 30,
        redirects: int = 0,
        limit: int = 1 << 24,
        connect: Callable[
            ..., Awaitable[tuple[asyncio.StreamReader, asyncio.StreamWriter]]
        ] = asyncio.open_connection,
    ) -> None:
        self.keep = keep
        self.timeout = timeout
        self.redirects = redirects
        self.limit = limit
        self._connect = connect
        self._idle = {}
        self._clock = Clock()
        self._pool = []

    async def request(
        self,
        url: str,
        method: str = "GET",
        headers: dict[str, str] | None = None,
        body: bytes | str | Callable[[Write], Awaitable[object]] = b"",
    ) -> Answer:
        """The `Answer` to a request. A `body` that is an async function is given one, `write`, to
        send it piece by piece. Raises ValueError for what is no address, OSError if there is no
        connection or no response, TimeoutError."""
        if isinstance(body, str):
            body = body.encode()
        for _ in range(self.redirects + 1):
            address = Address(url)
            answer = await asyncio.wait_for(self._ask(address, method, headers, body), self.timeout)
            location = answer.headers.get("location")
            if not self.redirects or answer.status not in _MOVED or location is None:
                return answer
            if answer.body.short:
                await answer.body.discard()
            answer.close()
            url = address.joined(location)
            if answer.status == 303 or (answer.status < 303 and method == "POST"):
                method, body = "GET", b""
            if Address(url).authority != address.authority and headers:
                headers = _public(headers)
        raise ProtocolError("more than %d redirects" % self.redirects)

    def close(self) -> None:
        """Close the connections that nobody uses."""
        for wires in self._idle.values():
            for wire in wires:
                wire.close()
        self._idle.clear()

    def _head(self, address, method, headers, body):
        """The head of a request, bytes. Raises ValueError."""
        lines = {"Host": address.authority}
        if address.user and not any(name.lower() == "authorization" for name in headers or ()):
            encoded = binascii.b2a_base64(address.user.encode(), newline=False)
            lines["Authorization"] = "Basic " + str(encoded, "ascii")
        lines.update(headers or {})
        if not method.isalpha():
            raise ValueError("not a method: " + method)
        first = "%s %s HTTP/1.1\r\n" % (method, address.target)
        if callable(body):
            first += "Transfer-Encoding: chunked\r\n"
        elif body or method in ("POST", "PUT", "PATCH"):
            first += "Content-Length: %d\r\n" % len(body)
        if not self.keep:
            first += "Connection: close\r\n"
        return first.encode() + fields_of(lines) + b"\r\n"

    def _waiting(self, place):
        """A connection that waits for a request, None if there is none. One on which something came
        that nobody asked for is none: it is not the response to what will be."""
        while self._idle.get(place):
            wire = self._idle[place].pop()
            try:
                if wire.take(_HEAD) is None:
                    return wire
            except OSError:
                pass
            wire.close()
        return None

    def _leave(self, place, wire):
        """Let a connection wait for another request; of too many, one that has waited goes."""
        if sum(map(len, self._idle.values())) >= _MOST_IDLE:
            next(waiting for waiting in self._idle.values() if waiting).pop(0).close()
        self._idle.setdefault(place, []).append(wire)

    async def _ask(self, address, method, headers, body):
        message = self._head(address, method, headers, body)
        if not callable(body):
            message += body
        place = address.scheme, address.host, address.port
        while method in _AGAIN and not callable(body):
            # A server may close it at any time, which tells only when it is used.
            wire = self._waiting(place)
            if wire is None:
                break
            try:
                return await self._exchange(wire, place, method, message, b"")
            except (EOFError, OSError):
                wire.close()
            except BaseException:
                wire.close()
                raise
        options = (
            {"ssl": True, "server_hostname": address.host} if address.scheme == "https" else {}
        )
        try:
            reader, _ = await self._connect(address.host, address.port, **options)
        except OSError as error:
            told = "%s:%d: %s" % (address.host, address.port, error)
            raise type(error)(error.errno, told)
        wire = Wire(reader.s, self._pool, self._clock)
        try:
            return await self._exchange(wire, place, method, message, body)
        except EOFError:
            wire.close()
            raise ProtocolError("no response")
        except BaseException:
            wire.close()
            raise

    async def _exchange(self, wire, place, method, message, body):
        await wire.send(message, 0, len(message))
        if callable(body):
            await _send_chunks(wire, body)
        facts = array("l", bytes(64))
        status = 100
        while status < 200:
            size = seen = 0
            while size == 0:
                if wire.stop > wire.start + seen:
                    size = _http.parse_response(wire.data, wire.start, wire.stop, seen, facts)
                    seen = wire.stop - wire.start
                if size == 0 and not await wire.fill(_HEAD):
                    raise wire.lost()
            if size < 0:
                raise ProtocolError("not a response")
            head = wire.data[wire.start : wire.start + size]
            wire.use(size)
            status = facts[2]
        flags = facts[0]

        def ended():
            if self.keep and flags & _KEEP and length != TO_THE_END and wire.start == wire.stop:
                self._leave(place, wire)
            else:
                wire.close()

        length = CHUNKS if flags & _CHUNKED else facts[1] if facts[1] >= 0 else TO_THE_END
        if method == "HEAD" or status in (204, 304) or length == 0:
            length = 0
            ended()
            return Answer(status, head, EMPTY, wire, None)
        body = Body(wire, length, self.limit, ended=ended)
        return Answer(status, head, body, wire, self.timeout)


async def _send_chunks(wire, body):
    """Send a body as it is written."""

    async def write(piece):
        piece = piece.encode() if isinstance(piece, str) else piece
        if len(piece):
            for part in (b"%x\r\n" % len(piece), piece, b"\r\n"):
                await wire.send(part, 0, len(part))

    await body(write)
    await wire.send(_LAST, 0, len(_LAST))


def _public(headers):
    """Without what is meant for one server only."""
    secret = ("authorization", "cookie")
    return {name: value for name, value in headers.items() if name.lower() not in secret}


async def request(
    url: str,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    body: bytes | str | Callable[[Write], Awaitable[object]] = b"",
    **options: Any,
) -> Answer:
    """The `Answer` to one request, on a connection of its own; `options` are a `Client`'s."""
    return await Client(keep=False, **options).request(url, method, headers, body)
