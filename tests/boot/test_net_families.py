"""UDP and TCP over one family alone: devices that config.py puts together itself."""

from __future__ import annotations

import errno
import socket

import pytest

from tests.support.names import greeter
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
import socket
from mirage import log

AWAY = "192.0.2.1", {other_host!r}

async def echo(reader, writer):
    writer.write(await reader.readline())

async def start(udp, tcp):
    udp.write("at once", {host!r}, 4000)
    reader, _ = await tcp.connect({host!r}, 4000)
    log.info("greeted by %s", await reader.read(100))
    for away in AWAY:
        try:
            await tcp.connect(away, 4000)
        except OSError as error:
            log.info("%s is %d away", away, error.errno)
        try:
            udp.write("lost", away, 4000)
        except OSError as error:
            log.info("datagrams to %s are %d away", away, error.errno)
    plain = socket.socket(socket.AF_INET6 if ":" in AWAY[1] else socket.AF_INET)
    plain.setblocking(False)
    try:
        plain.connect((AWAY[1], 4000))
    except OSError as error:
        log.info("a socket is %d away", error.errno)
    try:
        socket.getaddrinfo("nobody.example", 80)
    except OSError as error:
        log.info("names cannot be found: %r", error)
    await tcp.listen(7, echo)
    port = udp.listen(7)
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
    """Both protocols answer over the one family, and nothing does over the other. As soon as the
    image starts it reaches others, and is told at once whom it never will."""
    host, other_host = (one.removesuffix("2") + "1" for one in (address, other))
    files = {
        "config.py": CONFIG.format(ip=ip),
        "unikernel.py": UNIKERNEL.format(host=host, other_host=other_host),
    }
    image = unikernels.build(files, target)
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with Network() as network, greeter(network, host, 4000):
        with network.inside():
            heard = socket.socket(family, socket.SOCK_DGRAM)
            heard.bind((host, 4000))
            heard.settimeout(20)
        guest = network.start(image.path, "--mem=4")
        with heard:
            assert heard.recv(100) == b"at once"
        assert address in guest.wait("listening on")
        assert f"greeted by b'{host}'" in guest.wait("greeted")
        version, only = (6, 4) if family == socket.AF_INET else (4, 6)
        for away in ("192.0.2.1", other_host):
            guest.wait(f"{away} is {errno.ENETUNREACH} away")
            guest.wait(f"datagrams to {away} are {errno.ENETUNREACH} away")
        guest.wait(f"attempted to write an IPv{version} packet in a v{only} only stack")
        if family == socket.AF_INET:
            guest.wait("Write to 192.0.2.1 would require an external route")
        guest.wait(f"a socket is {errno.ENETUNREACH} away")
        guest.wait(
            "names cannot be found: gaierror(-2, 'nobody.example: no DNS client in this image')"
        )
        ran = network.run("ping", "-c", "1", "-W", "1", other)
        assert " 0 received" in ran.stdout, ran
        with network.inside(), socket.create_connection((address, 7), timeout=20) as connected:
            connected.sendall(b"over TCP\n")
            assert connected.recv(100) == b"over TCP\n"
        with network.inside(), socket.socket(family, socket.SOCK_DGRAM) as here:
            here.settimeout(20)
            here.sendto(b"over UDP", (address, 7))
            assert here.recvfrom(100)[0] == b"over UDP"
