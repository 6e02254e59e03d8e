"""UDP and TCP over one family alone: devices that config.py puts together itself."""

from __future__ import annotations

import socket

import pytest

from tests.support.network import Network, can_make_namespaces
from tests.support.unikernel import Unikernels

pytestmark = pytest.mark.skipif(
    not can_make_namespaces(), reason="needs root and /dev/net/tun for a tap"
)
CONFIG = """\
from mirage_py import *
link = ethif(default_network)
OWN = "fd00::2/64"
ip = {ip}
app = main("unikernel.start", udpv4v6 >> tcpv4v6 >> job)
register("family", [app(direct_udp(ip), direct_tcp(ip))])
"""
UNIKERNEL = """\
import asyncio
from mirage import log

async def echo(reader, writer):
    writer.write(await reader.readline())

async def start(udp, tcp):
    await tcp.listen(7, echo)
    port = udp.listen(7)
    if udp.ip.ipv6:
        await udp.ip.ipv6.ready()
    log.info("listening on %s", tcp.ip)
    while True:
        data, (host, number) = await port.read()
        port.write(data, host, number)
"""
FAMILIES = {
    "ipv4": ("unix", "ipv4v6_of_ipv4(create_ipv4(link, arp(link)))", "10.0.0.2", "fd00::2"),
    "ipv6": ("spt", "ipv4v6_of_ipv6(create_ipv6(link, address=OWN))", "fd00::2", "10.0.0.2"),
}  # fmt: skip


@pytest.mark.parametrize(("target", "ip", "address", "other"), FAMILIES.values(), ids=FAMILIES)
def test_one_family(target: str, ip: str, address: str, other: str, unikernels: Unikernels) -> None:
    """Both protocols answer over the one family, and nothing does over the other."""
    files = {"config.py": CONFIG.format(ip=ip), "unikernel.py": UNIKERNEL}
    image = unikernels.build(files, target)
    with Network() as network:
        guest = network.start(image.path, "--mem=4")
        assert address in guest.wait("listening on")
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        with network.inside(), socket.create_connection((address, 7), timeout=20) as connected:
            connected.sendall(b"over TCP\n")
            assert connected.recv(100) == b"over TCP\n"
        with network.inside(), socket.socket(family, socket.SOCK_DGRAM) as here:
            here.settimeout(20)
            here.sendto(b"over UDP", (address, 7))
            assert here.recvfrom(100)[0] == b"over UDP"
        ran = network.run("ping", "-c", "1", "-W", "1", other)
        assert " 0 received" in ran.stdout, ran
