"""Network devices of unix images: over an inherited descriptor, and over a tap interface in a
network namespace of the test's own."""

from __future__ import annotations

import ctypes
import os
import re
import socket
import sys
import textwrap
from pathlib import Path

import pytest

from tests.support.running import running
from tests.support.tenders import run_tender
from tests.support.unix import Unix

ETHERTYPE = b"\x88\xb5"  # for experiments: the host's own protocols keep off it
HOST, GUEST = bytes([2, 0, 0, 0, 0, 1]), bytes([2, 0, 0, 0, 0, 2])
CLONE_NEWNET = 0x40000000


def frame(content: bytes) -> bytes:
    return GUEST + HOST + ETHERTYPE + content


def answer(content: bytes) -> bytes:
    return HOST + GUEST + ETHERTYPE + content


@pytest.fixture
def image(unix: Unix) -> Path:
    return unix.image("echo", other="block", service="net")


@pytest.fixture
def disk(tmp_path: Path) -> str:
    """The device beside the network, so that its handle is not the first."""
    (tmp_path / "disk.img").write_bytes(bytes(512))
    return f"--block:other={tmp_path / 'disk.img'}"


def test_descriptor(unix: Unix, image: Path, disk: str) -> None:
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with here, there:
        for content in (b"first", b"x" * 1500, b"\0last"):
            here.send(frame(content))
        ran = unix.run(
            image, disk, f"--net:service=@{there.fileno()}", "--net-mac:service=02:aB:00:00:00:0f",
            pass_fds=(there.fileno(),),
        )  # fmt: skip
        assert (ran.status, ran.console) == (0, "1500 02ab0000000f\nSUCCESS\n"), ran
        for content in (b"first", b"x" * 1500, b"\0last"):
            assert here.recv(2000) == answer(content)


def test_waiting_and_random_address(image: Path, disk: str) -> None:
    """The guest sleeps until a frame comes. Its address is random, local and one station's."""
    addresses = set()
    for _ in range(2):
        here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        argv = [image, disk, f"--net:service=@{there.fileno()}", "--mem=2"]
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
        ("@3", "Bad file descriptor"),  # the image's own: the disk
        ("@-1", "Invalid argument"),
        ("@1x", "Invalid argument"),
        ("@99999999999999999999", "Invalid argument"),
        ("nothere", "No such file or directory"),
        ("name-that-is-too-long", "File name too long"),
    ],
)
def test_what_is_no_interface(unix: Unix, image: Path, disk: str, value: str, reason: str) -> None:
    ran = unix.run(image, disk, f"--net:service={value}")
    assert ran.status == 1
    assert ran.messages == f"echo.unix: Could not attach interface: {value}: {reason}\n"


@pytest.mark.parametrize(
    "address", ["02:00:00:00:00", "02:00:00:00:00:0g", "02-00-00-00-00-01", "02:00:00:00:00:01:02"]
)
def test_wrong_address(unix: Unix, image: Path, disk: str, address: str) -> None:
    ran = unix.run(image, disk, f"--net-mac:service={address}")
    assert ran.status == 1
    assert "Malformed argument to --net-mac" in ran.messages


def test_one_descriptor_for_two_devices(unix: Unix) -> None:
    image = unix.image("echo", service="net", second="net")
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with here, there:
        fd = there.fileno()
        ran = unix.run(image, f"--net:service=@{fd}", f"--net:second=@{fd}", pass_fds=(fd,))
    assert ran.status == 1
    assert f"cannot share descriptor {fd}" in ran.messages


# Runs in a process of its own, which takes a new network namespace with it when it ends.
IN_NAMESPACE = """
    import ctypes, socket, subprocess, sys

    image, disk = sys.argv[1:]
    assert ctypes.CDLL(None, use_errno=True).unshare({newnet}) == 0
    ip = lambda *words: subprocess.run(["ip", *words], check=True)
    ip("tuntap", "add", "tap0", "mode", "tap")
    run = lambda name: subprocess.Popen([image, disk, "--mem=2", "--net:service=" + name],
                                        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    print(run("tap0").communicate()[0], end="")
    ip("link", "set", "tap0", "mtu", "1400", "up")
    print(run("lo").communicate()[0], end="")
    guest = run("tap0")
    print(guest.stdout.readline().split()[0])
    print(run("tap0").communicate()[0], end="")
    link = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x88b5))
    link.bind(("tap0", 0x88b5))
    link.settimeout(20)
    for content in (b"a" * 1400, b"\\0" * 46):
        link.send({guest!r} + {host!r} + b"\\x88\\xb5" + content)
        while True:
            got = link.recv(2000)
            if got[:6] == {host!r}:
                break
        print(got == {host!r} + {guest!r} + b"\\x88\\xb5" + content)
    print(guest.communicate(timeout=20)[0], guest.returncode)
"""


def can_make_namespaces() -> bool:
    """Whether a child may have a network of its own, and tap interfaces in it."""
    child = os.fork()
    if child == 0:
        os._exit(0 if ctypes.CDLL(None).unshare(CLONE_NEWNET) == 0 else 1)
    return os.waitpid(child, 0)[1] == 0 and os.access("/dev/net/tun", os.R_OK | os.W_OK)


@pytest.mark.skipif(not can_make_namespaces(), reason="needs root and /dev/net/tun for a tap")
def test_tap(image: Path, disk: str) -> None:
    """An interface that is down, no tap or taken is refused; one that is up tells its mtu and
    carries frames."""
    program = textwrap.dedent(IN_NAMESPACE).format(newnet=CLONE_NEWNET, host=HOST, guest=GUEST)
    ran = run_tender(Path(sys.executable), "-c", program, image, disk)
    assert ran.status == 0, ran
    assert ran.lines == [
        "echo.unix: Could not attach interface: tap0: Network is down",
        "echo.unix: Could not attach interface: lo: Network is down",
        "1400",
        "echo.unix: Could not attach interface: tap0: Device or resource busy",
        "True",
        "True",
        "SUCCESS",
        " 0",
    ]
