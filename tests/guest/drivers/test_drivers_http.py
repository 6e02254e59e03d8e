"""The HTTP drivers: what is read of heads and chunks, what is refused, and what is written."""

from __future__ import annotations

import ctypes
import random
from array import array
from collections.abc import Callable
from email.utils import formatdate
from pathlib import Path
from typing import Any

import pytest

from mirage_py.cython import Mode
from tests.support.extension import Driver
from tests.support.freestanding import (
    BINDINGS,
    INCLUDES,
    SANITIZED,
    WARNINGS,
    Host,
    flags,
    run,
    translate,
)
from tests.support.vendored import picohttpparser

HERE = Path(__file__).parent
GetDriver = Callable[[str], Driver]
KEEP, CHUNKED, CONTINUE, NEW, BODILESS = 1, 2, 4, 8, 16
METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "TRACE"]


@pytest.fixture
def http(driver: GetDriver) -> Any:
    return driver("http").python


@pytest.fixture
def write(driver: GetDriver) -> Any:
    return driver("http_write").python


def facts() -> array[int]:
    return array("q", bytes(64))


def head(*lines: str, start: str = "GET / HTTP/1.1", host: str | None = "a") -> bytes:
    """A request's head of these lines."""
    hosts = [] if host is None else [f"Host: {host}"]
    return "".join(f"{line}\r\n" for line in [start, *hosts, *lines, ""]).encode("latin-1")


def parsed(http: Any, data: bytes) -> int:
    return int(http.parse_request(data, 0, len(data), 0, facts()))


def test_request(http: Any) -> None:
    data = b"junk" + head("X: y", start="POST /a?b=c HTTP/1.1") + b"body"
    found = facts()
    size = http.parse_request(data, 4, len(data), 0, found)
    assert data[4 + size :] == b"body"
    own = data[4:]
    assert own[found[3] : found[4]] == b"POST"
    assert own[found[5] : found[6]] == b"/a?b=c"
    assert list(found[:3]) == [KEEP | NEW, -1, 3]


@pytest.mark.parametrize("method", [*METHODS, "PURGE", "G", "GETS", "get"])
def test_methods(http: Any, method: str) -> None:
    found = facts()
    data = head(start=f"{method} / HTTP/1.1")
    assert http.parse_request(data, 0, len(data), 0, found) == len(data)
    assert found[2] == (METHODS.index(method) + 1 if method in METHODS else 0)
    assert data[found[3] : found[4]].decode() == method


@pytest.mark.parametrize(
    ("lines", "start", "expected"),
    [
        ([], "GET / HTTP/1.1", KEEP | NEW),
        ([], "GET / HTTP/1.0", 0),
        (["Connection: close"], "GET / HTTP/1.1", NEW),
        (["connection: Upgrade , CLOSE"], "GET / HTTP/1.1", NEW),
        (["Connection: closed"], "GET / HTTP/1.1", KEEP | NEW),
        (["Connection: keep-alive"], "GET / HTTP/1.0", KEEP),
        (["Connection: close", "Connection: keep-alive"], "GET / HTTP/1.0", 0),
        (["Transfer-Encoding: Chunked"], "GET / HTTP/1.1", KEEP | NEW | CHUNKED),
        (["Expect: 100-Continue"], "GET / HTTP/1.1", KEEP | NEW | CONTINUE),
        (["Expect: 100-continue"], "GET / HTTP/1.0", 0),
    ],
)
def test_flags(http: Any, lines: list[str], start: str, expected: int) -> None:
    found = facts()
    data = head(*lines, start=start)
    assert http.parse_request(data, 0, len(data), 0, found) == len(data)
    assert found[0] == expected


@pytest.mark.parametrize(
    ("value", "length"),
    [("0", 0), ("7", 7), ("00012", 12), ("  5\t", 5), ("9" * 15, 10**15 - 1)],
)
def test_content_length(http: Any, value: str, length: int) -> None:
    found = facts()
    data = head(f"Content-Length: {value}")
    assert http.parse_request(data, 0, len(data), 0, found) == len(data)
    assert found[1] == length


SMUGGLED = {
    "length beside chunks": head("Content-Length: 3", "Transfer-Encoding: chunked"),
    "chunks beside length": head("Transfer-Encoding: chunked", "Content-Length: 3"),
    "two lengths": head("Content-Length: 3", "Content-Length: 4"),
    "two equal lengths": head("Content-Length: 3", "content-length: 3"),
    "list of lengths": head("Content-Length: 3, 3"),
    "signed length": head("Content-Length: +3"),
    "negative length": head("Content-Length: -3"),
    "hexadecimal length": head("Content-Length: 0x3"),
    "empty length": head("Content-Length:"),
    "spaced length": head("Content-Length: 1 2"),
    "long length": head(f"Content-Length: {'9' * 16}"),
    "two codings": head("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
    "chunks in 1.0": head("Transfer-Encoding: chunked", start="POST / HTTP/1.0"),
    "folded field": head("X: a", " Transfer-Encoding: chunked"),
    "folded first field": head(" X: a"),
    "space before colon": head("Content-Length : 3"),
    "no colon": head("Content-Length"),
    "no name": head(": 3"),
    "name with null": head("Content\0Length: 3"),
    "value with null": head("X: a\0b"),
    "value with bare return": head("X: a\rContent-Length: 3"),
    "bare line feed": head("X: a\nContent-Length: 3"),
    "first line with bare line feed": b"GET / HTTP/1.1\nHost: a\r\n\r\n",
    "end with bare line feed": b"GET / HTTP/1.1\r\nHost: a\r\n\n",
    "begin with bare line feed": b"\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "no host": head(host=None),
    "two hosts": head("Host: b"),
    "host with space": head(host="a b"),
}
REFUSED = SMUGGLED | {
    "two spaces": head(start="GET  / HTTP/1.1"),
    "space behind target": head(start="GET /  HTTP/1.1"),
    "no target": head(start="GET HTTP/1.1"),
    "no version": head(start="GET /"),
    "old version": head(start="GET / HTTP/0.9"),
    "small version": head(start="GET / http/1.1"),
    "long version": head(start="GET / HTTP/1.10"),
    "tab": head(start="GET\t/ HTTP/1.1"),
    "method with colon": head(start="GE:T / HTTP/1.1"),
    "target beyond ASCII": head(start="GET /\xe4 HTTP/1.1"),
    "target with control": head(start="GET /\x01 HTTP/1.1"),
    "target with delete": head(start="GET /\x7f HTTP/1.1"),
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
}


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_refused(http: Any, data: bytes) -> None:
    assert parsed(http, data) == -400


def test_another_version(http: Any) -> None:
    assert parsed(http, head(start="GET / HTTP/2.0")) == -505
    assert parsed(http, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") == -505


def test_empty_line_before(http: Any) -> None:
    """As some clients send behind a body (RFC 9112, 2.2)."""
    assert parsed(http, b"\r\n" + head()) == len(head()) + 2


@pytest.mark.parametrize(
    "coding", ["gzip", "gzip, chunked", "chunked, gzip", "xchunked", "", "identity"]
)
def test_unknown_coding(http: Any, coding: str) -> None:
    assert parsed(http, head(f"Transfer-Encoding: {coding}")) == -501


def test_unknown_expectation(http: Any) -> None:
    assert parsed(http, head("Expect: cake")) == -417


def test_number_of_fields(http: Any) -> None:
    lines = [f"X-{number}: {number}" for number in range(64)]
    assert parsed(http, head(*lines[:63])) > 0
    assert parsed(http, head(*lines)) == -431


def test_size_of_a_head(http: Any) -> None:
    """What is longer than offsets can tell is refused, whether its end is there or not."""
    longest = 65535 - len(head("X: "))
    assert parsed(http, head("X: " + longest * "x")) == 65535
    assert parsed(http, head("X: " + (longest + 1) * "x")) == -431
    assert parsed(http, head("X: " + 70000 * "x")[:-2]) == -431


def test_byte_by_byte(http: Any) -> None:
    """A head is the same however it comes, and looked at anew only where it is new."""
    data = head("X: y", "Content-Length: 3") + b"abc"
    whole = facts()
    size = http.parse_request(data, 0, len(data), 0, whole)
    for seen in (False, True):
        found = facts()
        for stop in range(1, size):
            before = stop - 1 if seen else 0
            assert http.parse_request(data, 0, stop, before, found) == 0
            assert found == facts()
        assert http.parse_request(data, 0, size, size - 1, found) == size
        assert found == whole


def test_empty_line_before_a_request(http: Any) -> None:
    data = b"\r\n" + head()
    found = facts()
    assert http.parse_request(data, 0, len(data), 0, found) == len(data)
    assert data[found[3] : found[4]] == b"GET"


@pytest.mark.parametrize(
    ("start", "stop", "seen"), [(-1, 5, 0), (5, 5, 0), (0, 99, 0), (0, 5, 6), (0, 5, -1)]
)
def test_ranges(http: Any, start: int, stop: int, seen: int) -> None:
    with pytest.raises(IndexError):
        http.parse_request(b"GET / HTTP", start, stop, seen, facts())
    with pytest.raises(IndexError):
        http.parse_response(b"HTTP/1.1 2", start, stop, seen, facts())
    with pytest.raises(IndexError):
        http.parse_trailers(b"A: b\r\n\r\n  ", start, stop, seen)
    if seen == 0:
        with pytest.raises(IndexError):
            http.decode(bytearray(10), start, stop, facts())
    with pytest.raises(IndexError):
        http.parse_request(b"GET / HTTP", 0, 5, 0, array("q", bytes(56)))


def found(http: Any, data: bytes, name: str, start: int = 0) -> bytes | None:
    at = http.find(data, start, name)
    return None if at < 0 else data[at >> 16 : at & 65535]


def test_find(http: Any) -> None:
    data = head("Accept: a", "accept:  b c \t", "X-Accept: d", "Empty:", host="here")
    assert found(http, data, "host") == b"here"
    assert found(http, data, "HOST") == b"here"
    assert found(http, data, "Accept") == b"a"
    second = http.find(data, http.find(data, 0, "accept") & 65535, "accept")
    assert data[second >> 16 : second & 65535] == b"b c"
    assert found(http, data, "x-accept") == b"d"
    assert found(http, data, "empty") == b""
    for absent in ("acc", "accept:", "GET / HTTP/1.1", "d", "", "\r"):
        assert found(http, data, absent) is None
    for end in range(1, len(data)):  # of what is no whole head it finds what is there, or nothing
        assert found(http, data[:end], "empty") in {None, b""}
    with pytest.raises(IndexError):
        http.find(b"x" * 65536, 0, "a")


def test_response(http: Any) -> None:
    data = b"HTTP/1.1 404 No such thing\r\nContent-Length: 2\r\n\r\nok"
    found = facts()
    assert http.parse_response(data, 0, len(data), 0, found) == len(data) - 2
    assert list(found[:3]) == [KEEP | NEW, 2, 404]
    short = b"HTTP/1.0 200\r\n\r\n"
    assert http.parse_response(short, 0, len(short), 0, found) == len(short)
    assert list(found[:3]) == [0, -1, 200]
    assert http.parse_response(short, 0, 9, 0, found) == 0


@pytest.mark.parametrize(
    "data",
    [
        b"HTTP/1.1 20 x\r\n\r\n",
        b"HTTP/1.1 099 x\r\n\r\n",
        b"HTTP/2 200 OK\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        b"HTTP/1.1 200 OK\nX: y\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: y\r\n z\r\n\r\n",
    ],
)
def test_refused_response(http: Any, data: bytes) -> None:
    assert http.parse_response(data, 0, len(data), 0, facts()) == -400


def chunked(http: Any, *pieces: bytes) -> tuple[bytes, bool, bytes]:
    """The body that chunks make, whether it has ended, and what is behind it."""
    state, body, rest = facts(), b"", b""
    for piece in pieces:
        data = bytearray(piece)
        size = http.decode(data, 0, len(data), state)
        if size < 0:
            raise ValueError("refused")
        body += data[:size]
        rest = bytes(data[size : size + state[7]])
    return body, bool(state[6]), rest


def test_chunks(http: Any) -> None:
    wire = b"3\r\nabc\r\n00A;x=y\r\n0123456789\r\n0\r\n\r\nGET"
    assert chunked(http, wire) == (b"abc0123456789", True, b"\r\nGET")
    single = [wire[i : i + 1] for i in range(len(wire) - 5)]
    assert chunked(http, *single) == (b"abc0123456789", True, b"")
    assert chunked(http, wire[:20]) == (b"abc012", False, b"")


@pytest.mark.parametrize(
    "wire",
    [
        b"\r\n", b"x\r\n", b"-1\r\n", b"+1\r\n", b"0x1\r\n", b" 1\r\n", b"g\r\n", b"1g\r\n",
        b";\r\n",
        b"3\nabc\r\n", b"3\r\nabcd\r\n", b"3\r\nab\r\n", b"3\rabc", b"3\r\nabc\n", b"3;x\ny\r\n",
        b"11111111111111111\r\n", b"3\r\nabc\r\r\n", b"3\r\n abc\r\n",
    ],
)  # fmt: skip
def test_bad_chunks(http: Any, wire: bytes) -> None:
    with pytest.raises(ValueError, match="refused"):
        chunked(http, wire)
    with pytest.raises(ValueError, match="refused"):
        chunked(http, *(bytes([byte]) for byte in wire))


def test_chunk_as_long_as_numbers_go(http: Any) -> None:
    """A size that nobody will send does not make what came longer."""
    assert chunked(http, b"ffffffffffffffff\r\nabc") == (b"abc", False, b"")


def test_chunks_that_are_mostly_framing(http: Any) -> None:
    with pytest.raises(ValueError, match="refused"):
        chunked(http, *([b"1;" + 1000 * b"x" + b"\r\na\r\n"] * 200))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\r\nGET", 2),
        (b"\r", 0),
        (b"A: b\r\n\r\nGET", 8),
        (b"A: b\r\n", 0),
        (b"A: b\r\n c\r\n\r\n", -400),
        (b"A: b\n\n", -400),
        (b"\n", -400),
        (b"A b\r\n\r\n", -400),
        (b"".join(b"A: b\r\n" for _ in range(65)), -431),
    ],
)
def test_trailers(http: Any, data: bytes, expected: int) -> None:
    assert http.parse_trailers(data, 0, len(data), 0) == expected


def responded(write: Any, *arguments: object, room: int = 1000) -> tuple[list[str], bytes]:
    """The lines of a written head but for its date, and what is behind it."""
    out = bytearray(room)
    size = write.respond(out, *arguments)
    top, _, body = bytes(out[: abs(size)]).partition(b"\r\n\r\n")
    lines = top.decode().split("\r\n")
    assert lines.pop(1) == "Date: Thu, 01 Jan 1970 00:00:00 GMT"
    return lines, body


def test_respond(write: Any) -> None:
    fields = b"Content-Type: text/plain\r\n"
    assert responded(write, 200, KEEP | NEW, 5, fields, b"hello") == (
        ["HTTP/1.1 200 OK", "Content-Type: text/plain", "Content-Length: 5"],
        b"hello",
    )
    assert responded(write, 404, NEW, 0, b"", b"") == (
        ["HTTP/1.1 404 Not Found", "Content-Length: 0", "Connection: close"],
        b"",
    )
    assert responded(write, 299, KEEP, -1, b"", b"") == (
        ["HTTP/1.1 299 ", "Connection: keep-alive"],
        b"",
    )
    assert responded(write, 200, KEEP | NEW | CHUNKED, -1, b"", b"")[0] == [
        "HTTP/1.1 200 OK",
        "Transfer-Encoding: chunked",
    ]
    assert responded(write, 200, KEEP | NEW | BODILESS, 10**14, b"", b"x") == (
        ["HTTP/1.1 200 OK", f"Content-Length: {10**14}"],
        b"",
    )


def test_respond_room(write: Any) -> None:
    """A body that does not fit is left; a head that does not fit is an error."""
    out = bytearray(450)
    size = write.respond(out, 200, KEEP | NEW, 400, b"", bytes(400))
    assert -450 < size < -50
    assert out[-size - 4 : -size] == b"\r\n\r\n"
    assert out[-size:] == bytes(450 + size)
    exact = bytearray(-size + 400)
    assert write.respond(exact, 200, KEEP | NEW, 400, b"", bytes(400)) == len(exact)
    for room in range(1, -size):
        with pytest.raises(ValueError, match="no room"):
            write.respond(bytearray(room), 200, KEEP | NEW, 400, b"", bytes(400))
    for status in (99, 1000, -200):
        with pytest.raises(ValueError, match="status"):
            write.respond(out, status, 0, 0, b"", b"")
    with pytest.raises(IndexError):
        write.respond(bytearray(0), 200, 0, 0, b"", b"")


def test_date_follows_the_clock(write: Any, driver: GetDriver) -> None:
    out = bytearray(200)
    for second in (1, 951782400, 1700000000, 1700000000):
        driver("http_write").c.fake_set_clocks(
            ctypes.c_uint64(0), ctypes.c_uint64(second * 10**9 + 999), ctypes.c_uint64(0)
        )
        write.respond(out, 200, 0, 0, b"", b"")
        assert formatdate(second, usegmt=True).encode() in out


def test_date(write: Any) -> None:
    """As Python's own, over leap years, centuries and the last day that can be written."""
    out = bytearray(29)
    choose = random.Random(1)
    moments = [0, 86399, 86400, 951782399, 951868800, 4107542399, 4107542400, 253402300799]
    moments += [choose.randrange(253402300800) for _ in range(2000)]
    for moment in moments:
        write.date(out, moment)
        assert out.decode() == formatdate(moment, usegmt=True), moment
    for wrong in (-1, 253402300800):
        with pytest.raises(ValueError, match="year"):
            write.date(out, wrong)
    with pytest.raises(ValueError, match="room"):
        write.date(bytearray(28), 0)


def test_field(write: Any) -> None:
    out = bytearray(20)
    assert write.field(out, 2, "X-A", "b c") == 12
    assert out[2:12] == b"X-A: b c\r\n"
    assert write.field(out, 0, "A", "") == 5
    for name in ("", "a b", "a:", "a\r\nb", "ä", "a("):
        with pytest.raises(ValueError, match="name of a header field"):
            write.field(out, 0, name, "b")
    for value in ("b\r\nc: d", "b\n", "\x01", "\x7f"):
        with pytest.raises(ValueError, match="in a header field"):
            write.field(out, 0, "a", value)
    with pytest.raises(ValueError, match="room"):
        write.field(out, 0, "long", 20 * "x")
    for at in (-1, 21):
        with pytest.raises(IndexError):
            write.field(out, at, "a", "b")


def test_chunk(write: Any, http: Any) -> None:
    out = bytearray(100)
    size = write.chunk(out, b"0123456789abcdef")
    assert out[:size] == b"10\r\n0123456789abcdef\r\n"
    assert chunked(http, bytes(out[:size]))[0] == b"0123456789abcdef"
    assert write.chunk(out, bytes(94)) == 100
    assert write.chunk(out, bytes(95)) == -4
    assert out[:4] == b"5f\r\n"
    with pytest.raises(ValueError, match="empty"):
        write.chunk(out, b"")
    with pytest.raises(ValueError, match="room"):
        write.chunk(bytearray(3), bytes(95))


def seeds() -> list[bytes]:
    """Input that reaches far into the parser, good and bad."""
    chunks = b"5;a=b\r\nhello\r\n0\r\nX: y\r\n\r\n"
    good = head("Transfer-Encoding: chunked", "Connection: a, close", start="POST /a?b HTTP/1.1")
    response = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: \xff\r\n\r\nhello"
    return [good + chunks, response, chunks, b"A: b\r\n\r\n", *SMUGGLED.values()]


def test_damaged_input(tmp_path: Path) -> None:
    """Whatever comes in and however it is cut, nothing is read or written beside the buffer, and
    what is told of a message lies inside it. Under the sanitizers; always the same input."""
    translate(BINDINGS / "http" / "http.pyx", Mode.DRIVER, tmp_path)
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, data in enumerate(seeds()):
        (corpus / f"{number:02}").write_bytes(data)
    library = picohttpparser() / "picohttpparser.c"
    options = [*SANITIZED, *flags([*INCLUDES, tmp_path, library.parent])]
    run("gcc", *options, "-w", "-c", library, "-o", tmp_path / "library.o")
    program = tmp_path / "probe"
    run("gcc", *WARNINGS, *options, HERE / "http_probe.c", tmp_path / "library.o",
        *Host(tmp_path).support(), "-o", program)  # fmt: skip
    done = run(program, "100000", *sorted(corpus.iterdir()))
    accepted, refused, short = map(int, done.stdout.split())
    assert min(accepted, refused, short) > 5000, done.stdout
