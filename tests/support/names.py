"""Name servers for tests, dnsmasq and ones that answer what a test says; and what names lead to."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Self

from tests.support.network import Network, eventually

HEAD = struct.Struct(">6H")
RESPONSE = 0x8180
TRUNCATED = 0x0200
TYPES = {"A": 1, "CNAME": 5, "SOA": 6, "TXT": 16, "AAAA": 28}


@contextlib.contextmanager
def dnsmasq(network: Network, *options: str, address: str = "10.0.0.1") -> Iterator[None]:
    """dnsmasq on port 53 of the host's end of the tap, which knows what `options` say."""
    with network.serving(
        "dnsmasq", "--no-daemon", "--conf-file=/dev/null", "--no-resolv", "--no-hosts",
        "--user=root", f"--listen-address={address}", "--bind-interfaces", "--pid-file=", *options,
    ):  # fmt: skip
        assert eventually(lambda: f"{address}:53 " in network.run("ss", "-lntH").stdout)
        yield


def name(text: str) -> bytes:
    """A name in a message."""
    labels = [label.encode() for label in text.split(".") if label]
    return b"".join(bytes([len(label)]) + label for label in labels) + b"\0"


def record(owner: str, kind: str, ttl: int, value: bytes) -> bytes:
    """A resource record."""
    return name(owner) + struct.pack(">2HLH", TYPES[kind], 1, ttl, len(value)) + value


def response(
    query: bytes,
    answers: Iterable[bytes] = (),
    authority: Iterable[bytes] = (),
    *,
    code: int = 0,
    flags: int = RESPONSE,
) -> bytes:
    """The response to a query of one question."""
    answers, authority = list(answers), list(authority)
    end = query.index(b"\0", HEAD.size) + 5
    identifier = HEAD.unpack_from(query)[0]
    head = HEAD.pack(identifier, flags | code, 1, len(answers), len(authority), 0)
    return head + query[HEAD.size : end] + b"".join(answers) + b"".join(authority)


def asked(query: bytes) -> tuple[str, int]:
    """The name and type that a query is for."""
    labels, at = [], HEAD.size
    while query[at]:
        labels.append(query[at + 1 : at + 1 + query[at]].decode())
        at += 1 + query[at]
    return ".".join(labels), struct.unpack_from(">H", query, at + 1)[0]


class FakeServer:
    """A name server on a UDP port: `answer(query)` gives the datagrams that it sends back, in a
    thread of its own."""

    def __init__(
        self, network: Network, port: int, answer: Callable[[bytes], Iterable[bytes]]
    ) -> None:
        self.queries: list[bytes] = []
        self.peers: list[tuple[str, int]] = []
        self.answer = answer
        with network.inside():
            self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.port = port
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def _serve(self) -> None:
        while True:
            query, peer = self.socket.recvfrom(2000)
            if not query:
                return
            self.queries.append(query)
            self.peers.append(peer)
            threading.Thread(target=self._answer, args=(query, peer), daemon=True).start()

    def _answer(self, query: bytes, peer: tuple[str, int]) -> None:
        for datagram in self.answer(query):
            with contextlib.suppress(OSError):  # the test may be over
                self.socket.sendto(datagram, peer)

    def __enter__(self) -> Self:
        try:
            self.socket.bind(("10.0.0.1", self.port))
        except BaseException:
            self.socket.close()
            raise
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        # An empty datagram, sent from the socket to itself, ends the thread.
        self.socket.sendto(b"", self.socket.getsockname())
        self._thread.join(10)
        self.socket.close()


@contextlib.contextmanager
def greeter(network: Network, address: str, port: int) -> Iterator[None]:
    """A server that says its address, and closes."""
    with network.inside():
        server = socket.create_server(
            (address, port), family=socket.AF_INET6 if ":" in address else socket.AF_INET
        )

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                connected, _ = server.accept()
                with connected:
                    connected.sendall(address.encode())

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown(socket.SHUT_RDWR)
        thread.join(10)
        server.close()
