"""Network devices of virtio: over a socket that QEMU inherits, and over taps in a network namespace
of the test's own."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.virtio import Virtio

ETHERTYPE = b"\x88\xb5"  # for experiments: the host's own protocols keep off it
HOST, GUEST = bytes([2, 0, 0, 0, 0, 1]), bytes([2, 0, 0, 0, 0, 2])
KINDS = [
    pytest.param([], id="events"),
    pytest.param([("virtio-net-pci,", "virtio-net-pci,event_idx=off,")], id="no-events"),
    pytest.param([("virtio-net-pci,", "virtio-net-pci,tx=timer,")], id="timer"),
    pytest.param([("virtio-net-pci,", "virtio-net-pci,rx_queue_size=1024,")], id="1024"),
]


def frame(content: bytes) -> bytes:
    return GUEST + HOST + ETHERTYPE + content


def answer(content: bytes) -> bytes:
    return HOST + GUEST + ETHERTYPE + content


class Link:
    """Two ends of a wire: ours, and what the machine is given."""

    def __init__(self) -> None:
        self.here, self.there = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.here.settimeout(20)

    def __str__(self) -> str:
        return f"@{self.there.fileno()}"

    def exchange(self, content: bytes) -> bytes:
        """Send a frame and return the answer."""
        self.here.send(frame(content))
        return self.here.recv(70000)


@pytest.fixture
def link() -> Iterator[Link]:
    made = Link()
    with made.here, made.there:
        yield made


@pytest.fixture
def other(tmp_path: Path) -> str:
    """The device beside the network, so that its handle is not the first."""
    (tmp_path / "disk.img").write_bytes(bytes(512))
    return f"--block:other={tmp_path / 'disk.img'}"


def echo(virtio: Virtio) -> Path:
    return virtio.image("echo", other="block", service="net")


Q35 = pytest.param([], "q35", id="q35")


@pytest.mark.parametrize(
    ("changes", "machine"), [*(pytest.param(*kind.values, "pc", id=kind.id) for kind in KINDS), Q35]
)
def test_echo(
    virtio: Virtio, link: Link, other: str, machine: str, changes: list[tuple[str, str]]
) -> None:
    options = [other, f"--net:service={link}", "--net-mac:service=02:aB:00:00:00:0f"]
    with virtio.running(echo(virtio), *options, machine=machine, changes=changes) as guest:
        assert guest.stdout
        assert guest.stdout.readline() == "1500 02ab0000000f\n"
        for content in (b"first", b"x" * 46, b"y" * 1500, b"\0last"):
            assert link.exchange(content) == answer(content)
        assert guest.stdout.read() == "SUCCESS\n"
        assert guest.wait(20) == 83


def first_line(virtio: Virtio, link: Link, other: str, mem: int = 16) -> str:
    """What the guest prints first. It ends well after one frame."""
    with virtio.running(echo(virtio), other, f"--net:service={link}", mem=mem) as guest:
        assert guest.stdout
        line = str(guest.stdout.readline())
        assert link.exchange(b"\0") == answer(b"\0")
        assert guest.stdout.read() == "SUCCESS\n"
    return line


def test_least_memory(virtio: Virtio, link: Link, other: str) -> None:
    assert first_line(virtio, link, other, mem=2).startswith("1500 ")


def test_random_address(virtio: Virtio, link: Link, other: str) -> None:
    """Local, of one station, and another one each time."""
    addresses = {first_line(virtio, link, other).split()[1] for _ in range(2)}
    assert len(addresses) == 2
    assert all(address.startswith("02") for address in addresses)


def test_frames_wake_the_guest(virtio: Virtio, link: Link, other: str) -> None:
    """At once: if only the timer did, a hundred answers would take three seconds and more. A busy
    host may be late, but not every time."""
    with virtio.running(echo(virtio), other, f"--net:service={link}") as guest:
        assert guest.stdout
        guest.stdout.readline()

        def hundred() -> float:
            start = time.monotonic()
            for number in range(100):
                time.sleep(0.002)  # it sleeps
                assert link.exchange(b"%d" % number)
            return time.monotonic() - start

        assert any(hundred() < 2 for _ in range(5))
        link.here.send(frame(b"\0"))
        assert guest.wait(20) == 83


@pytest.mark.parametrize("changes", KINDS[:2])
def test_indexes_wrap(
    virtio: Virtio, link: Link, other: str, changes: list[tuple[str, str]]
) -> None:
    """More frames than a queue's 16 bits count, each way; a few are always on their way."""
    count, ahead = 66000, 10
    with virtio.running(echo(virtio), other, f"--net:service={link}", changes=changes) as guest:
        assert guest.stdout
        guest.stdout.readline()
        for number in range(count + ahead):
            if number < count:
                link.here.send(frame(b"#" + number.to_bytes(4, "big")))
            if number >= ahead:
                expected = answer(b"#" + (number - ahead).to_bytes(4, "big"))
                assert link.here.recv(2000) == expected
        link.here.send(frame(b"\0"))
        assert guest.wait(20) == 83


def test_burst_in(virtio: Virtio, link: Link, other: str) -> None:
    """More at once than there are buffers: what comes in whole is right, and in order."""
    with virtio.running(echo(virtio), other, f"--net:service={link}") as guest:
        assert guest.stdout
        guest.stdout.readline()
        link.here.setblocking(False)
        sent = 0
        while sent < 3000:
            try:
                link.here.send(frame(b"#" + sent.to_bytes(4, "big") + bytes(sent % 1400)))
                sent += 1
            except BlockingIOError:
                break
        link.here.settimeout(20)
        link.here.send(frame(b"\0"))
        numbers = []
        while (got := link.here.recv(2000))[14:15] != b"\0":
            number = int.from_bytes(got[15:19], "big")
            assert got == answer(b"#" + number.to_bytes(4, "big") + bytes(number % 1400))
            numbers.append(number)
        assert numbers == sorted(set(numbers))
        assert len(numbers) > sent // 2
        assert guest.wait(20) == 83


@pytest.mark.parametrize("changes", KINDS)
def test_burst_out(virtio: Virtio, link: Link, changes: list[tuple[str, str]]) -> None:
    count = 2000
    image = virtio.image("flood", service="net")
    with virtio.running(
        image, f"--net:service={link}", args=[str(count)], changes=changes
    ) as guest:
        numbers = []
        while not numbers or numbers[-1] < count - 1:
            got = link.here.recv(2000)
            number = int.from_bytes(got[14:22], "little")
            assert len(got) == 1514 - number % 1400
            numbers.append(number)
        assert numbers == list(range(count))
        link.here.send(frame(b"end"))
        assert guest.wait(20) == 83


def test_two_devices(virtio: Virtio) -> None:
    """Each frame comes out on the other wire; the devices are given in another order than the
    manifest's."""
    first, second = Link(), Link()
    with first.here, first.there, second.here, second.there:
        options = [
            f"--net:second={second}", f"--net:first={first}",
            "--net-mac:first=02:00:00:00:00:01", "--net-mac:second=02:00:00:00:00:02",
        ]  # fmt: skip
        image = virtio.image("networks", first="net", second="net")
        with virtio.running(image, *options) as guest:
            assert guest.stdout
            assert guest.stdout.readline() == "ready\n"
            for number in range(50):
                source, target = (first, second) if number % 2 else (second, first)
                source.here.send(frame(b"#%d" % number))
                assert target.here.recv(2000) == frame(b"#%d" % number)
            second.here.send(frame(b"\0"))
            assert first.here.recv(2000) == frame(b"\0")
            assert guest.stdout.read() == "SUCCESS\n"
            assert guest.wait(20) == 83


@pytest.mark.parametrize("mtu", [68, 1400, 9000, 65535])
def test_mtu(virtio: Virtio, link: Link, other: str, mtu: int) -> None:
    changes = [("host_mtu=1500", f"host_mtu={mtu}")]
    with virtio.running(echo(virtio), other, f"--net:service={link}", changes=changes) as guest:
        assert guest.stdout
        assert guest.stdout.readline().split()[0] == str(mtu)
        # QEMU's sockets take no more than 68 KiB, and the test's frame no more than 64.
        for size in (46, min(mtu, 60000)):
            assert link.exchange(b"x" * size) == answer(b"x" * size)
        link.here.send(frame(b"\0"))
        assert guest.wait(20) == 83


CLONE_NEWNET = 0x40000000

# Runs in a process of its own, which takes a new network namespace with it when it ends.
IN_NAMESPACE = """
    import ctypes, fcntl, os, socket, struct, subprocess, sys

    image, disk = sys.argv[1:]
    assert ctypes.CDLL(None, use_errno=True).unshare({newnet}) == 0
    ip = lambda *words: subprocess.run(["ip", *words], check=True)
    ip("tuntap", "add", "tap0", "mode", "tap")
    ip("link", "set", "tap0", "mtu", "1400", "up")

    def check(value):
        guest = subprocess.Popen(
            [sys.executable, "-m", "mirage_py", "run", "-q", "--mem=2", "--block:other=" + disk,
             "--net:service=" + value, image],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, close_fds=False)
        print(guest.stdout.readline().split()[0])
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

    check("tap0")
    tap = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(tap, 0x400454ca, struct.pack("16sH22x", b"tap0", 0x1002))  # a tap, without headers
    os.set_inheritable(tap, True)
    check("@%d" % tap)
"""


def can_make_namespaces() -> bool:
    """Whether a child may have a network of its own, and tap interfaces in it."""
    child = os.fork()
    if child == 0:
        os._exit(0 if ctypes.CDLL(None).unshare(CLONE_NEWNET) == 0 else 1)
    return os.waitpid(child, 0)[1] == 0 and os.access("/dev/net/tun", os.R_OK | os.W_OK)


@pytest.mark.skipif(not can_make_namespaces(), reason="needs root and /dev/net/tun for a tap")
def test_tap(virtio: Virtio, other: str) -> None:
    """`mirage-py run` with a tap by name and one that is open already: both tell the mtu."""
    program = textwrap.dedent(IN_NAMESPACE).format(newnet=CLONE_NEWNET, host=HOST, guest=GUEST)
    disk = other.partition("=")[2]
    done = subprocess.run(
        [sys.executable, "-c", program, echo(virtio), disk],
        check=False, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 0, done
    assert done.stdout.splitlines() == ["1400", "True", "True", "SUCCESS", " 0"] * 2, done
