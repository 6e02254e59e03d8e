"""An IPv4 address from a DHCP server: dnsmasq."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.network import Network, can_make_namespaces
from tests.support.unikernel import Unikernels

pytestmark = pytest.mark.skipif(
    not can_make_namespaces(), reason="needs root and /dev/net/tun for a tap"
)
CLIENT = {
    "config.py": """\
from mirage_py import *
stack, given = generic_stackv4v6_with_lease(default_network, dhcp_requests=[26, 42, 224])
register("client", [main("unikernel.start", stackv4v6 >> lease >> job)(stack, given)])
""",
    "unikernel.py": """\
import asyncio
from mirage import log

async def start(stack, lease):
    if lease is None:
        log.info("no lease, %s", stack.ip.ipv4)
        return
    log.info("%s/%d by %s, routers %s, names %s, %d seconds, domain %s, site %s", lease.address,
             lease.prefix, lease.server, lease.routers, lease.servers, lease.seconds,
             lease.options.get(15), lease.options.get(224))
    while True:
        await asyncio.sleep(100)
""",
}


@contextlib.contextmanager
def dnsmasq(network: Network, folder: Path) -> Iterator[Path]:
    """dnsmasq inside, and the file that it notes its leases in."""
    leases = folder / "leases"
    with network.serving(
        "dnsmasq", "--no-daemon", "--conf-file=/dev/null", "--no-resolv", "--no-hosts",
        "--interface=tap0", "--bind-interfaces", "--user=root",
        "--dhcp-range=10.0.0.50,10.0.0.50,120s", "--no-ping", "--dhcp-option=3,10.0.0.1",
        "--dhcp-option=15,example.org", "--dhcp-option=224,here",
        f"--dhcp-leasefile={leases}", f"--pid-file={folder / 'pid'}",
    ):  # fmt: skip
        yield leases


@pytest.mark.parametrize("target", ["spt", "unix"])
def test_lease(target: str, unikernels: Unikernels, tmp_path: Path) -> None:
    """The server comes after the image; what it gives is a value, with an option that was asked
    for; the address answers. It is told the unikernel's name."""
    image = unikernels.build(CLIENT, target, "--dhcp")
    with Network() as network:
        guest = network.start(image.path, "--mem=4", args=("--name=unikernel",))
        guest.wait("Connected Ethernet interface")
        with dnsmasq(network, tmp_path) as leases:
            assert guest.wait("by").endswith(
                "10.0.0.50/24 by 10.0.0.1, routers ['10.0.0.1'], names ['10.0.0.1'], "
                "120 seconds, domain b'example.org', site b'here'"
            )
            assert "Lease obtained! IP: 10.0.0.50, routers: 10.0.0.1" in guest.wait("Lease")
            assert "10.0.0.50 unikernel" in leases.read_text()
        ran = network.run("ping", "-c", "1", "-W", "10", "10.0.0.50")
        assert " 0% packet loss" in ran.stdout, ran
        with network.inside(), pytest.raises(ConnectionRefusedError):
            socket.create_connection(("10.0.0.50", 80), timeout=10)
        assert guest.alive()


@pytest.mark.parametrize("key", ["--dhcp", "--no-dhcp"])
def test_no_lease(key: str, unikernels: Unikernels) -> None:
    """A static address, which the boot argument gives or the image has, is none that is leased."""
    image = unikernels.build(CLIENT, "spt", key)
    with Network() as network:
        args = ("--ipv4=10.0.0.9/24",) if key == "--dhcp" else ()
        guest = network.start(image.path, "--mem=4", args=args)
        assert guest.wait("no lease").endswith("10.0.0.9/24" if args else "10.0.0.2/24")


def test_no_server(unikernels: Unikernels) -> None:
    """It is said what an image waits for."""
    with Network() as network:
        guest = network.start(unikernels.build(CLIENT, "spt", "--dhcp").path, "--mem=4")
        guest.wait("[dhcp_client] no DHCP server answers on service for 4 s")


@contextlib.contextmanager
def udhcpd(network: Network, folder: Path, address: str) -> Iterator[None]:
    """A server inside that gives `address` for four seconds, and knows of no other lease."""
    leases = folder / f"leases-{address}"
    leases.touch()
    config = folder / "udhcpd.conf"
    config.write_text(
        f"start {address}\nend {address}\ninterface tap0\nlease_file {leases}\n"
        "min_lease 1\nopt subnet 255.255.255.0\nopt lease 4\n",
        encoding="utf-8",
    )
    with network.serving("busybox", "udhcpd", "-f", "-a", "100", config):
        yield


def test_renewal(unikernels: Unikernels, tmp_path: Path) -> None:
    """A lease is renewed while its server is there; when another server refuses it, or when it
    ends because there is none, the address is given up and another one asked for."""
    image = unikernels.build(CLIENT, "spt", "--dhcp")

    def answers(address: str, seconds: int = 10) -> bool:
        ran = network.run("ping", "-c", "1", "-W", str(seconds), address)
        return " 0% packet loss" in ran.stdout

    with Network() as network:
        guest = network.start(image.path, "--mem=4")
        guest.wait("Connected Ethernet interface")
        with udhcpd(network, tmp_path, "10.0.0.60"):
            guest.wait("Lease obtained! IP: 10.0.0.60")
            time.sleep(5)  # longer than the lease
            assert answers("10.0.0.60")
            assert not any("Lease lost" in line for line in guest.lines)
        with udhcpd(network, tmp_path, "10.0.0.61"):
            guest.wait("Lease lost! IP: 10.0.0.60")
            guest.wait("Lease obtained! IP: 10.0.0.61")
            assert answers("10.0.0.61")
        guest.wait("Lease lost! IP: 10.0.0.61")
        assert not answers("10.0.0.61", seconds=1)
        with udhcpd(network, tmp_path, "10.0.0.62"):
            guest.wait("Lease obtained! IP: 10.0.0.62")
