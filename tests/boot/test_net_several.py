"""Several network devices in one image: each has a stack of its own, and nothing passes between."""

from __future__ import annotations

import contextlib
import json
import socket
from collections.abc import Iterator

import pytest

from tests.support.network import Guest, Network, can_make_namespaces
from tests.support.unikernel import Unikernels

pytestmark = pytest.mark.skipif(
    not can_make_namespaces(), reason="needs root and /dev/net/tun for a tap"
)
FILES = {
    "config.py": """\
from mirage_py import *
clients = generic_stackv4v6(default_network)
management = generic_stackv4v6(netif("management"), group="management")
app = main("unikernel.start", network >> stackv4v6 >> stackv4v6 >> job)
register("several", [app(default_network, clients, management)])
""",
    "unikernel.py": """\
import asyncio, json
from mirage import log, net, tcp

async def start(device, clients, management):
    async def about(reader, writer):
        frames = dict(zip(("received", "bytes", "sent", "sent bytes", "dropped"),
                          device.statistics()))
        frames["mtu"] = device.mtu
        writer.write(json.dumps([frames, net.statistics()]))
        await writer.drain()

    async def calls(reader, writer):
        # Its answer comes through the network of the one who asks, whatever the routes are.
        back, to = await management.tcp.connect(*json.loads(await reader.readline()))
        to.write("from management")
        await to.drain()
        await to.wait_closed()

    async def kept(reader, writer):
        # A peer that is gone is noticed, though nothing is sent to it.
        tcp.keep_alive(reader, 1, 1, 2)
        try:
            await reader.read(1)
            log.info("peer closed")
        except OSError as error:
            log.info("peer lost %s", error)

    def says(text):
        async def serve(reader, writer):
            writer.write(text)
            await writer.drain()
        return serve

    await clients.tcp.listen(80, says("clients"))
    await management.tcp.listen(80, says("management"))
    await management.tcp.listen(81, about)
    await management.tcp.listen(82, calls)
    await clients.tcp.listen(83, kept)
    ports = [(stack, stack.udp.listen(7)) for stack in (clients, management)]
    async def datagrams(name, port):
        while True:
            data, peer = await port.read()
            port.write(name, *peer)
    for (stack, port), name in zip(ports, ("clients", "management")):
        asyncio.create_task(datagrams(name, port))
    log.info("listening")
    await asyncio.Event().wait()
""",
}
CLIENTS, MANAGEMENT = "10.0.0.2", "10.1.0.2"


@pytest.fixture(scope="module")
def several(unikernels: Unikernels) -> Iterator[tuple[Network, Guest]]:
    image = unikernels.build(FILES, "spt")
    with Network() as network:
        network.tap("tap1", "10.1.0.1/24")
        network.ip("link", "set", "tap1", "mtu", "1280")
        args = (f"--management-ipv4={MANAGEMENT}/24", "--management-ipv4-gateway=10.1.0.1")
        guest = network.start(image.path, "--net:management=tap1", "--mem=8", args=args)
        guest.wait("listening")
        yield network, guest
        assert guest.alive(), guest.lines


def said(network: Network, address: str, port: int, asked: bytes = b"") -> bytes:
    """What a TCP port answers."""
    with network.inside(), socket.create_connection((address, port), timeout=20) as connected:
        connected.sendall(asked)
        return connected.makefile("rb").read()


def test_each_has_ports_of_its_own(several: tuple[Network, Guest]) -> None:
    network, _ = several
    for address, name in (CLIENTS, b"clients"), (MANAGEMENT, b"management"):
        assert said(network, address, 80) == name
        with network.inside(), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as here:
            here.settimeout(20)
            here.sendto(b"who", (address, 7))
            assert here.recv(100) == name
    with pytest.raises(ConnectionRefusedError):
        said(network, CLIENTS, 81)


def test_nothing_is_forwarded_and_none_answers_for_another(several: tuple[Network, Guest]) -> None:
    """Packets that are sent to one device for the other's address, or for another network."""
    network, _ = several
    network.run("ping", "-c", "1", "-W", "10", CLIENTS)
    station = network.ip("neigh", "show", CLIENTS).split("lladdr ")[1].split()[0]
    for stranger in "10.1.0.9", MANAGEMENT:
        network.ip("route", "add", f"{stranger}/32", "dev", "tap0")
        network.ip("neigh", "replace", stranger, "lladdr", station, "dev", "tap0")
        try:
            ran = network.run("ping", "-I", "tap0", "-c", "2", "-i", "0.2", "-W", "1", stranger)
            assert " 0 received" in ran.stdout, ran
        finally:
            network.ip("route", "del", f"{stranger}/32", "dev", "tap0")
    assert said(network, MANAGEMENT, 80) == b"management"


def test_a_stack_connects_through_its_own_device(several: tuple[Network, Guest]) -> None:
    """To an address that only its gateway knows, though the first device has the default route."""
    network, _ = several
    network.ip("addr", "add", "192.0.2.1/32", "dev", "lo")
    with network.inside(), socket.socket() as listener:
        listener.bind(("192.0.2.1", 9000))
        listener.listen()
        listener.settimeout(20)
        said(network, MANAGEMENT, 82, b'["192.0.2.1", 9000]\n')
        back, (peer, _) = listener.accept()
        with contextlib.closing(back):
            assert (peer, back.makefile("rb").read()) == (MANAGEMENT, b"from management")


def test_what_is_counted(several: tuple[Network, Guest]) -> None:
    network, _ = several

    def counted() -> tuple[dict[str, int], dict[str, int]]:
        frames, transport = json.loads(said(network, MANAGEMENT, 81))
        return frames, transport

    before, transport = counted()
    network.run("ping", "-c", "5", "-i", "0.2", "-w", "5", "-s", "500", CLIENTS)
    after, later = counted()
    assert before["mtu"] == 1500
    assert after["received"] >= before["received"] + 5
    assert after["bytes"] >= before["bytes"] + 2500
    assert after["sent"] >= before["sent"] + 5
    assert transport["tcp listeners"] == 5
    assert later["tcp received"] > transport["tcp received"] > 0
    assert later["tcp connections"] >= 1


def test_a_small_mtu_is_kept(several: tuple[Network, Guest]) -> None:
    network, _ = several
    for size, answered in (1200, "1 received"), (4000, "1 received"):
        ran = network.run("ping", "-c", "1", "-W", "10", "-s", str(size), MANAGEMENT)
        assert answered in ran.stdout, ran


def test_keep_alive(several: tuple[Network, Guest]) -> None:
    """One peer is there and stays so, one has gone without a word."""
    network, guest = several
    network.ip("addr", "add", "10.0.0.7/24", "dev", "tap0")
    with (
        network.inside(),
        socket.create_connection((CLIENTS, 83), timeout=20, source_address=("10.0.0.7", 0)),
        socket.create_connection((CLIENTS, 83), timeout=20),
    ):
        network.ip("addr", "del", "10.0.0.7/24", "dev", "tap0")
        guest.wait("peer lost")
        assert not any("peer closed" in line for line in guest.lines)
    guest.wait("peer closed")
