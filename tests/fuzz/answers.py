"""What servers of DHCP (RFC 2131) and of the DNS (RFC 1035) answer the image, rightly and not."""

from __future__ import annotations

import random
import struct

from tests.fuzz import mutate
from tests.fuzz.frames import GUEST, GUEST4, HOST4, datagram

SERVED, CLIENT, NAMES = 67, 68, 53
"""Ports."""
COOKIE = bytes.fromhex("63825363")
DISCOVER, OFFER, REQUEST, ACK, NAK = 1, 2, 3, 5, 6
ANSWERS = {DISCOVER: OFFER, REQUEST: ACK}
SNAME, OPTIONS = 44, 240
"""Where these begin in a message."""
SECONDS = 3600
OTHERS = (1, 3, 6, 12, 15, 26, 42, 43, 51, 52, 53, 54, 58, 59, 119, 121, 224, 255, 0)
NAME = "some.example"
DATA = {
    "A": (1, bytes((10, 0, 0, 77))),
    "NS": (2, b"\2ns\xc0\x0c"),
    "CNAME": (5, b"\5other\xc0\x0c"),
    "PTR": (12, b"\3ptr\xc0\x11"),
    "MX": (15, b"\0\x0a\4mail\xc0\x0c"),
    "TXT": (16, b"\4some\4text"),
    "AAAA": (28, bytes.fromhex("fd000000000000000000000000000077")),
    "SRV": (33, b"\0\1\0\2\0\x50\3srv\7example\0"),
}
"""Kinds of records: their numbers and a value, with names that point into the question."""


def option(code: int, value: bytes) -> bytes:
    return bytes((code, len(value))) + value


def lease(
    request: bytes, message: int, *, seconds: int = SECONDS, more: bytes = b"", without: int = 0
) -> bytes:
    """The message that gives 10.0.0.2 to who sent `request`, or that one of another kind; `more`
    are further options, and that of the code `without` is left out."""
    head = struct.pack("!BBBB", 2, 1, 6, 0) + request[4:8] + bytes(8) + GUEST4 + HOST4 + bytes(4)
    told = option(53, bytes((message,))) + option(54, HOST4)
    if message != NAK:
        values = {51: struct.pack("!I", seconds), 1: b"\xff\xff\xff\0", 3: HOST4, 6: HOST4}
        told += b"".join(option(*one) for one in values.items() if one[0] != without)
    head += GUEST.ljust(16, b"\0") + bytes(192)
    return head + COOKIE + told + more + b"\xff"


def kind(message: bytes) -> int:
    """Of a message of the image, which has it first."""
    return message[OPTIONS + 2] if message[OPTIONS:].startswith(b"\x35\1") else 0


def right(frame: bytes, seconds: int = SECONDS) -> bytes | None:
    """What a server answers a frame, if it asks for a lease."""
    found = datagram(frame)
    if not found or found[:2] != (CLIENT, SERVED) or kind(found[2]) not in ANSWERS:
        return None
    return lease(found[2], ANSWERS[kind(found[2])], seconds=seconds)


def damaged_lease(request: bytes, chance: random.Random) -> bytes:
    """A message with options of all lengths, in all its places, and then damaged."""
    more = b"".join(
        bytes((chance.choice(OTHERS), chance.choice((0, 1, 3, 4, 5, 64, 128, 254, 255))))
        + chance.randbytes(chance.choice((0, 1, 4, 4, 8, 64, 255)))
        for _ in range(chance.choice((0, 1, 2, 8)))
    )
    if chance.random() < 0.3:
        more += option(52, bytes((chance.randrange(5),)))
    whole = lease(request, chance.choice((OFFER, ACK, NAK)), more=more)
    whole = whole[:SNAME] + more.ljust(192, b"\0")[:192] + whole[SNAME + 192 :]
    return mutate.damaged(whole, chance, chance.choice((16, SNAME, OPTIONS)))


def records(query: bytes, record: str, *, more: bool = True) -> bytes:
    """The answer to a question for that kind: two records of it, and one that was not asked for."""
    number, value = DATA[record]
    one = b"\xc0\x0c" + struct.pack("!HHIH", number, 1, 60, len(value)) + value
    other = b"\xc0\x0c" + struct.pack("!HHIH", 6, 1, 60, 22) + b"\0\0" + bytes(20)
    end = query.index(b"\0", 12) + 5
    count = 2 if more else 1
    head = query[:2] + struct.pack("!HHHHH", 0x8180, 1, count, int(more), 0)
    return head + query[12:end] + one * count + (other if more else b"")


def damaged_records(query: bytes, record: str, chance: random.Random) -> bytes:
    """One that is damaged behind the number that it is known by, or in the names' pointers."""
    whole = bytearray(records(query, chance.choice((record, record, *DATA))))
    if chance.random() < 0.3:
        at = chance.choice([at for at, byte in enumerate(whole) if byte == 0xC0 and at >= 12])
        struct.pack_into("!H", whole, at, 0xC000 | chance.randrange(len(whole) + 10))
    return mutate.damaged(bytes(whole), chance, chance.choice((2, 12, 30)))
