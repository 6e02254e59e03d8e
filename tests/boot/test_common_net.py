"""Network devices of what is a process of Linux, an image in our spt tender and one for unix: over
an inherited descriptor, and over a tap interface in a network namespace of the test's own."""

from __future__ import annotations

import re
import socket
from pathlib import Path

import pytest

from tests.support.frames import answer, exchanged, frame
from tests.support.network import Network, can_make_namespaces
from tests.support.running import running
from tests.support.spt import Spt
from tests.support.unix import Unix

Process = Spt | Unix


@pytest.fixture
def image(process: Process) -> Path:
    return process.image("echo", other="block", service="net")


@pytest.fixture
def disk(tmp_path: Path) -> str:
    """The device beside the network, so that its handle is not the first."""
    (tmp_path / "disk.img").write_bytes(bytes(512))
    return f"--block:other={tmp_path / 'disk.img'}"


def test_descriptor(process: Process, image: Path, disk: str) -> None:
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with here, there:
        for content in (b"first", b"x" * 1500, b"\0last"):
            here.send(frame(content))
        ran = process.run(
            image, disk, f"--net:service=@{there.fileno()}", "--net-mac:service=02:aB:00:00:00:0f",
            pass_fds=(there.fileno(),),
        )  # fmt: skip
        assert (ran.status, ran.console) == (0, "1500 02ab0000000f\nSUCCESS\n"), ran
        for content in (b"first", b"x" * 1500, b"\0last"):
            assert here.recv(2000) == answer(content)


def test_waiting_and_random_address(process: Process, image: Path, disk: str) -> None:
    """The guest sleeps until a frame comes. Its address is random, local and one station's."""
    addresses = set()
    for _ in range(2):
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        argv = process.command(image, disk, f"--net:service=@{there.fileno()}")
        with here, there, running(argv, pass_fds=[there.fileno()]) as guest:
            assert guest.stdout
            addresses.add(guest.stdout.readline().split()[1])
            here.send(frame(b"\0"))
            assert here.recv(2000) == answer(b"\0")
            assert guest.communicate(timeout=20)[0] == "SUCCESS\n"
            assert guest.returncode == 0
    assert len(addresses) == 2
    assert all(re.fullmatch("[0-9a-f][26ae][0-9a-f]{10}", address) for address in addresses)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("@77", "Bad file descriptor"),
        ("@3", "Bad file descriptor"),  # its own: the image, or the disk
        ("@-1", "Invalid argument"),
        ("@1x", "Invalid argument"),
        ("@99999999999999999999", "Invalid argument"),
        ("nothere", "No such file or directory"),
        ("name-that-is-too-long", "File name too long"),
    ],
)
def test_what_is_no_interface(
    process: Process, image: Path, disk: str, value: str, reason: str
) -> None:
    ran = process.run(image, disk, f"--net:service={value}")
    assert ran.status == 1
    message = f"Could not attach interface: {value}: {reason}"
    assert ran.messages == f"{process.speaker(image)}: {message}\n"


@pytest.mark.parametrize(
    "address",
    [
        "02:00:00:00:00",
        "02:00:00:00:00:0g",
        "02-00-00-00-00-01",
        "02:00:00:00:00:01:02",
        "03:00:00:00:00:01",
    ],
)
def test_wrong_address(process: Process, image: Path, disk: str, address: str) -> None:
    ran = process.run(image, disk, f"--net-mac:service={address}")
    assert ran.status == 1
    assert "Malformed argument to --net-mac" in ran.messages


def test_one_descriptor_for_two_devices(process: Process) -> None:
    image = process.image("echo", service="net", second="net")
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with here, there:
        fd = there.fileno()
        ran = process.run(image, f"--net:service=@{fd}", f"--net:second=@{fd}", pass_fds=(fd,))
    assert ran.status == 1
    assert f"cannot share descriptor {fd}" in ran.messages


@pytest.mark.skipif(not can_make_namespaces(), reason="needs root and /dev/net/tun for a tap")
def test_tap(process: Process, image: Path, disk: str) -> None:
    """An interface that is down, no tap or taken is refused; one that is up tells its mtu and
    carries frames."""

    def refused(interface: str) -> str:
        with network.inside():
            ran = process.run(image, disk, f"--net:service={interface}")
        assert ran.status == 1
        before = f"{process.speaker(image)}: Could not attach interface: {interface}: "
        return ran.messages.removeprefix(before)

    with Network(mtu=1400) as network:
        network.ip("link", "set", "tap0", "down")
        assert refused("tap0") == "Network is down\n"
        network.ip("link", "set", "tap0", "up")
        assert refused("lo") == "Invalid argument\n"
        with (
            network.inside(),
            running(process.command(image, disk, "--net:service=tap0")) as guest,
        ):
            assert guest.stdout
            assert guest.stdout.readline().split()[0] == "1400"
            assert refused("tap0") == "Device or resource busy\n"
            sent = [b"a" * 1400, bytes(46)]
            assert exchanged("tap0", *sent) == [answer(one) for one in sent]
            assert guest.communicate(timeout=20)[0] == "SUCCESS\n"
            assert guest.returncode == 0
