"""The client: requests to http and https addresses."""

import asyncio
import json
from array import array

import _http
from mirage.http.body import CHUNKS, EMPTY, TO_THE_END, Body
from mirage.http.message import Headers, fields_of
from mirage.http.wire import Clock, Wire

if False:  # for type checkers
    from collections.abc import Awaitable, Callable
    from typing import Any

_KEEP = 1
_CHUNKED = 2
_HEAD = 16384
_MOVED = (301, 302, 303, 307, 308)
# What may be asked twice, if the first time was on a connection that was closed (RFC 9110, 9.2.2).
_AGAIN = ("GET", "HEAD", "OPTIONS", "PUT", "DELETE")
_PORTS = {"http": 80, "https": 443}


class ProtocolError(OSError):
    """What a server sent is no response that can be read."""


class Address:
    """The parts of an address: `http://host:port/target`. Raises ValueError."""

    scheme: str

    def __init__(self, url: str) -> None:
        self.scheme, _, rest = url.partition("://")
        if self.scheme not in _PORTS:
            raise ValueError("not an http or https address: " + url)
        cut = min([at for at in (rest.find(mark) for mark in "/?#") if at >= 0] or [len(rest)])
        self.authority: str = rest[:cut]
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
        if "://" in location:
            return location
        if location.startswith("//"):
            return self.scheme + ":" + location
        if not location.startswith("/"):
            location = self.target.partition("?")[0].rpartition("/")[0] + "/" + location
        return self.scheme + "://" + self.authority + location


class Answer:
    """A server's response.

    status   200 and so on
    headers  a `Headers`
    body     a `Body`; when it has been read, the connection is free for another request
    """

    def __init__(self, status: int, head: bytes, body: Body, wire: object) -> None:
        self.status = status
        self.headers: Headers = Headers(head)
        self.body = body
        self._wire = wire

    async def read(self) -> bytes:
        """The whole body, bytes."""
        return await self.body.read()

    async def text(self) -> str:
        """The whole body, which is UTF-8, a str."""
        return str(await self.body.read(), "utf-8")

    async def json(self) -> Any:
        """What the whole body is in JSON."""
        return json.loads(await self.text())

    def close(self) -> None:
        """Read no more of the body."""
        if not self.body.done:
            self._wire.close()


class Client:
    """Asks servers, and keeps connections that they let stay.

    keep       whether connections are kept
    timeout    seconds for a connection to be made and the head of a response to come
    redirects  how many of them are followed
    limit      the most bytes of a body in chunks
    connect    what makes connections, with the arguments of `asyncio.open_connection`
    """

    def __init__(
        self,
        *,
        keep: bool = True,
        timeout: float = 30,
        redirects: int = 5,
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
        body: bytes | str = b"",
    ) -> Answer:
        """The `Answer` to a request. Raises ValueError for what is no address, OSError if there is
        no connection or no response, asyncio.TimeoutError."""
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

    async def _ask(self, address, method, headers, body):
        lines = {"Host": address.authority}
        lines.update(headers or {})
        if not method.isalpha():
            raise ValueError("not a method: " + method)
        first = "%s %s HTTP/1.1\r\n" % (method, address.target)
        if body or method in ("POST", "PUT", "PATCH"):
            first += "Content-Length: %d\r\n" % len(body)
        if not self.keep:
            first += "Connection: close\r\n"
        message = first.encode() + fields_of(lines) + b"\r\n" + body
        place = address.scheme, address.host, address.port
        while method in _AGAIN and self._idle.get(place):
            # A server may have closed it meanwhile, which tells only when it is used.
            wire = self._idle[place].pop()
            try:
                return await self._exchange(wire, place, method, message)
            except (EOFError, ProtocolError, OSError):
                wire.close()
        options = (
            {"ssl": True, "server_hostname": address.host} if address.scheme == "https" else {}
        )
        reader, _ = await self._connect(address.host, address.port, **options)
        wire = Wire(reader.s, self._pool, self._clock)
        try:
            return await self._exchange(wire, place, method, message)
        except EOFError:
            wire.close()
            raise ProtocolError("no response")
        except BaseException:
            wire.close()
            raise

    async def _exchange(self, wire, place, method, message):
        await wire.send(message, 0, len(message))
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
                self._idle.setdefault(place, []).append(wire)
            else:
                wire.close()

        length = CHUNKS if flags & _CHUNKED else facts[1] if facts[1] >= 0 else TO_THE_END
        if method == "HEAD" or status in (204, 304) or length == 0:
            length = 0
            ended()
            return Answer(status, head, EMPTY, wire)
        return Answer(status, head, Body(wire, length, self.limit, ended=ended), wire)


def _public(headers):
    """Without what is meant for one server only."""
    secret = ("authorization", "cookie")
    return {name: value for name, value in headers.items() if name.lower() not in secret}


async def request(
    url: str,
    method: str = "GET",
    headers: dict[str, str] | None = None,
    body: bytes | str = b"",
    **options: Any,
) -> Answer:
    """The `Answer` to one request, on a connection of its own; `options` are a `Client`'s."""
    return await Client(keep=False, **options).request(url, method, headers, body)
