"""Addresses as the guest writes and reads them, beside Python's ipaddress."""

from __future__ import annotations

import ipaddress
from importlib import import_module

import pytest

address = import_module("mirage.address")
WELL_FORMED = ["10.0.0.2", "255.255.255.255", "::", "::1", "fd00::2", "1::", "1:2::7:8"]


ZEROS = range(256)
"""Which of the eight groups are zero, a bit each."""


@pytest.mark.parametrize("text", WELL_FORMED)
def test_both_ways(text: str) -> None:
    packed = address.packed(text)
    known = ipaddress.ip_address(text).packed
    assert packed == (known if len(known) == 16 else address.MAPPED + known)
    assert address.text(packed) == text


@pytest.mark.parametrize("zeros", ZEROS)
def test_runs_of_zeros(zeros: int) -> None:
    groups = (0 if zeros >> at & 1 else 0xA0 + at for at in range(8))
    known = ipaddress.IPv6Address(b"".join(one.to_bytes(2, "big") for one in groups))
    assert address.packed(str(known)) == known.packed
    assert address.text(known.packed) == str(known)


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
