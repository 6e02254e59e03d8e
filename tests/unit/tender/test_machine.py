"""The command line of a tender that is a machine, and what its end means."""

from __future__ import annotations

import os
import re
import socket
from dataclasses import replace
from pathlib import Path

import pytest

from mirage_py.catalog.targets import Machine
from mirage_py.tender import kvm
from mirage_py.tender.execute import ABORTED, ended
from mirage_py.tender.machine import device_words, machine_words, pci_addresses
from mirage_py.tender.options import parse

MACHINE = Machine(
    kinds=("pc", "q35"),
    command=(
        "-m",
        "{memory}",
        "{accelerator}",
        "{devices}",
        "x,{status}",
        "{image}",
        "{arguments}",
    ),
    accelerated=("-fast",),
    emulated=("-slow", "-safe"),
    net=("net", "{name}={host},{mac},{mtu}"),
    net_fd=("fd", "{name}={host},{mac},{mtu}"),
    net_socket=("socket", "{name}={host},{mac},{mtu}"),
    block=("block", "{name}={host},{block_size}"),
    first_slot=2,
    last_slot=30,
    memory=512,
    success=83,
    install="get it",
)
VALUES = {"memory": "7", "status": "/s", "image": "/i", "arguments": "a {b} c"}


def words(devices: list[str], *options: str) -> list[str]:
    return machine_words(MACHINE, devices, parse(options, []), VALUES)


@pytest.fixture(autouse=True)
def without_kvm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(kvm.OVERRIDE, "0")


def test_words_without_devices() -> None:
    assert words([]) == ["-m", "7", "-slow", "-safe", "x,/s", "/i", "a {b} c"]


def test_accelerator(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(kvm.OVERRIDE, "1")
    assert words([])[2:4] == ["-fast", "x,/s"]


def test_devices_are_in_the_order_of_the_image() -> None:
    made = words(["b", "a"], "--block:a=/x/a,b", "--block-sector-size:b=4096", "--block:b=nbd:b")
    assert made[4:8] == ["block", f"b={Path.cwd()}/nbd:b,4096", "block", "a=/x/a,,b,512"]


def addresses(count: int) -> list[str]:
    return pci_addresses(MACHINE, count)


def test_each_device_has_a_slot_while_there_are_slots() -> None:
    assert addresses(0) == []
    assert addresses(10)[:2] + addresses(10)[-1:] == ["2", "3", "b"]
    assert addresses(29)[-1] == "1e"


def test_eight_devices_share_a_slot_when_there_are_not() -> None:
    """In the order of their addresses, and those of one slot apart by function."""
    many = addresses(63)
    assert many[:2] == ["2.0,multifunction=on", "2.1,multifunction=on"]
    assert many[8] == "3.0,multifunction=on"
    assert len(set(many)) == 63


def test_address_is_in_the_words() -> None:
    """Its comma, unlike those of users, ends a value."""
    block = ("{name}@{address}={host}",)
    options = parse([f"--block:d{number}=/x,y" for number in range(63)], [])
    names = [f"d{number}" for number in range(63)]
    made = list(device_words(replace(MACHINE, block=block), names, options))
    assert made[9] == "d9@3.1,multifunction=on=/x,,y"


def test_network_devices() -> None:
    made = words(["n"], "--net:n=lo", "--net-mac:n=02:00:00:00:00:07")
    assert made[4:6] == ["net", "n=lo,02:00:00:00:00:07,65536"]
    here, there = socket.socketpair()
    with here, there:
        made = words(["n"], f"--net:n=@{here.fileno()}")
        assert made[4] == "socket"
        pattern = rf"n={here.fileno()},02(:[0-9a-f]{{2}}){{5}},1500"
        assert re.fullmatch(pattern, made[5])
    reader, writer = os.pipe()
    assert words(["n"], f"--net:n=@{reader}")[4] == "fd"
    os.close(reader)
    os.close(writer)


@pytest.mark.parametrize(
    ("code", "told", "status"),
    [
        (83, b"\x00", 0),
        (83, b"\xff", 255),
        (83, b"\x01\x29", 0x29),  # a machine that went on has more to tell
        (0, b"\x07", 7),  # switched off
        (83, b"", 0),
        (0, b"", ABORTED),  # switched off by something else
        (1, b"", 1),
        (130, b"", 130),
    ],
)
def test_end(tmp_path: Path, code: int, told: bytes, status: int) -> None:
    (tmp_path / "status").write_bytes(told)
    assert ended(MACHINE, code, tmp_path / "status") == status


def test_end_of_a_program_that_did_not_start(tmp_path: Path) -> None:
    assert ended(MACHINE, 1, tmp_path / "status") == 1
