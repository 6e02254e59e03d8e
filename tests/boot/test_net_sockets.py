"""Sockets in an image, from Ethernet up: real clients on a tap interface, on every target."""

from __future__ import annotations

import contextlib
import select
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pytest

from tests.support.network import Guest, Network, can_make_namespaces, eventually
from tests.support.running import sending
from tests.support.unikernel import Unikernels

pytestmark = pytest.mark.skipif(
    not can_make_namespaces(), reason="needs root and /dev/net/tun for a tap"
)
GUEST = "10.0.0.2"
SERVER = {
    "config.py": """\
from mirage_py import *
register("sockets", [main("unikernel.start", network >> job)(default_network)])
""",
    "unikernel.py": """\
import asyncio, gc, select, socket
import _ipv4, _net
from mirage import log

async def echo(reader, writer):
    while True:
        data = await reader.read(4096)
        if not data:
            break
        writer.write(data)
        await writer.drain()
    writer.close()
    await writer.wait_closed()

async def lines(reader, writer):
    # What comes is read after a while: it came before the connection was accepted.
    while True:
        line = await reader.readline()
        if not line:
            break
        writer.write(b"<" + line + b">")
        await writer.drain()
    writer.write(b"end")
    writer.s.shutdown(socket.SHUT_WR)
    await reader.read(1)
    await writer.wait_closed()

async def memory(reader, writer):
    gc.collect()
    writer.write("%d %d" % (_net.memory_used(), gc.mem_alloc()))
    await writer.wait_closed()

async def left(reader, writer):
    # Nobody closes it, and data is on its way both ways: the collector does.
    writer.write(b"left")
    await reader.readexactly(1)

async def busy(reader, writer):
    await reader.read(1)
    # It does not wait: unless the devices are looked at meanwhile, this does not end.
    before = _net.statistic(handle, 0)
    while _net.statistic(handle, 0) < before + 3:
        pass
    writer.write(b"done")
    await writer.wait_closed()

async def sink(reader, writer):
    await reader.read(1)
    await asyncio.sleep(1000)

async def datagrams():
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.setblocking(False)
    s.bind(("0.0.0.0", 7))
    poller = select.poll()
    poller.register(s, select.POLLIN)
    while True:
        while not poller.poll(0):
            await asyncio.sleep(0.01)
        data, address = s.recvfrom(70000)
        s.sendto(data, address)

async def start(network):
    global handle
    handle = network.handle
    _net.attach(network.handle)
    _net.enable_arp(network.handle)
    _ipv4.set(network.handle, "10.0.0.2", 24, "")
    for port, handler in ((7, echo), (8, lines), (9, memory), (10, busy), (11, sink), (12, left)):
        await asyncio.start_server(handler, "0.0.0.0", port)
    asyncio.create_task(datagrams())
    log.info("listening")
    await asyncio.sleep(100_000)
""",
}


@dataclass(frozen=True)
class Server:
    network: Network
    guest: Guest
    target: str

    @contextlib.contextmanager
    def connection(self, port: int) -> Iterator[socket.socket]:
        with self.network.inside():
            connected = socket.create_connection((GUEST, port), timeout=30)
        with connected:
            yield connected

    def memory(self) -> tuple[int, int]:
        """Bytes of network memory and of the heap that are in use."""
        with self.connection(9) as connected:
            network, heap = received(connected).split()
            return int(network), int(heap)


@pytest.fixture(scope="module", params=["spt", "unix", "virtio"])
def server(request: pytest.FixtureRequest, unikernels: Unikernels) -> Iterator[Server]:
    image = unikernels.build(SERVER, request.param)
    with Network() as network:
        guest = network.start(image.path, "--mem=32")
        guest.wait("listening")
        yield Server(network, guest, request.param)
        assert guest.alive(), guest.lines


def received(connected: socket.socket, size: int = -1) -> bytes:
    """What comes until the end, or until there are `size` bytes."""
    data = b""
    while len(data) != size:
        more = connected.recv(min(65536, size - len(data)) if size >= 0 else 65536)
        if not more:
            break
        data += more
    return data


def test_start(server: Server) -> None:
    line = server.guest.wait("[netif]")
    assert "Plugging into service with mac " in line
    assert line.endswith(" mtu 1500")


def test_ping(server: Server) -> None:
    # Until three are answered (-w): -c alone waits for the last but twice as long as for another.
    ran = server.network.run("ping", "-c", "3", "-i", "0.2", "-w", "5", "-s", "1400", GUEST)
    assert " 3 received" in ran.stdout, ran
    # In fragments, both ways.
    ran = server.network.run("ping", "-c", "1", "-s", "5000", GUEST)
    assert " 0% packet loss" in ran.stdout, ran


def test_echo(server: Server) -> None:
    """More than fits in a window, both ways at once; then the other side closes."""
    data = bytes(range(256)) * 2000
    with server.connection(7) as connected:
        with sending(connected, data):
            assert received(connected, len(data)) == data
        connected.shutdown(socket.SHUT_WR)
        assert received(connected) == b""


def test_refused(server: Server) -> None:
    with pytest.raises(ConnectionRefusedError), server.connection(6):
        pass


def test_lines_and_half_close(server: Server) -> None:
    """Lines in parts, and several in one segment; each side ends by itself."""
    with server.connection(8) as connected:
        connected.sendall(b"one\ntwo\nthr")
        assert received(connected, 12) == b"<one\n><two\n>"
        connected.sendall(b"ee\nrest")
        assert received(connected, 8) == b"<three\n>"
        connected.shutdown(socket.SHUT_WR)
        assert received(connected) == b"<rest>end"


def test_end_before_accept(server: Server) -> None:
    """Connections that end at once, without data or with: none is left."""
    before = server.memory()
    for _ in range(3):
        for data in (b"", b"x" * 100):
            with server.connection(7) as connected:
                connected.sendall(data)
                connected.shutdown(socket.SHUT_WR)
                assert received(connected) == data
    assert server.memory()[0] <= before[0] + 4 * 16384


LEFT = 2
"""Connections that may still lie on the stack, which the collector takes for used."""


def are_closed(server: Server, several: list[socket.socket]) -> bool:
    """Whether the image has ended all but a few, after one more collection."""
    server.memory()
    ended, _, _ = select.select(several, [], [], 0)
    for connected in ended:
        with contextlib.suppress(ConnectionResetError):
            assert connected.recv(1) == b""
    return len(ended) >= len(several) - LEFT


def test_connections_that_nobody_closes(server: Server) -> None:
    """The collector closes them while it locks the heap: their peers are told, nothing stays."""
    before = server.memory()
    for _ in range(20):
        with contextlib.ExitStack() as stack:
            several = [stack.enter_context(server.connection(12)) for _ in range(20)]
            for connected in several:
                connected.sendall(b"xy")
                assert received(connected, 4) == b"left"
            assert eventually(partial(are_closed, server, several))
    after = server.memory()
    assert after[0] <= before[0] + 4 * 16384
    assert after[1] <= before[1] + 16384


def test_datagrams(server: Server) -> None:
    with server.network.inside():
        here = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with here:
        here.settimeout(10)
        here.connect((GUEST, 7))
        for data in (b"x", b"y" * 1472, b"z" * 9000):
            here.send(data)
            assert here.recv(70000) == data
        for number in range(10):  # several before the first is read
            here.send(b"%d" % number)
        assert [here.recv(10) for _ in range(10)] == [b"%d" % number for number in range(10)]


def test_computing_does_not_stop_the_network(server: Server) -> None:
    """While a task computes, frames are taken and pings are answered."""
    with server.connection(10) as connected:
        connected.sendall(b"x")
        ran = server.network.run("ping", "-c", "3", "-i", "0.2", "-w", "5", GUEST)
        assert " 3 received" in ran.stdout, ran
        assert received(connected) == b"done"


def test_peers_that_never_read_or_never_end(server: Server) -> None:
    """Half-open floods of data leave room for others, and what they hold is given back."""
    before = server.memory()[0]
    with contextlib.ExitStack() as stack:
        for _ in range(40):
            connected = stack.enter_context(server.connection(11))
            connected.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                while connected.send(b"x" * 65536):
                    pass
        with server.connection(7) as other:
            other.sendall(b"still there")
            assert received(other, 11) == b"still there"
        held = server.memory()[0]
        assert held > before
    with server.connection(7) as other:
        other.sendall(b"y")
        assert received(other, 1) == b"y"
