"""An IPv4 address from a DHCP server: dnsmasq."""

from __future__ import annotations

import contextlib
import socket
import subprocess
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
link = ethif(default_network)
neighbours = arp(link)
v4 = ipv4_of_dhcp(link, neighbours, hostname="unikernel")
stack = direct_stackv4v6(default_network, link, neighbours, v4, create_ipv6(link))
register("client", [main("unikernel.start", stackv4v6 >> job)(stack)])
""",
    "unikernel.py": """\
import asyncio, socket
from mirage import log

async def start(stack):
    lease = stack.ip.ipv4.lease
    log.info("%s/%d by %s, routers %s, names %s, %d seconds, domain %s", lease.address,
             lease.prefix, lease.server, lease.routers, lease.servers, lease.seconds,
             lease.options.get(15))
    log.info("named %s", socket.getaddrinfo("printer.example.org", 80)[0][-1][0])
    while True:
        await asyncio.sleep(100)
""",
}


@contextlib.contextmanager
def dnsmasq(network: Network, folder: Path) -> Iterator[Path]:
    """dnsmasq inside, and the file that it notes its leases in."""
    leases = folder / "leases"
    process = subprocess.Popen(
        ["ip", "netns", "exec", network.name, "dnsmasq", "--no-daemon", "--conf-file=/dev/null",
         "--no-resolv", "--no-hosts", "--interface=tap0", "--bind-interfaces", "--user=root",
         "--dhcp-range=10.0.0.50,10.0.0.50,120s", "--dhcp-option=3,10.0.0.1",
         "--dhcp-option=15,example.org", "--address=/printer.example.org/10.0.0.77",
         f"--dhcp-leasefile={leases}", f"--pid-file={folder / 'pid'}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield leases
    finally:
        process.terminate()
        process.wait(10)


@pytest.mark.parametrize("target", ["spt", "unix", "virtio"])
def test_lease(target: str, unikernels: Unikernels, tmp_path: Path) -> None:
    """The server comes after the image; what it gives is a value, its name server is asked, and
    the address answers."""
    image = unikernels.build(CLIENT, target)
    with Network() as network:
        guest = network.start(image.path, "--mem=4")
        guest.wait("Connected Ethernet interface")
        with dnsmasq(network, tmp_path) as leases:
            assert guest.wait("by").endswith(
                "10.0.0.50/24 by 10.0.0.1, routers ['10.0.0.1'], names ['10.0.0.1'], "
                "120 seconds, domain b'example.org'"
            )
            assert "Lease obtained! IP: 10.0.0.50, routers: 10.0.0.1" in guest.wait("Lease")
            assert guest.wait("named").endswith("10.0.0.77")
            assert "10.0.0.50 unikernel" in leases.read_text()
        ran = network.run("ping", "-c", "1", "-W", "10", "10.0.0.50")
        assert " 0% packet loss" in ran.stdout, ran
        with network.inside(), pytest.raises(ConnectionRefusedError):
            socket.create_connection(("10.0.0.50", 80), timeout=10)
        assert guest.alive()
