"""Names found by an image: dnsmasq, and servers that answer late, wrongly or not at all."""

from __future__ import annotations

import socket
import struct
import time
from ast import literal_eval
from pathlib import Path

import pytest

from tests.support.asker import CLIENT, client
from tests.support.names import (
    RESPONSE,
    TRUNCATED,
    FakeServer,
    asked,
    dnsmasq,
    greeter,
    name,
    record,
    response,
)
from tests.support.network import Network, can_make_namespaces
from tests.support.unikernel import Unikernels

pytestmark = pytest.mark.skipif(
    not can_make_namespaces(), reason="needs root and /dev/net/tun for a tap"
)
ADDRESS = bytes([10, 0, 0, 77])


@pytest.mark.parametrize("target", ["spt", "unix", "virtio"])
def test_records(unikernels: Unikernels, target: str) -> None:
    """Every kind that dnsmasq knows; an answer that fits in no datagram comes over TCP."""
    known = [
        "--host-record=host.example,10.0.0.77,fd00::77", "--cname=alias.example,host.example",
        "--mx-host=example,mail.example,7", "--txt-record=host.example,one,two words",
        "--srv-host=_http._tcp.example,host.example,80,1,2",
        "--ptr-record=77.0.0.10.in-addr.arpa,host.example", "--local=/example/",
        *(f"--txt-record=long.example,{number:03}{'x' * 200}" for number in range(20)),
    ]  # fmt: skip
    with (
        client(unikernels, "--dns-servers=10.0.0.1", target=target) as one,
        dnsmasq(one.network, *known),
    ):
        assert one.do("resolve host.example") == "['10.0.0.77']"
        assert one.do("resolve HOST.Example. AAAA") == "['fd00::77']"
        assert one.do("resolve alias.example A") == "['10.0.0.77']"
        assert one.do("resolve alias.example CNAME") == "['host.example']"
        assert one.do("resolve example MX") == "[(7, 'mail.example')]"
        assert one.do("resolve host.example TXT") == "[(b'one', b'two words')]"
        assert one.do("resolve _http._tcp.example SRV") == "[(1, 2, 80, 'host.example')]"
        assert one.do("resolve 77.0.0.10.in-addr.arpa PTR") == "['host.example']"
        assert one.do("resolve long.example TXT").count("x" * 200) == 20
        assert one.do("resolve example A") == "NotFound: [Errno -2] example has no A record"
        told = one.do("resolve none.example")
        assert told == "NotFound: [Errno -2] there is no name none.example"
        assert one.do("host 10.1.2.3") == "'10.1.2.3'"
        found = one.do("getaddrinfo alias.example 80")
        four, six = "(2, 1, 0, '', ('10.0.0.77', 80))", "(10, 1, 0, '', ('fd00::77', 80))"
        assert found == f"[{four}, {six}]"
        assert one.do("resolve a..b") == "ValueError: not a domain name: a..b"


def test_sockets_of_the_host(unikernels: Unikernels) -> None:
    """Over them names are found, and connected to, as over a stack in the image."""
    known = ("--host-record=host.example,10.0.0.1", "--local=/example/")
    with (
        client(unikernels, "--dns-servers=10.0.0.1", target="unix", host=True) as one,
        dnsmasq(one.network, *known),
        greeter(one.network, "10.0.0.1", 4000),
    ):
        assert one.do("resolve host.example") == "['10.0.0.1']"
        assert one.do("getaddrinfo host.example 80") == "[(2, 1, 0, '', ('10.0.0.1', 80))]"
        assert one.do("connect host.example 4000") == "b'10.0.0.1'"
        assert "ConnectionRefusedError: [Errno 111]" in one.do("connect host.example 4001")
        assert "there is no name" in one.do("resolve none.example")


def answer(query: bytes, ttl: int = 60) -> bytes:
    """The response that is right."""
    return response(query, [record(asked(query)[0], "A", ttl, ADDRESS)])


def test_hostile_answers(unikernels: Unikernels) -> None:
    """What is not the response to a question is passed over, and then the right one is heard."""

    def answers(query: bytes) -> list[bytes]:
        right = answer(query)
        other = response(query, [record(asked(query)[0], "A", 60, bytes([6, 6, 6, 6]))])
        loop = b"\xc0\x0c" + struct.pack(">2HLH", 1, 1, 60, 2)
        return [
            bytes([other[0] ^ 1]) + other[1:],  # another identifier
            other[:2] + b"\x01" + other[3:],  # not a response
            other.replace(name(asked(query)[0]), name("wrong.example"), 1),
            other[: len(other) // 2],
            other[:6] + b"\xff\xff" + other[8:],  # more records than there are
            right[:12] + b"\xc0\x0c" + right[14:],  # a name that is itself
            other[:-14] + b"\xc0\xff" + other[-14:],
            response(query, [loop + b"\xc0\x0c", loop]),
            b"", b"\0", bytes(12), bytes(512), b"\xff" * 512,
            right,
        ]  # fmt: skip

    with client(unikernels, "--dns-servers=udp:10.0.0.1:5300") as one:
        with FakeServer(one.network, 5300, answers) as server:
            for number in range(20):
                assert one.do(f"resolve host{number}.example") == "['10.0.0.77']"
        identifiers = {query[:2] for query in server.queries}
        ports = {port for _, port in server.peers}
        assert len(server.queries) == 20
        assert len(identifiers) > 15
        assert len(ports) > 15


def test_another_sender(unikernels: Unikernels) -> None:
    """Only the server that was asked is heard."""
    with client(unikernels, "--dns-servers=udp:10.0.0.1:5300") as one:
        with one.network.inside():
            other = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

        def forged(query: bytes) -> list[bytes]:
            wrong = response(query, [record(asked(query)[0], "A", 60, bytes([6, 6, 6, 6]))])
            other.sendto(wrong, server.peers[-1])
            return [answer(query)]

        with other, FakeServer(one.network, 5300, forged) as server:
            assert one.do("resolve host.example") == "['10.0.0.77']"


def test_servers_and_time(unikernels: Unikernels) -> None:
    """A server that does not answer is left for the next, which is asked again; an answer that
    nobody gives is not waited for any longer than was said."""
    args = (
        "--dns-servers=udp:10.0.0.1:5301,udp:10.0.0.1:5302,udp:10.0.0.1:5300",
        "--dns-timeout=3000000000",
    )
    dropped: list[bytes] = []

    def third(query: bytes) -> list[bytes]:
        return [answer(query)]

    def silent(query: bytes) -> list[bytes]:
        dropped.append(query)
        return []

    with (
        client(unikernels, *args) as one,
        FakeServer(one.network, 5301, silent),
        FakeServer(one.network, 5302, lambda query: [response(query, code=2)]),
    ):
        with FakeServer(one.network, 5300, third):
            took, told = one.timed("resolve host.example")
            assert told == "['10.0.0.77']"
            assert 900 <= took < 3000
            assert one.do("resolve another.example") == "['10.0.0.77']"
            assert len(dropped) == 1, "who did not answer is asked last"
        took, told = one.timed("resolve other.example")
        assert told == "TimeoutError: DNS request timeout"
        assert 2900 <= took < 6000
        assert len(dropped) >= 2
        assert int(one.do("others fourth.example")) > 20
        before = time.monotonic()
        assert "DNS request timeout" in one.do("getaddrinfo third.example 80")
        assert time.monotonic() - before > 2


@pytest.mark.parametrize("only", [(), ("--ipv4-only=true",)], ids=["both", "ipv4"])
def test_families_at_once(unikernels: Unikernels, only: tuple[str, ...]) -> None:
    """A server that never answers for IPv6 does not hold up what it says of IPv4; nobody is asked
    for a family that the stack lacks, nor for an address."""
    kinds: list[int] = []

    def half(query: bytes) -> list[bytes]:
        kinds.append(asked(query)[1])
        return [answer(query)] if kinds[-1] == 1 else []

    with (
        client(unikernels, "--dns-servers=10.0.0.1:5300", *only) as one,
        FakeServer(one.network, 5300, half),
    ):
        for line in ("getaddrinfo host.example 80", "names another.example", "names host.example"):
            took, told = one.timed(line)
            assert told == "[(2, 1, 0, '', ('10.0.0.77', 80))]"
            assert took < 1000, "a question is asked again after a second"
        assert sorted(kinds) == ([1, 1] if only else [1, 1, 28, 28])
        assert one.do("names 10.1.2.3") == "[(2, 1, 0, '', ('10.1.2.3', 80))]"
        assert one.do("names ::1") == "[(10, 1, 0, '', ('::1', 80))]"
        assert "[Errno -9] Address family for hostname not" in one.do("names 10.1.2.3 10")
        assert one.do("names host.example 99") == "gaierror: [Errno -6] ai_family not supported"
        assert "no kind of record: Z (A, " in one.do("resolve host.example Z")
        assert len(kinds) == (2 if only else 4)


def test_refusing_servers(unikernels: Unikernels) -> None:
    """A question that every server refuses fails at once. One that does not know of EDNS is asked
    without."""

    def old(query: bytes) -> list[bytes]:
        extended = query[11] == 1
        return [response(query, code=1)] if extended else [answer(query)]

    with client(unikernels, "--dns-servers=udp:10.0.0.1:5300") as one:
        with FakeServer(one.network, 5300, lambda query: [response(query, code=5)]):
            took, told = one.timed("resolve host.example")
            assert told.endswith("udp:10.0.0.1:5300 refuses to answer (code 5, REFUSED)")
            assert took < 1000
        with FakeServer(one.network, 5300, old) as server:
            assert one.do("resolve host.example") == "['10.0.0.77']"
            assert len(server.queries) == 2


def test_cache(unikernels: Unikernels) -> None:
    """What is there, and what is not, is remembered as long as it says, and so many of them."""
    soa = name("ns.example") + name("admin.example") + struct.pack(">5L", 1, 2, 3, 4, 60)

    def some(query: bytes) -> list[bytes]:
        wanted = asked(query)[0]
        if wanted.startswith("none"):
            return [response(query, [], [record("example", "SOA", 60, soa)], code=3)]
        if wanted.startswith("alias"):
            return [response(query, [record(wanted, "CNAME", 60, name("host.example"))])]
        return [answer(query, 1 if wanted.startswith("short") else 60)]

    with (
        client(unikernels, "--dns-servers=10.0.0.1:5300", "--dns-cache-size=4") as one,
        FakeServer(one.network, 5300, some) as server,
    ):
        for line, questions in (
            ("resolve host.example", 1), ("resolve HOST.example", 1),
            ("resolve none.example", 2), ("resolve none.example", 2),
            ("resolve short.example", 3), ("resolve alias.example", 5),
            ("resolve alias.example", 5),
        ):  # fmt: skip
            told = one.do(line)
            assert told == "['10.0.0.77']" or "none.example" in told
            assert len(server.queries) == questions, line
        time.sleep(1.1)
        one.do("resolve short.example")
        assert len(server.queries) == 6
        for number in range(40):
            one.do(f"resolve host{number}.example")
        assert one.do("cached") == "4"
        heap = literal_eval(one.do("memory"))[0]
        for number in range(40, 200):
            one.do(f"resolve host{number}.example")
        assert literal_eval(one.do("memory"))[0] < heap + 4096


def test_truncated_without_tcp(unikernels: Unikernels) -> None:
    """A truncated answer says nothing by itself."""

    def cut(query: bytes) -> list[bytes]:
        return [response(query, flags=RESPONSE | TRUNCATED)]

    with (
        client(unikernels, "--dns-servers=10.0.0.1:5300") as one,
        FakeServer(one.network, 5300, cut),
    ):
        assert "no name server answers" in one.do("resolve host.example")


@pytest.mark.parametrize(
    ("servers", "message"),
    [
        ("tls:10.0.0.1", "there is no TLS in this image"),
        ("10.0.0.256", "not a name server"),
        ("udp:10.0.0.1:0", "not a name server"),
        ("udp:ns.example", "not a name server"),
    ],
)
def test_wrong_servers(unikernels: Unikernels, servers: str, message: str) -> None:
    with Network() as network:
        guest = network.start(
            unikernels.build(CLIENT, "spt").path, "--mem=8", args=(f"--dns-servers={servers}",)
        )
        assert message in guest.wait("ValueError")


LEASED = {
    "config.py": """\
from mirage_py import *
link = ethif(default_network)
neighbours = arp(link)
v4 = ipv4_of_dhcp(link, neighbours)
stack = direct_stackv4v6(default_network, link, neighbours, v4, create_ipv6(link))
names = generic_dns_client(stack, generic_happy_eyeballs(stack))
register("leased", [main("unikernel.start", dns_client >> job)(names)])
""",
    "unikernel.py": """\
from mirage import log

async def start(dns):
    log.info("found %s", await dns.gethostbyname("host.example"))
""",
}


def test_servers_of_a_lease(unikernels: Unikernels, tmp_path: Path) -> None:
    """Without --dns-servers those are asked that DHCP named; if nobody named any, that is said."""
    image = unikernels.build(LEASED, "spt").path
    lease = (
        "--dhcp-range=10.0.0.50,10.0.0.50,120s", "--no-ping", "--interface=tap0",
        f"--dhcp-leasefile={tmp_path / 'leases'}", "--address=/host.example/10.0.0.77",
    )  # fmt: skip
    with Network() as network:
        with dnsmasq(network, *lease):
            guest = network.start(image, "--mem=8")
            assert guest.wait("found").endswith("found 10.0.0.77")
        guest = network.start(image, "--mem=8", args=("--ipv4=10.0.0.3/24",))
        assert "no name server is known: see --dns-servers" in guest.wait("OSError")
