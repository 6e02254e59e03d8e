"""What a handler is given and gives: requests, responses, header fields."""

import json as _json

import _http
import _http_write

if False:  # for type checkers
    from collections.abc import Awaitable, Callable, Iterable, Iterator
    from typing import Any

    from mirage.http.body import Body

    Data = bytes | bytearray | memoryview
    Fields = dict[str, str] | Iterable[tuple[str, str]]
    Write = Callable[[Data], Awaitable[object]]
    Content = Data | str | Callable[[Write], Awaitable[object]]

_PARTS = ("Request.json",)
_METHODS = ("", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE")
_TEXT = b"Content-Type: text/plain; charset=utf-8\r\n"
_BYTES = b"Content-Type: application/octet-stream\r\n"
# What is decided where the message is sent.
_OURS = ("connection", "content-length", "date", "transfer-encoding")

_PLAIN = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/!$&'()*+,;=:@"

_scratch = bytearray(4096)


def _no_status(status):
    return ValueError("an answer has a status of 200 to 599, not %d" % status)


class Error(Exception):
    """A status to answer with: a handler that raises `Error(404)` answers just that."""

    def __init__(self, status: int, text: str = "") -> None:
        super().__init__(status, text)
        if not 200 <= status <= 599:
            raise _no_status(status)
        self.status = status
        self.text = text


class Headers:
    """The fields of a head, looked up where they lie. Names are in letters of any case."""

    def __init__(self, head: Data) -> None:
        self._head = head

    def get(self, name: str, default: str | None = None) -> str | None:
        """The value of the first field of that name, a str."""
        found = _http.find(self._head, 0, name)
        return default if found < 0 else text_of(self._head, found >> 16, found & 65535)

    def get_all(self, name: str) -> list[str]:
        """The values of all fields of that name, in their order."""
        values = []
        found = _http.find(self._head, 0, name)
        while found >= 0:
            values.append(text_of(self._head, found >> 16, found & 65535))
            found = _http.find(self._head, found & 65535, name)
        return values

    def __getitem__(self, name: str) -> str:
        found = _http.find(self._head, 0, name)
        if found < 0:
            raise KeyError(name)
        return text_of(self._head, found >> 16, found & 65535)

    def __contains__(self, name: str) -> bool:
        return _http.find(self._head, 0, name) >= 0

    def items(self) -> Iterator[tuple[str, str]]:
        """Pairs of all names and values, in their order."""
        for line in text_of(self._head, 0, len(self._head)).strip().split("\r\n")[1:]:
            name, _, value = line.partition(":")
            yield name, value.strip()


class Request:
    """What a client asks.

    method   "GET" and so on
    target   as it was sent: "/search?q=a%20b"
    path     of that what stands before a question mark, decoded: "/search"
    query    and what stands behind it: {"q": "a b"}; of a name's values the last
    headers  a `Headers`
    body     a `Body`
    peer     the client's address and port
    """

    def __init__(self, head: Data, facts: Any, body: Body, peer: tuple[str, int]) -> None:
        self.head = head
        self.body = body
        self.peer = peer
        self._line = facts[7]

    @property
    def method(self) -> str:
        line = self._line
        return _METHODS[line >> 48] or text_of(self.head, line & 65535, line >> 16 & 65535)

    @property
    def target(self) -> str:
        line = self._line
        return text_of(self.head, (line >> 16 & 65535) + 1, line >> 32 & 65535)

    @property
    def headers(self) -> Headers:
        return Headers(self.head)

    @property
    def path(self) -> str:
        target = self.target
        if not target.startswith("/") and "://" in target:
            target = "/" + target.split("://", 1)[1].partition("/")[2]
        return unquote(target.partition("?")[0])

    @property
    def query(self) -> dict[str, str]:
        return pairs(self.target.partition("?")[2])

    async def read(self) -> bytes:
        """The whole body, bytes. Raises Error for one that is too large or not well formed."""
        return await self.body.read()

    async def text(self) -> str:
        """The whole body, which is UTF-8, a str. Raises Error."""
        try:
            return str(await self.body.read(), "utf-8")
        except UnicodeError:
            raise Error(400, "not UTF-8\n")

    async def json(self) -> Any:
        """What the whole body is in JSON. Raises Error."""
        try:
            return _json.loads(await self.text())
        except ValueError:
            raise Error(400, "not JSON\n")


class Response:
    """What is answered.

    body     bytes, str (sent as UTF-8) or another buffer; or an async function, which is given an
             async function `write(buffer)` to send the body piece by piece
    status   200 and so on
    headers  a dict or pairs, of str. What the message's framing says is not among them
    content_type  by default text/plain for a str, application/octet-stream for a buffer
    length   of a body that is written piece by piece, its bytes if they are known before

    One may be answered any number of times. Raises ValueError for what no field can hold, and for a
    status that is no answer's: those are 200 to 599 (RFC 9110, 15).
    """

    def __init__(
        self,
        body: Content = b"",
        status: int = 200,
        headers: Fields | None = None,
        content_type: str | None = None,
        length: int | None = None,
    ) -> None:
        if not 200 <= status <= 599:
            raise _no_status(status)
        self.status = status
        self.length = length
        if isinstance(body, str):
            body = body.encode()
            kind = _TEXT
        else:
            kind = _BYTES if body else b""
        self.body = body
        if content_type is None and headers is None:
            self.fields = kind
            return
        self.fields: bytes = fields_of(headers or ())
        if content_type is not None:
            self.fields += fields_of((("Content-Type", content_type),))
        elif _http.find(b"\n" + self.fields, 0, "content-type") < 0:
            self.fields += kind


def response_of(answer: object) -> Response:
    """What a handler returned as a Response: a body, or a status, headers and a body. TypeError for
    anything else."""
    if isinstance(answer, Response):
        return answer
    if isinstance(answer, tuple):
        status, headers, body = answer
        return Response(body, status, headers)
    if isinstance(answer, (bytes, str, bytearray, memoryview)):
        return Response(answer)
    kind = type(answer).__name__
    raise TypeError("a handler returns a Response, a body, or (status, headers, body), not " + kind)


def json(value: object, status: int = 200, headers: Fields | None = None) -> Response:
    """A Response that is `value` in JSON."""
    return Response(_json.dumps(value), status, headers, "application/json")


def redirect(location: str, status: int = 302) -> Response:
    """A Response that sends the client to `location`."""
    return Response(b"", status, {"Location": location})


def fields_of(headers: Fields) -> bytes:
    """The lines of a head, bytes, for a dict or pairs. Raises ValueError."""
    at = 0
    for name, value in headers.items() if isinstance(headers, dict) else headers:
        if name.lower() in _OURS:
            raise ValueError(name + " is not a handler's to say")
        at = _http_write.field(_scratch, at, name, value)
    return bytes(memoryview(_scratch)[:at])


def text_of(head: Data, start: int, stop: int) -> str:
    """A part of a head as str: UTF-8, or else each byte a character."""
    part = memoryview(head)[start:stop]
    try:
        return str(part, "utf-8")
    except UnicodeError:
        return "".join(chr(byte) for byte in part)


def unquote(text: str) -> str:
    """Without percent-encoding (RFC 3986, 2.1); what is not well encoded stays."""
    if "%" not in text:
        return text
    first, *rest = text.encode().split(b"%")
    parts = [first]
    for part in rest:
        try:
            parts += (bytes((int(part[:2], 16),)), part[2:]) if len(part) > 1 else (b"%", part)
        except ValueError:
            parts += (b"%", part)
    joined = b"".join(parts)
    return text_of(joined, 0, len(joined))


def quote(path: str) -> str:
    """A path with percent-encoding of what may not stand in one (RFC 3986, 3.3)."""
    return "".join(chr(one) if one in _PLAIN else "%%%02X" % one for one in path.encode())


def pairs(query: str) -> dict[str, str]:
    """The names and values of a query or a form (application/x-www-form-urlencoded)."""
    found = {}
    for part in query.split("&"):
        if part:
            name, _, value = part.replace("+", " ").partition("=")
            found[unquote(name)] = unquote(value)
    return found
