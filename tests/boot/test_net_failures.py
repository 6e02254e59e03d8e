"""A connection whose task fails is closed and told of at once, or ends the unikernel; a device that
the host takes away ends it."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator

import pytest

from tests.support.network import TIMEOUT, Network, can_make_namespaces
from tests.support.unikernel import Unikernels

pytestmark = pytest.mark.skipif(
    not can_make_namespaces(), reason="needs root and /dev/net/tun for a tap"
)
STACK, ASYNCIO = 7, 8
FILES = {
    "config.py": """\
from mirage_py import *
app = main("unikernel.start", stackv4v6 >> job)
register("failing", [app(generic_stackv4v6(default_network))])
""",
    "unikernel.py": f"""\
import asyncio

async def serve(reader, writer):
    raise ValueError(await reader.readline())

async def start(stack):
    await stack.tcp.listen({STACK}, serve)
    await asyncio.start_server(serve, "", {ASYNCIO})
    print("listening")
    while True:  # nothing is ever idle
        await asyncio.sleep(0)
""",
}


@contextlib.contextmanager
def connect(network: Network, port: int) -> Iterator[socket.socket]:
    """A connection whose task fails."""
    with network.inside():
        client = socket.create_connection(("10.0.0.2", port), TIMEOUT)
    with client:
        client.sendall(b"to %d" % port)
        client.shutdown(socket.SHUT_WR)
        yield client


def test_connections_that_fail(unikernels: Unikernels) -> None:
    """Each is closed, and the others go on."""
    image = unikernels.build(FILES, "spt").path
    with Network() as network:
        guest = network.start(image, "--mem=16")
        guest.wait("listening")
        for port, source in (STACK, "tcp.pcb"), (ASYNCIO, "tasks"):
            with connect(network, port) as client:
                with contextlib.suppress(ConnectionResetError):
                    assert client.recv(1) == b""
                guest.wait(f"ValueError: b'to {port}'")
                guest.wait(f"[ERROR] [{source}]")
        assert guest.alive()


@pytest.mark.parametrize("port", [STACK, ASYNCIO])
def test_connections_that_abort(unikernels: Unikernels, port: int) -> None:
    image = unikernels.build(FILES, "spt").path
    with Network() as network:
        guest = network.start(image, "--mem=16", args=("--on-task-error=abort",))
        guest.wait("listening")
        with connect(network, port):
            guest.wait(f"ValueError: b'to {port}'")
            assert guest.ended() == 1


def test_addresses_that_no_host_can_have(unikernels: Unikernels) -> None:
    """The image says so, and ends."""
    image = unikernels.build(FILES, "spt").path
    with Network() as network:
        for argument, reason in (
            ("--ipv4=10.0.0.255/24", "10.0.0.255/24: an IPv4 address that no host can have"),
            ("--ipv4=10.0.0.0/24", "10.0.0.0/24: an IPv4 address that no host can have"),
            ("--ipv4=0.0.0.0/0", "an IPv4 address that no host can have"),
            ("--ipv4=127.0.0.1/8", "an IPv4 address that no host can have"),
            ("--ipv4=224.0.0.1/4", "an IPv4 address that no host can have"),
            ("--ipv4-gateway=10.0.0.2", "by 10.0.0.2: an IPv4 gateway is another host"),
            ("--ipv6=ff02::1/64", "ff02::1/64: an IPv6 address that no host can have"),
            ("--ipv6=::1/64", "::1/64: an IPv6 address that no host can have"),
        ):
            guest = network.start(image, "--mem=16", args=(argument,))
            guest.wait(reason)
            assert guest.ended() == 1, argument
        guest = network.start(image, "--mem=16", args=("--ipv4=10.0.0.4/31",))
        guest.wait("listening")


def test_addresses_of_another_station(unikernels: Unikernels) -> None:
    """Its word that an address is taken, which comes from that address, counts: the address is not
    the image's own until it is known to be nobody's (RFC 4862, 5.4)."""
    image = unikernels.build(FILES, "spt").path
    with Network() as network:
        guest = network.start(image, "--mem=16", args=("--ipv6=fd00::1/64",))
        guest.wait("fd00::1 is the address of another station of the link")
        assert "fd00::1" not in guest.wait("IP6: Started with")


@pytest.mark.parametrize("target", ["spt", "unix"])
def test_tap_that_is_deleted(unikernels: Unikernels, target: str) -> None:
    image = unikernels.build(FILES, target).path
    with Network() as network:
        guest = network.start(image, "--mem=16")
        guest.wait("listening")
        network.ip("link", "delete", "tap0")
        guest.wait("net: the host has taken the device 'service' away")
        assert guest.ended() == 255
