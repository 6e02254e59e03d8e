"""A stack that has nothing to do does not wake: the timers of TCP/IP, and of its connections, run
when they are due."""

from __future__ import annotations

import contextlib
import socket

import pytest

from tests.support.network import Network, can_make_namespaces
from tests.support.unikernel import Unikernels

pytestmark = pytest.mark.skipif(
    not can_make_namespaces(), reason="needs root and /dev/net/tun for a tap"
)
FILES = {
    "config.py": """\
from mirage_py import *
app = main("unikernel.start", stackv4v6 >> job)
register("idle", [app(generic_stackv4v6(default_network))])
""",
    "unikernel.py": """\
import asyncio
from mirage import hooks, tcp

waits, told = 0, asyncio.Event()


def waited():
    global waits
    waits += 1


async def echo(reader, writer):
    while data := await reader.read(100):
        writer.write(data)
        await writer.drain()


async def connected(reader, writer):
    await reader.read()
    told.set()


async def kept_alive(reader, writer):
    tcp.keep_alive(reader, 1, 1, 2)
    try:
        await reader.read(1)
    except OSError as error:
        print("gone", error)


async def start(stack):
    await stack.ip.ipv6.ready()
    await stack.tcp.listen(7, echo)
    await stack.tcp.listen(9, kept_alive)
    await stack.tcp.listen(8, connected)
    hooks.at_leave_iter(waited)
    print("open")
    await told.wait()
    await asyncio.sleep(1)
    for _ in range(5):
        before = waits
        await asyncio.sleep(0.5)
        print("waits", waits - before)
    print("rested")
    await asyncio.sleep(30)
""",
}


def test_an_idle_stack_sleeps(unikernels: Unikernels) -> None:
    """With connections that are idle. They live on, and one whose peer is not there any more is
    found out, though its timers have not been called meanwhile."""
    image = unikernels.build(FILES, "spt").path
    with Network() as network, contextlib.ExitStack() as opened:
        guest = network.start(image, "--mem=16")
        guest.wait("open")
        with network.inside():
            clients = [
                opened.enter_context(socket.create_connection(("10.0.0.2", 7), timeout=20))
                for _ in range(4)
            ]
        for client in clients:
            client.sendall(b"before")
            assert client.recv(100) == b"before"
        with network.inside():
            socket.create_connection(("10.0.0.2", 8), timeout=20).close()
        guest.wait("rested")
        waits = [int(line.removeprefix("waits ")) for line in guest.lines if "waits" in line]
        assert len(waits) == 5
        # One is the sleep itself. Routers are still asked for, once in four seconds, and what
        # others send as the interface comes up is answered; a timer of lwIP's that was polled came
        # five times, and one of TCP's twice.
        assert min(waits) == 1
        assert sum(waits) <= 15, waits
        for client in clients:
            client.sendall(b"after")
            assert client.recv(100) == b"after"
        with network.inside():
            opened.enter_context(socket.create_connection(("10.0.0.2", 9), timeout=20))
        network.ip("link", "set", "tap0", "carrier", "off")
        guest.wait("gone", timeout=20)
