"""Network devices of virtio: over a socket that QEMU inherits, and over taps in a network namespace
of the test's own."""

from __future__ import annotations

import fcntl
import os
import select
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.frames import answer, exchanged, frame
from tests.support.network import Network, can_make_namespaces
from tests.support.running import running
from tests.support.unikernel import COMMAND
from tests.support.virtio import Virtio

TUNSETIFF, TAP_WITHOUT_HEADERS = 0x400454CA, 0x1002
"""Of linux/if_tun.h: TUNSETIFF; IFF_TAP | IFF_NO_PI."""
KINDS = [
    pytest.param([], id="events"),
    pytest.param([("virtio-net-pci,", "virtio-net-pci,event_idx=off,")], id="no-events"),
    pytest.param([("virtio-net-pci,", "virtio-net-pci,tx=timer,")], id="timer"),
    pytest.param([("virtio-net-pci,", "virtio-net-pci,rx_queue_size=1024,")], id="1024"),
]


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
        while (got := answered(link))[14:15] != b"\0":
            number = int.from_bytes(got[15:19], "big")
            assert got == answer(b"#" + number.to_bytes(4, "big") + bytes(number % 1400))
            numbers.append(number)
        assert numbers == sorted(set(numbers))
        assert len(numbers) > sent // 2
        assert guest.wait(20) == 83


def answered(link: Link) -> bytes:
    """The next frame; what ends the guest is sent again if there is none, for it may be lost."""
    for _ in range(10):
        if select.select([link.here], [], [], 2)[0]:
            return link.here.recv(2000)
        link.here.send(frame(b"\0"))
    pytest.fail("no frame comes back")


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


@pytest.mark.skipif(not can_make_namespaces(), reason="needs root and /dev/net/tun for a tap")
def test_tap(virtio: Virtio, other: str) -> None:
    """`mirage-py run` with a tap by name and one that is open already: both tell the mtu."""
    sent = [b"a" * 1400, bytes(46)]

    def check(interface: str, *descriptors: int) -> None:
        options = ["-q", "--mem=2", other, f"--net:service={interface}"]
        argv = [*COMMAND, "run", *options, echo(virtio)]
        with running(argv, pass_fds=descriptors) as guest:
            assert guest.stdout
            assert guest.stdout.readline().split()[0] == "1400"
            assert exchanged("tap0", *sent) == [answer(one) for one in sent]
            assert guest.communicate(timeout=20)[0] == "SUCCESS\n"
            assert guest.returncode == 0

    with Network(mtu=1400) as network, network.inside():
        check("tap0")
        with open_tap("tap0") as descriptor:
            check(f"@{descriptor}", descriptor)


@contextmanager
def open_tap(interface: str) -> Iterator[int]:
    """A descriptor of that tap interface, without headers of its own."""
    tap = os.open("/dev/net/tun", os.O_RDWR)
    try:
        fcntl.ioctl(tap, TUNSETIFF, struct.pack("16sH22x", interface.encode(), TAP_WITHOUT_HEADERS))
        yield tap
    finally:
        os.close(tap)
