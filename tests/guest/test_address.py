"""Addresses as the guest writes and reads them, beside Python's ipaddress."""

from __future__ import annotations

import ipaddress
import random
from importlib import import_module

import pytest

address = import_module("mirage.address")
WELL_FORMED = ["0.0.0.0", "10.0.0.2", "255.255.255.255", "::", "::1", "fd00::2", "1::", "1:2::7:8"]


def spellings() -> list[str]:
    """Addresses with runs of zeros in all places."""
    numbers = random.Random(4291)
    groups = ([numbers.choice((0, 0, 1, 0xA0, 0xFFFF)) for _ in range(8)] for _ in range(500))
    return [str(ipaddress.IPv6Address(b"".join(one.to_bytes(2) for one in all_)))
            for all_ in groups]  # fmt: skip


@pytest.mark.parametrize("text", WELL_FORMED)
def test_both_ways(text: str) -> None:
    packed = address.packed(text)
    known = ipaddress.ip_address(text).packed
    assert packed == (known if len(known) == 16 else address.MAPPED + known)
    assert address.text(packed) == text


def test_random_ones() -> None:
    for text in spellings():
        packed = ipaddress.IPv6Address(text).packed
        if not packed.startswith(address.MAPPED):
            assert (address.packed(text), address.text(packed)) == (packed, text)


def test_ipv4_inside() -> None:
    assert address.packed("64:ff9b::192.0.2.33").hex() == "0064ff9b0000000000000000c0000221"
    assert address.text(address.packed("::ffff:192.0.2.33")) == "192.0.2.33"


@pytest.mark.parametrize(
    "text",
    ["", "1.2.3", "1.2.3.256", "1.2.3.4.5", "a", ":", ":::", "1:2:3:4:5:6:7", "1::2::3",
     "1:2:3:4:5:6:7:8:9", "12345::", "::g", "::1%eth0", "1:2:3:4:5:6:7::8"],
)  # fmt: skip
def test_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        address.packed(text)
