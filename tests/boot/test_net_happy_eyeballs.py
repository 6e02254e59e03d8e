"""Connections to names over IPv6 or IPv4 (RFC 8305), one of which does not work, or both."""

from __future__ import annotations

import contextlib
import socket
import struct
import time
from ast import literal_eval
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pytest

from tests.support.asker import Client, client
from tests.support.names import TYPES, FakeServer, asked, greeter, record, response
from tests.support.network import Network, can_make_namespaces
from tests.support.unikernel import Unikernels

pytestmark = pytest.mark.skipif(
    not can_make_namespaces(), reason="needs root and /dev/net/tun for a tap"
)
PORT = 4000
DELAY = 250
"""Milliseconds between two attempts."""
TIMEOUT = 3000
"""Milliseconds that an attempt may take: who waits for one that is lost takes as long."""
NOBODY4, NOBODY6 = "10.0.0.98", "fd00::98"
"""Addresses of the link that are nobody's: what is sent there is lost."""
HERE4, HERE6 = "10.0.0.1", "fd00::1"


@dataclass
class Names:
    """A name server: the addresses of names, and how many seconds it takes to say them."""

    addresses: Mapping[str, tuple[str, ...]]
    delays: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def __call__(self, query: bytes) -> Iterator[bytes]:
        name, number = asked(query)
        kind = next(kind for kind, one in TYPES.items() if one == number)
        family = socket.AF_INET if kind == "A" else socket.AF_INET6
        if name not in self.addresses:
            yield response(query, code=3)
            return
        found = [one for one in self.addresses[name] if (":" in one) == (kind == "AAAA")]
        time.sleep(self.delays.get((name, kind), 0))
        yield response(
            query, [record(name, kind, 60, socket.inet_pton(family, one)) for one in found]
        )


ADDRESSES = {
    "both": (HERE6, HERE4),
    "slow6": (HERE6, HERE4),
    "late6": (HERE6, HERE4),
    "lost6": (NOBODY6, HERE4),
    "lost4": (NOBODY4, HERE6),
    "far6": ("2001:db8::1", HERE4),
    "lost": (NOBODY6, "fd00::99", NOBODY4, HERE4),
    "only4": (HERE4,),
    "nobody": ("fd00::97", "10.0.0.97"),  # whom no other test has the link asked for
    "nothing": (),
}
DELAYS = {("slow6", "AAAA"): 4.0, ("late6", "AAAA"): 0.01}


@pytest.fixture(scope="module")
def one(unikernels: Unikernels) -> Iterator[Client]:
    args = (
        "--ipv6=fd00::2/64", "--dns-servers=10.0.0.1:5300", "--dns-cache-size=0",
        f"--he-connect-timeout={TIMEOUT * 10**6}",
    )  # fmt: skip
    with (
        client(unikernels, *args) as asker,
        FakeServer(asker.network, 5300, Names(ADDRESSES, DELAYS)),
    ):
        asker.guest.wait("IP6: Started with")
        yield asker


@contextlib.contextmanager
def both(network: Network) -> Iterator[None]:
    with greeter(network, HERE4, PORT), greeter(network, HERE6, PORT):
        yield


def test_ipv6_is_preferred(one: Client) -> None:
    """Where both work, and where its address comes shortly after that of IPv4. A busy host may be
    late with it, but not every time."""
    with both(one.network):
        for name in ("both", "late6"):
            assert any(one.do(f"connect {name} {PORT}") == f"b'{HERE6}'" for _ in range(10)), name
        assert one.do(f"connect only4 {PORT}") == f"b'{HERE4}'"
        assert one.do(f"connect {HERE4} {PORT}") == f"b'{HERE4}'"


def test_ipv4_does_not_wait_for_long(one: Client) -> None:
    """Not until the name server says the address of IPv6."""
    with both(one.network):
        took, told = one.timed(f"connect slow6 {PORT}")
        assert told == f"b'{HERE4}'"
        assert took < 1000 * DELAYS["slow6", "AAAA"]


@pytest.mark.parametrize(("name", "winner"), [("lost6", HERE4), ("far6", HERE4), ("lost4", HERE6)])
def test_one_family_is_lost(one: Client, name: str, winner: str) -> None:
    """What is sent to it vanishes, or has no way: the other is tried after a moment."""
    with both(one.network):
        took, told = one.timed(f"connect {name} {PORT}")
        assert told == f"b'{winner}'"
        assert took < TIMEOUT
        assert name != "lost6" or took >= DELAY - 5


def test_families_take_turns(one: Client) -> None:
    """Of two and two addresses the last works: it is reached after three delays."""
    with both(one.network):
        took, told = one.timed(f"connect lost {PORT}")
        assert told == f"b'{HERE4}'"
        assert 3 * DELAY - 5 <= took < TIMEOUT


def test_refused(one: Client) -> None:
    """One family refuses: the other is tried at once. Both do: so is said. A busy host may be late,
    but not every time."""
    with greeter(one.network, HERE4, PORT):
        tries = [one.timed(f"connect both {PORT}") for _ in range(5)]
        assert {told for _, told in tries} == {f"b'{HERE4}'"}
        assert min(took for took, _ in tries) < DELAY, tries
    took, told = one.timed(f"connect both {PORT}")
    assert "Error: [Errno 111]" in told
    assert took < TIMEOUT


def test_nobody_answers(one: Client) -> None:
    """Not for longer than was said, and nothing is left of what was tried."""
    took, told = one.timed(f"connect nobody {PORT}")
    # For as long the link is asked who has the address.
    assert told in ("TimeoutError: connection timeout", "OSError: [Errno 113] No route to host")
    assert TIMEOUT - 1100 <= took < 2 * TIMEOUT
    with both(one.network):
        before = literal_eval(one.do("memory"))
        for _ in range(8):
            assert one.do(f"connect lost6 {PORT}") == f"b'{HERE4}'"
        after = literal_eval(one.do("memory"))
    assert after[0] <= before[0] + 4096
    assert after[1] <= before[1] + 2 * 16384


def test_no_such_name(one: Client) -> None:
    told = one.do(f"connect unheard.of {PORT}")
    assert told.endswith(
        "name resolution failed: v4: there is no name unheard.of; v6: there is no name unheard.of"
    )
    assert "v4: nothing has no A record; v6: nothing has no AAAA record" in one.do(
        f"connect nothing {PORT}"
    )


def test_one_family_only(unikernels: Unikernels) -> None:
    """Names have no addresses that the stack has no use for."""
    args = ("--dns-servers=10.0.0.1:5300", "--ipv4-only=true")
    with (
        client(unikernels, *args) as asker,
        FakeServer(asker.network, 5300, Names(ADDRESSES)) as server,
        both(asker.network),
    ):
        assert asker.do(f"connect both {PORT}") == f"b'{HERE4}'"
        assert [struct.unpack(">H", query[-15:-13])[0] for query in server.queries] == [TYPES["A"]]
