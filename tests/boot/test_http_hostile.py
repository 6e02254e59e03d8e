"""An HTTP server in an image, and peers that mean it no good: others are answered meanwhile, and
the memory that was taken is given back."""

from __future__ import annotations

import contextlib
import socket
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.support.network import Guest, Network, can_make_namespaces, eventually
from tests.support.unikernel import Unikernels

pytestmark = pytest.mark.skipif(
    not can_make_namespaces(), reason="needs root and /dev/net/tun for a tap"
)
GUEST = "10.0.0.2"
LIMIT = 120
"""Connections that the server keeps open."""
PATIENT, CROWDED = 81, 82
"""Ports whose servers wait for ten minutes; the second keeps LIMIT connections."""
MANY, SHARE = 1000, 250
CLIENTS = [f"10.0.0.{number}" for number in range(10, 16)]
SPARE = 50_000
NETWORK = 1_000_000
"""Bytes. The network's memory is that of its busiest moment: what is free in it is used again."""
UNIKERNEL = {
    "config.py": """\
from mirage_py import *
app = main("unikernel.start", http_server >> network >> job)
stack = generic_stackv4v6(default_network)
register("hostile", [app(paf_server(tcpv4v6_of_stackv4v6(stack)), default_network)])
""",
    "unikernel.py": f"""\
import gc
import _net
from mirage import http

NOTHING = bytes(4000)

async def endless(write):
    while True:
        await write(NOTHING)

async def handler(request):
    if request.path == "/memory":
        gc.collect()
        return "%d %d" % (_net.memory_used(), gc.mem_alloc())
    if request.path == "/endless":
        return http.Response(endless)
    if request.path == "/echo":
        return await request.read()
    if request.path == "/large":
        return b"x" * 1_000_000
    if request.path == "/part":
        return memoryview(bytearray(1_000_000))[1000:300_000]
    if request.path == "/fails":
        raise RuntimeError("on purpose")
    return "hello"

async def start(server, network):
    patient = http.Server(handler, timeout=600, connections={MANY}, per_client={SHARE})
    await patient.listen({PATIENT})
    crowded = http.Server(handler, timeout=600, connections={LIMIT}, per_client={LIMIT})
    await crowded.listen({CROWDED})
    await server.serve(handler, timeout=4, connections={LIMIT}, per_client={LIMIT}, body=100_000)
""",
}
HEAD = b"GET / HTTP/1.1\r\nHost: a\r\n"
CLOSE = HEAD + b"Connection: close\r\n\r\n"


@dataclass(frozen=True)
class Server:
    network: Network
    guest: Guest

    @contextlib.contextmanager
    def connection(
        self, sent: bytes = b"", *, port: int = 80, client: str = "10.0.0.1"
    ) -> Iterator[socket.socket]:
        """A connection on which `sent` was sent, as far as it is taken."""
        with self.network.inside():
            made = socket.create_connection((GUEST, port), 30, (client, 0))
        with made:
            with contextlib.suppress(ConnectionError):
                made.sendall(sent)
            yield made

    def answer(self, sent: bytes, *, port: int = 80, client: str = "10.0.0.1") -> bytes:
        """All that is answered until the server closes."""
        with self.connection(sent, port=port, client=client) as made:
            return received(made)

    def memory(self) -> tuple[int, int]:
        """Bytes of network memory and of the heap that are in use."""
        network, heap = self.answer(CLOSE.replace(b"/ ", b"/memory ")).split(b"\r\n")[-1].split()
        return int(network), int(heap)

    def settled(self, before: tuple[int, int]) -> bool:
        """Whether the heap comes back to where it was, but for buffers that are kept for the next
        connections, and the network has not taken more than connections may."""
        return eventually(
            lambda: (now := self.memory())[0] < NETWORK and now[1] < before[1] + SPARE
        )


def received(made: socket.socket) -> bytes:
    parts = []
    with contextlib.suppress(ConnectionError):
        while part := made.recv(65536):
            parts.append(part)
    return b"".join(parts)


@pytest.fixture(scope="module")
def server(unikernels: Unikernels) -> Iterator[Server]:
    image = unikernels.build(UNIKERNEL, "spt")
    with Network() as network:
        for client in CLIENTS:
            network.ip("addr", "add", f"{client}/24", "dev", "tap0")
        guest = network.start(image.path, "--mem=16")
        guest.wait("listening for HTTP")
        server = Server(network, guest)
        server.memory()
        yield server
        assert guest.alive(), guest.lines[-30:]


@pytest.fixture(autouse=True)
def _memory(server: Server) -> Iterator[None]:
    """Whatever a test does, the memory that it took comes back."""
    before = server.memory()
    yield
    assert server.settled(before), (before, server.memory())


REFUSED = {
    "many fields": (HEAD + 5000 * b"A: b\r\n", b"431"),
    "long field": (HEAD + b"A: " + 1_000_000 * b"b", b"431"),
    "long target": (b"GET /" + 1_000_000 * b"a", b"431"),
    "long method": (1_000_000 * b"G", b"431"),
    "large body": (HEAD + b"Content-Length: 99999999\r\n\r\n" + bytes(1_000_000), b"413"),
    "two lengths": (HEAD + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nGET", b"400"),
    "length and chunks": (
        HEAD + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"400",
    ),
    "binary": (bytes(range(256)) * 100, b"400"),
    "garbage behind a request": (HEAD + b"\r\n\x00garbage\r\n\r\n" + HEAD + b"\r\n", b"200 400"),
}


@pytest.mark.parametrize(("sent", "statuses"), REFUSED.values(), ids=REFUSED)
def test_refused(server: Server, sent: bytes, statuses: bytes) -> None:
    """Each in a word of its own, after which nothing of the connection is answered."""
    answer = server.answer(sent)
    found = [part[:3] for part in answer.split(b"HTTP/1.1 ")[1:]]
    assert b" ".join(found) == statuses, answer[:500]


def test_endless_chunks(server: Server) -> None:
    """A body in chunks ends where the limit is, and one that is all framing earlier."""
    start = CLOSE.replace(b"GET / ", b"POST /echo ").replace(
        b"\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    assert server.answer(start + 40 * (b"1000\r\n" + bytes(4096) + b"\r\n")).startswith(
        b"HTTP/1.1 413"
    )
    assert server.answer(start + 300 * (b"1;" + 1000 * b"x" + b"\r\na\r\n")).startswith(
        b"HTTP/1.1 400"
    )


def test_slow_loris(server: Server) -> None:
    """Connections that never come to the end of a head do not keep others out for longer than the
    timeout, and are closed then."""
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(server.connection(HEAD)) for _ in range(LIMIT - 20)]
        assert server.answer(CLOSE).endswith(b"hello")
        for made in slow:
            with contextlib.suppress(ConnectionError):
                made.sendall(b"X: y\r\n")
        assert all(received(made).startswith(b"HTTP/1.1 408 ") for made in slow)


def test_more_connections_than_are_kept(server: Server) -> None:
    """Those that have waited longest make room for others, which are answered."""
    with contextlib.ExitStack() as stack:
        made = [
            stack.enter_context(server.connection(HEAD, port=CROWDED)) for _ in range(LIMIT + 50)
        ]
        assert all(received(one) == b"" for one in made[:50])
        made[-1].sendall(b"Connection: close\r\n\r\n")
        assert received(made[-1]).endswith(b"hello")


def test_thousand_that_never_read(server: Server) -> None:
    """They have all that a server keeps, from several addresses, and would have it for ten minutes:
    another client is answered, each time, at once."""
    asked = HEAD.replace(b"/ ", b"/endless ") + b"\r\n"
    with contextlib.ExitStack() as stack:
        for number in range(MANY + 50):
            client = CLIENTS[number % len(CLIENTS)]
            stack.enter_context(server.connection(asked, port=PATIENT, client=client))
        took = []
        for _ in range(5):
            began = time.monotonic()
            assert server.answer(CLOSE, port=PATIENT).endswith(b"hello")
            took.append(time.monotonic() - began)
        assert statistics.median(took) < 1, took


@pytest.mark.parametrize(
    "asked",
    [
        HEAD.replace(b"/ ", b"/large ") + b"\r\n",
        HEAD.replace(b"/ ", b"/part ") + b"\r\n",
        HEAD.replace(b"GET / ", b"POST /echo ") + b"Content-Length: 1000000\r\n\r\nx",
    ],
    ids=["answers", "views", "uploads"],
)
def test_megabytes_for_peers(server: Server, asked: bytes) -> None:
    """Answers that are not read, and bodies that do not come, have a part of the heap together:
    another client is answered at once, and the last one whole."""
    before = len(server.guest.lines)
    with contextlib.ExitStack() as stack:
        for number in range(MANY // 4):
            client = CLIENTS[number % len(CLIENTS)]
            stack.enter_context(server.connection(asked, port=PATIENT, client=client))
        took = []
        for _ in range(5):
            began = time.monotonic()
            assert server.answer(CLOSE, port=PATIENT).endswith(b"hello")
            took.append(time.monotonic() - began)
        assert statistics.median(took) < 1, took
        last = server.answer(CLOSE.replace(b"/ ", b"/large "), port=PATIENT)
        assert last.endswith(1_000_000 * b"x")
    assert not any("MemoryError" in line for line in server.guest.lines[before:])


def test_client_that_has_its_share(server: Server) -> None:
    """One address has its share of connections and no more, whatever others have; those that it
    opens beyond that close its own that have waited longest."""
    with contextlib.ExitStack() as stack:

        def connections(client: str, count: int) -> list[socket.socket]:
            return [
                stack.enter_context(server.connection(HEAD, port=PATIENT, client=client))
                for _ in range(count)
            ]

        others, greedy = connections(CLIENTS[0], 20), connections(CLIENTS[1], SHARE + 30)
        assert all(received(one) == b"" for one in greedy[:30])
        for one in (*others, *greedy[30:]):
            one.sendall(b"Connection: close\r\n\r\n")
            assert received(one).endswith(b"hello")


def test_answer_to_a_request_that_is_refused(server: Server) -> None:
    """It ends at once, and the client may send on meanwhile without losing it."""
    large = HEAD + b"Content-Length: 900000\r\n\r\n"
    for sent, status in ((large, b"413"), (b"\0\r\n\r\n", b"400")):
        with server.connection(sent) as made:
            answer = received(made)
            assert answer.startswith(b"HTTP/1.1 " + status), answer
            for _ in range(10):
                made.sendall(bytes(10_000))
            made.shutdown(socket.SHUT_WR)


def test_request_that_comes_too_slowly(server: Server) -> None:
    """A head or a body of which the rest does not come is answered 408, a connection without a
    request is closed."""
    body = CLOSE.replace(b"GET / ", b"POST /echo ").replace(b"a\r\n", b"a\r\nContent-Length: 9\r\n")
    slow = (HEAD, body + b"12345")
    with contextlib.ExitStack() as stack:
        made = [stack.enter_context(server.connection(sent)) for sent in (b"", *slow)]
        answers = [received(one) for one in made]
    assert answers[0] == b""
    assert [one.split(b"\r\n")[0] for one in answers[1:]] == 2 * [b"HTTP/1.1 408 Request Timeout"]


def test_peers_that_never_read(server: Server) -> None:
    """They stop their own answers only, and are closed when they have read nothing for long."""
    asked = HEAD.replace(b"/ ", b"/endless ") + b"\r\n"
    with contextlib.ExitStack() as stack:
        for _ in range(20):
            stack.enter_context(server.connection(asked))
        for _ in range(20):
            assert server.answer(CLOSE).endswith(b"hello")


def test_pipelining_without_reading(server: Server) -> None:
    """Answers that are not read are not kept: requests wait outside."""
    with server.connection() as made:
        made.settimeout(1)
        many = 2000 * (HEAD + b"\r\n")
        with contextlib.suppress(TimeoutError):
            for _ in range(1000):
                made.sendall(many)
        assert server.memory()[0] < 2_000_000
        assert server.answer(CLOSE).endswith(b"hello")


def test_handler_that_fails(server: Server) -> None:
    """It is logged and answered, and the connection stays."""
    sent = HEAD.replace(b"/ ", b"/fails ") + b"\r\n" + CLOSE
    answer = server.answer(sent)
    assert b"500 Internal Server Error" in answer, server.guest.lines[-10:]
    assert answer.endswith(b"hello")
    server.guest.wait("RuntimeError: on purpose")


def test_ten_thousand_connections(server: Server) -> None:
    """One after the other, some of which break off: memory is where it was."""
    sent = [CLOSE, HEAD + b"\r\n", b"garbage\r\n\r\n", HEAD, b""]
    before = server.memory()
    with server.network.inside():
        for number in range(10_000):
            with socket.create_connection((GUEST, 80), timeout=30) as made:
                made.sendall(sent[number % len(sent)])
                if number % 5 < 3:
                    assert made.recv(1000)
    assert server.settled(before)
