"""What servers of DHCP may say: refusals, silence, and options of all lengths. An image with
sanitizers is told so frame by frame."""

from __future__ import annotations

import struct

import pytest

from tests.fuzz import answers
from tests.fuzz.answers import ACK, CLIENT, DISCOVER, NAK, OFFER, REQUEST, SERVED, lease, option
from tests.fuzz.frames import HOST4, fragments, udp
from tests.fuzz.link import Link

ANYWHERE = b"\xff\xff\xff\xff"
SOON = option(58, struct.pack("!I", 1)) + option(59, struct.pack("!I", 2))
"""A lease is renewed after one second, and from anyone after two (RFC 2132, 9.11 and 9.12)."""


def asked(link: Link, message: int) -> bytes:
    """The next message by which the image asks for a lease, which is of that kind."""
    link.leasing = False
    found = link.asks()
    assert found, "it asks for nothing"
    assert answers.kind(found) == message
    return found


def say(link: Link, content: bytes) -> None:
    link.send(udp(SERVED, CLIENT, content))


def given(link: Link, more: bytes = b"", seconds: int = 4) -> None:
    """The image has a lease, with these options."""
    link.leasing = False
    link.tell("lease fuzzed")
    say(link, lease(asked(link, DISCOVER), OFFER))
    say(link, lease(asked(link, REQUEST), ACK, seconds=seconds, more=more))
    link.alive()


def shown(link: Link) -> str:
    """What the image tells of its lease."""
    link.tell("show it")
    found = link.datagram(9)
    assert found
    return found[1].decode()


def test_refused(link: Link) -> None:
    """A refusal ends the attempt or the lease, and another is asked for."""
    link.leasing = False
    link.tell("lease fuzzed")
    say(link, lease(asked(link, DISCOVER), OFFER))
    say(link, lease(asked(link, REQUEST), NAK))
    say(link, lease(asked(link, DISCOVER), OFFER))
    say(link, lease(asked(link, REQUEST), ACK, seconds=4, more=SOON))
    link.alive()
    request = asked(link, REQUEST)
    assert link.destination == HOST4
    say(link, lease(request, NAK))
    asked(link, DISCOVER)
    given(link)


def test_gone(link: Link) -> None:
    """Who gave the lease is asked first, then all are; one of them may give it on, and need not
    tell its mask again. When none does until it ends, the address is given up."""
    given(link, SOON)
    asked(link, REQUEST)
    while link.destination == HOST4:
        request = asked(link, REQUEST)
    assert link.destination == ANYWHERE
    say(link, lease(request, ACK, seconds=3, more=SOON, without=1))
    link.alive()
    assert shown(link).startswith("10.0.0.2/24 10.0.0.1 ")
    destinations = []
    while (message := link.asks()) and answers.kind(message) == REQUEST:
        destinations.append(link.destination)
    assert message
    assert destinations[0] == HOST4
    assert destinations[-1] == ANYWHERE
    given(link)


WRONG = {
    "length of a mask": option(1, b"\xff"),
    "length of a router": option(3, b"\0"),
    "length of servers": option(6, b"\0\0\0\0\0"),
    "length of a time": option(51, b""),
    "length of a kind": option(53, b"\2\2"),
    "length of an identity": option(54, b"\1\2"),
    "beyond the end": b"\x06\xff\x0a",
    "no length": b"\x06",
}


@pytest.mark.parametrize("more", WRONG.values(), ids=WRONG)
def test_wrong_options(link: Link, more: bytes) -> None:
    """An offer with one is none; a right one is taken after it."""
    link.leasing = False
    link.tell("lease fuzzed")
    message = asked(link, DISCOVER)
    say(link, lease(message, OFFER, more=more).removesuffix(b"\xff" if len(more) < 4 else b""))
    assert link.asks(0.05) is None
    say(link, lease(message, OFFER))
    say(link, lease(asked(link, REQUEST), ACK))
    link.alive()


@pytest.mark.parametrize("code", [51, 1], ids=["time", "mask"])
def test_what_a_lease_lacks(link: Link, code: int) -> None:
    """An offer or a lease without a lease time (RFC 2131, table 3) or a mask is none."""
    link.leasing = False
    link.tell("lease fuzzed")
    message = asked(link, DISCOVER)
    say(link, lease(message, OFFER, without=code))
    assert link.asks(0.05) is None
    say(link, lease(message, OFFER))
    message = asked(link, REQUEST)
    say(link, lease(message, ACK, without=code))
    assert shown(link) == "none"
    say(link, lease(message, ACK))
    link.alive()
    assert shown(link).startswith("10.0.0.2/24 ")


def test_bounds_of_options(link: Link) -> None:
    """They may be empty or 255 bytes long, come twice, and in the fields that they overload; what
    there is no room for is left out."""
    twice = option(42, b"one") + option(42, b"more")
    given(link, option(224, b"x" * 255) + option(225, b"") + twice)
    assert shown(link).endswith(" 42:4,224:255,225:0")
    given(link, b"".join(option(code, bytes(200)) for code in range(226, 230)))
    assert shown(link).endswith(" 226:200,227:200")

    link.tell("lease fuzzed")
    say(link, lease(asked(link, DISCOVER), OFFER))
    whole = bytearray(lease(asked(link, REQUEST), ACK, more=option(52, b"\3")))
    over = option(224, b"y" * 9) + option(52, b"\3") + b"\xff"
    whole[answers.SNAME : answers.SNAME + 64] = over.ljust(64, b"\0")  # which may not do so again
    say(link, bytes(whole))
    assert shown(link) == "none"
    given(link)


def test_in_fragments(link: Link) -> None:
    """An option that ends behind small ones."""
    given(link, SOON)
    request = asked(link, REQUEST)
    whole = udp(SERVED, CLIENT, lease(request, ACK, more=option(43, bytes(255)) + SOON))
    for fragment in fragments(whole, [288, 8, 8, 8, 8]):
        link.send(fragment)
    link.alive()
    assert "43:255" in shown(link)


def test_connections_that_wait(link: Link) -> None:
    """They end with the address that they came to, those that nobody has accepted, too."""
    for _ in range(50):  # ten more than the server takes
        assert link.connect(80, 5)
    given(link)
