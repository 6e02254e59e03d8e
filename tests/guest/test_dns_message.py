"""The guest's DNS messages in CPython: what is read back, and that nothing takes long or fails
otherwise than it says."""

from __future__ import annotations

import random
import struct
import time

import pytest

from tests.support.guest_module import load
from tests.support.names import name, record, response

A, AAAA, MX = 1, 28, 15
ROUNDS = 20_000


message = load("dns", "message")


def test_query() -> None:
    assert message.query(0x1234, "Host.example.", A, False) == bytes.fromhex(
        "12340100000100000000000004486f7374076578616d706c650000010001"
    )
    extended = message.query(0x1234, "host.example", A)
    assert extended.endswith(bytes.fromhex("00002904d0000000000000"))
    assert extended[11] == 1


@pytest.mark.parametrize(
    "wrong", ["", ".", "a..b", "a b", "ä.example", "x" * 64, ".".join(["x" * 50] * 6), "a\n"]
)
def test_no_name(wrong: str) -> None:
    with pytest.raises(ValueError, match="not a domain name"):
        message.encode(wrong)


def test_longest_name() -> None:
    longest = ".".join(["x" * 63, "y" * 63, "z" * 63, "w" * 61])
    query = message.query(1, longest, A)
    answer = message.read(response(query, [record(longest, "A", 9, bytes(4))]), query)
    assert (answer.name, answer.answers[0].name, answer.answers[0].ttl) == (longest, longest, 9)
    deepest = ".".join("a" * 127)
    query = message.query(1, deepest, A)
    assert message.read(response(query), query).name == deepest


@pytest.mark.parametrize(
    ("address", "text"),
    [
        ("20010db8000000000000000000000001", "2001:db8::1"),
        ("20010db8000000010001000100010001", "2001:db8:0:1:1:1:1:1"),
        ("20010000000000010000000000000001", "2001:0:0:1::1"),
        ("00000000000000000000000000000000", "::"),
        ("fe800000000000000000000000000000", "fe80::"),
    ],
)
def test_ipv6(address: str, text: str) -> None:
    query = message.query(1, "a", AAAA)
    answer = response(query, [record("a", "AAAA", 1, bytes.fromhex(address))])
    assert message.read(answer, query).answers[0].value == text


def test_compression() -> None:
    query = message.query(1, "example.org", MX)
    pointer = b"\xc0\x0c"
    body = struct.pack(">H", 10) + b"\x04Mail" + pointer
    rest = pointer + struct.pack(">2HLH", MX, 1, 60, len(body)) + body
    read = message.read(response(query, [rest]), query)
    assert read.answers[0].value == (10, "mail.example.org")
    assert read.answers[0].name == "example.org"


def test_bytes_of_names() -> None:
    query = message.query(1, "a", 2)
    body = b"\x03a.\x07\x00"
    answer = response(query, [name("a") + struct.pack(">2HLH", 2, 1, 1, len(body)) + body])
    assert message.read(answer, query).answers[0].value == "a\\046\\007"


@pytest.mark.parametrize(
    ("rest", "what"),
    [
        (b"\xc0\xff", "forward"),
        (b"\xc0\x1d" + bytes(10), "forward"),
        (b"\x40a\0", "too long"),
        (b"\x01a", "index out of range"),
        (b"\x01a\0\0\1\0\1\0\0\0\0\0\5abcd", "ends too early"),
        (b"\x01a\0\0\1\0\1\0\0\0\0\0\3abc", "of 3 bytes"),
        (b"\x01a\0\0\x10\0\1\0\0\0\0\0\3\5bc", "longer than its record"),
        (b"\x01a\0\0\2\0\1\0\0\0\0\0\1\1b\0", "longer than it says"),
        (b"\x01a\0\0\6\0\1\0\0\0\0\0\3\0\0\0", "SOA"),
    ],
)
def test_malformed(rest: bytes, what: str) -> None:
    query = message.query(1, "a", A)
    with pytest.raises(message.Malformed, match=what):
        message.read(response(query, [rest]), query)


@pytest.mark.parametrize(("hops", "fails"), [(150, False), (8000, True)])
def test_pointers_to_pointers(hops: int, fails: bool) -> None:
    """Names that are found by long chains of pointers, as many as a message holds."""
    query = message.query(1, "a", A)
    start = len(response(query)) + 11
    first = [0xC00C, *(0xC000 | (start + 2 * number) for number in range(hops - 1))]
    chain = struct.pack(f">{hops}H", *(pointer & 0xFFFF for pointer in first))
    holder = b"\0" + struct.pack(">2HLH", 99, 1, 1, len(chain)) + chain
    last = 0xC000 | (start + 2 * (hops - 1)) & 0x3FFF
    rest = [struct.pack(">H2HLH", last, A, 1, 1, 4) + bytes(4)] * 3000
    data = response(query, [holder, *rest])
    before = time.monotonic()
    if fails:
        with pytest.raises(message.Malformed):
            message.read(data, query)
    else:
        answers = message.read(data, query).answers
        assert len(answers) == 256
        assert answers[-1].name == "a"
    assert time.monotonic() - before < 5


def test_anything() -> None:
    """Damaged responses are read, or refused as Malformed; no other exception comes of them."""
    chance = random.Random(1)
    query = message.query(0x0101, "host.example.org", A)
    seeds = [
        response(query, [record("host.example.org", "CNAME", 5, name("b.example.org")),
                         record("b.example.org", "A", 5, bytes(4))]),
        response(query, [record("x", "TXT", 5, b"\3abc\0")], [record("y", "SOA", 1, bytes(22))]),
        response(query, [record("x", "AAAA", 5, bytes(16))] * 9, code=3),
    ]  # fmt: skip
    read = 0
    for _ in range(ROUNDS):
        data = bytearray(chance.choice(seeds))
        for _ in range(chance.randrange(1, 4)):
            data[chance.randrange(len(data))] = chance.choice(
                (0, 12, 63, 192, 255, chance.randrange(256))
            )
        if chance.random() < 0.2:
            del data[chance.randrange(len(data)) :]
        try:
            message.read(bytes(data), query)
            read += 1
        except message.Malformed:
            pass
    assert ROUNDS * 0.05 < read < ROUNDS * 0.95
