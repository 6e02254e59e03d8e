"""Damage, by chance that is the same each time."""

from __future__ import annotations

import random
import struct

from tests.fuzz.frames import TCP, Connection, repaired

INTERESTING = (0, 1, 0x0F, 0x10, 0x3F, 0x40, 0x7F, 0x80, 0xFE, 0xFF)
LONGEST = 1514


def damaged(data: bytes, chance: random.Random, first: int = 0) -> bytes:
    """The data with some bytes behind the first changed, cut, put in or repeated."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 1, 2, 3, 6))):
        if len(found) <= first:
            break
        at = chance.randrange(first, len(found))
        match chance.randrange(6):
            case 0:
                found[at] = chance.choice(INTERESTING)
            case 1:
                found[at] ^= 1 << chance.randrange(8)
            case 2:
                found[at : at + 2] = struct.pack("!H", chance.randrange(65536))
            case 3:
                del found[at : at + chance.choice((1, 2, 4, 8, len(found)))]
            case 4:
                found[at:at] = chance.randbytes(chance.randint(1, 40))
            case 5:
                other = chance.randrange(first, len(found))
                found[at:at] = found[other : other + chance.randint(1, 200)]
    return bytes(found)


def frame(corpus: list[bytes], chance: random.Random, opened: Connection | None) -> bytes:
    """A damaged frame: of a connection that is open, if it is of TCP and there is one; with right
    checksums mostly, since what is wrongly summed goes no further."""
    found = bytearray(chance.choice(corpus))
    if opened and found[12:14] == b"\x08\x00" and found[23] == TCP and len(found) >= 54:
        struct.pack_into("!HH", found, 34, opened.here, opened.there)
        sent = opened.sent + chance.choice((0, 0, 0, 1, -1, 1000, -1000, 1 << 31))
        due = opened.due + chance.choice((0, 0, 0, 1, -1, 1000, -1000, 1 << 31))
        struct.pack_into("!II", found, 38, sent & 0xFFFFFFFF, due & 0xFFFFFFFF)
    whole = damaged(bytes(found), chance, 12 if chance.random() < 0.05 else 14)
    whole = whole.ljust(15, b"\0")[:LONGEST]
    return repaired(whole) if chance.random() < 0.8 else whole


def request(corpus: list[bytes], chance: random.Random) -> bytes:
    """One or several requests of HTTP, the last of them damaged."""
    before = b"".join(chance.choices(corpus, k=chance.choice((0, 0, 0, 1, 3))))
    return before + damaged(chance.choice(corpus), chance)


def pieces(data: bytes, chance: random.Random) -> list[tuple[int, bytes]]:
    """The data in segments, each with where it begins: cut anywhere, some twice, some overlapping,
    some before those that come first."""
    cuts = sorted({0, *(chance.randrange(len(data) + 1) for _ in range(chance.randrange(6)))})
    ends = [*cuts[1:], len(data)]
    found = []
    for start, end in zip(cuts, ends, strict=True):
        begin = max(0, start - chance.choice((0, 0, 0, 1, 20)))
        found += [(at, data[at : min(at + 1400, end)]) for at in range(begin, end, 1400)]
    if chance.random() < 0.3:
        found += found[: chance.randrange(3)]
    if chance.random() < 0.3:
        chance.shuffle(found)
    return found
