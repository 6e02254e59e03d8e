"""What hostile neighbours and clients send: the image stays, its memory is bounded, and others are
answered. Frames are written to the tap by hand; a sanitized image gets them too."""

from __future__ import annotations

import contextlib
import os
import random
import resource
import select
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.network import Guest, Network, can_make_namespaces
from tests.support.unikernel import COMMAND, Unikernels

pytestmark = pytest.mark.skipif(
    not can_make_namespaces(), reason="needs root and /dev/net/tun for a tap"
)
MAC, HOST = bytes.fromhex("020000000002"), bytes.fromhex("020000000001")
ALL = b"\xff" * 6
GUEST, GUEST6, HOST6 = "10.0.0.2", "fd00::2", "fd00::1"
LOCAL6 = "fe80::ff:fe00:2"
PAGE = 16384
SERVER = {
    "config.py": """\
from mirage_py import *
stack = generic_stackv4v6(default_network, ipv6_network="fd00::2/64")
register("server", [main("unikernel.start", stackv4v6 >> job)(stack)])
""",
    "unikernel.py": """\
import asyncio, errno, gc, socket, struct
import _net
from mirage import log, net

async def echo(reader, writer):
    while True:
        data = await reader.read(4096)
        if not data:
            break
        writer.write(data)
        await writer.drain()

async def memory(reader, writer):
    gc.collect()
    writer.write("%d %d %d" % (_net.memory_used(), _net.memory(), gc.mem_alloc()))

async def dropped(reader, writer):
    writer.write("%d" % net.networks[0].statistics()[4])

async def pour(reader, writer):
    # A peer that does not read gets as much as it has room for, and no more.
    while True:
        writer.write(bytes(4096))
        await writer.drain()

async def brief(reader, writer):
    # What is left when it is closed has a second.
    writer.s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 1))
    writer.s.write(bytes(40000))

async def lines(reader, writer):
    while await reader.readline():
        pass

async def call(reader, writer):
    try:
        await asyncio.open_connection((await reader.readline()).decode().strip(), 7)
    except OSError as error:
        writer.write(errno.errorcode[error.errno])

async def start(stack):
    await stack.tcp.listen(7, echo)
    await stack.tcp.listen(22, call)
    await stack.tcp.listen(20, lines)
    await stack.tcp.listen(21, brief)
    await stack.tcp.listen(9, memory)
    await stack.tcp.listen(11, dropped)
    await stack.tcp.listen(19, pour)
    await stack.ip.ipv6.ready()
    log.info("listening")
    await asyncio.sleep(100_000)
""",
}


@dataclass(frozen=True)
class Server:
    network: Network
    guest: Guest
    link: socket.socket

    def connect(self, port: int, source: str = "10.0.0.1") -> socket.socket:
        with self.network.inside():
            return socket.create_connection((GUEST, port), timeout=60, source_address=(source, 0))

    def memory(self) -> tuple[int, int, int]:
        """Bytes of network memory that are used, those that there are, and those of the heap."""
        with self.connect(9) as connected:
            used, whole, heap = connected.makefile().read().split()
        return int(used), int(whole), int(heap)

    def dropped(self) -> int:
        """Frames that the image has dropped as none of its own."""
        with self.connect(11) as connected:
            return int(connected.makefile().read())

    def send(self, frame: bytes) -> None:
        self.link.send(frame.ljust(15, b"\0")[:1514])

    def answers(self) -> None:
        """Fails unless pings of both families and a connection are answered. Who writes frames can
        tell the image wrong stations for addresses; the host asks anew, and so tells its own. While
        as many frames are before it as the tap holds, a ping is lost; another one is sent."""
        self.network.ip("neigh", "flush", "dev", "tap0")
        for words in (("-4", GUEST), ("-6", GUEST6)):
            ran = self.network.run("ping", "-c", "1", "-w", "20", *words)
            assert " 1 received" in ran.stdout, (ran, self.guest.lines[-20:])
        with self.connect(7) as connected:
            connected.sendall(b"there")
            assert connected.recv(5) == b"there"
        assert self.guest.alive(), self.guest.lines


@contextlib.contextmanager
def serving(image: Path, mem: int) -> Iterator[Server]:
    with Network() as network:
        network.ip("link", "set", "tap0", "address", "02:00:00:00:00:01")
        for number in range(10, 60):
            network.ip("addr", "add", f"10.0.0.{number}/24", "dev", "tap0")
        guest = network.start(image, f"--mem={mem}", "--net-mac:service=02:00:00:00:00:02")
        guest.wait("listening")
        with network.inside():
            link = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
            link.bind(("tap0", 0))
        with link:
            yield Server(network, guest, link)


@pytest.fixture(scope="module")
def server(unikernels: Unikernels) -> Iterator[Server]:
    with serving(unikernels.build(SERVER, "spt").path, 16) as started:
        yield started


def checksum(data: bytes) -> int:
    total = sum(struct.unpack(f"!{(len(data) + 1) // 2}H", data + bytes(len(data) % 2)))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def ethernet(content: bytes, kind: int = 0x0800, to: bytes = MAC) -> bytes:
    return to + HOST + struct.pack("!H", kind) + content


def ipv4(
    content: bytes, protocol: int, source: str = "10.0.0.1", *,
    goal: str = GUEST, flags: int = 0, number: int = 1,
) -> bytes:  # fmt: skip
    head = struct.pack(
        "!BBHHHBBH4s4s", 0x45, 0, 20 + len(content), number, flags, 64, protocol, 0,
        socket.inet_aton(source), socket.inet_aton(goal),
    )  # fmt: skip
    return ethernet(head[:10] + struct.pack("!H", checksum(head)) + head[12:] + content)


def tcp(flags: int, port: int, source: str = "10.0.0.1", data: bytes = b"") -> bytes:
    head = struct.pack("!HHIIBBHHH", port, 7, port, 1, 0x50, flags, 1000, 0, 0) + data
    pseudo = socket.inet_aton(source) + socket.inet_aton(GUEST) + struct.pack("!HH", 6, len(head))
    return ipv4(head[:16] + struct.pack("!H", checksum(pseudo + head)) + head[18:], 6, source)


def udp(data: bytes, port: int = 7) -> bytes:
    return ipv4(struct.pack("!HHHH", 68, port, 8 + len(data), 0) + data, 17)


def echo(size: int = 56) -> bytes:
    head = struct.pack("!BBHHH", 8, 0, 0, 1, 1) + bytes(size)
    return head[:2] + struct.pack("!H", checksum(head)) + head[4:]


def ipv6(
    content: bytes, following: int, to: str = LOCAL6, limit: int = 255, source: str = "fe80::1"
) -> bytes:
    here = socket.inet_pton(socket.AF_INET6, source)
    goal = socket.inet_pton(socket.AF_INET6, to)
    if following == 58:
        pseudo = here + goal + struct.pack("!II", len(content), 58)
        content = content[:2] + struct.pack("!H", checksum(pseudo + content)) + content[4:]
    head = struct.pack("!IHBB", 6 << 28, len(content), following, limit)
    return ethernet(head + here + goal + content, 0x86DD)


def arp(source: str, operation: int = 1) -> bytes:
    about = struct.pack("!HHBBH", 1, 0x0800, 6, 4, operation)
    address = socket.inet_aton(source)
    return ethernet(about + HOST + address + bytes(6) + socket.inet_aton(GUEST), 0x0806, ALL)


def seeds() -> list[bytes]:
    """One of each kind of frame that the stack looks into."""
    solicitation = struct.pack("!BBHI", 135, 0, 0, 0) + socket.inet_pton(socket.AF_INET6, LOCAL6)
    advertisement = (
        struct.pack("!BBHBBHII", 134, 0, 0, 64, 0, 1800, 0, 0)
        + struct.pack("!BBBBIII", 3, 4, 64, 0xC0, 86400, 14400, 0)
        + socket.inet_pton(socket.AF_INET6, "fd01::")
        + struct.pack("!BBHI", 5, 1, 0, 1280)
        + struct.pack("!BBHI", 25, 3, 0, 600) + bytes(16)
    )  # fmt: skip
    options = struct.pack("!HHIIBBHHH", 999, 7, 1, 0, 0xA0, 2, 1000, 0, 0) + (
        b"\x02\x04\x05\xb4\x01\x03\x03\x07\x04\x02\x08\x0a" + bytes(8)
    )
    return [
        arp("10.0.0.1"), arp("10.0.0.1", 2), ipv4(echo(), 1), udp(b"data"), udp(bytes(240), 68),
        udp(bytes(100), 53), tcp(2, 900), tcp(16, 901), tcp(4, 902), tcp(24, 903, data=b"x" * 50),
        ipv4(options, 6), ipv4(echo(), 1, flags=0x2000), ipv4(bytes(64), 1, flags=0x1FFF),
        ipv6(struct.pack("!BBHHH", 128, 0, 0, 1, 1) + b"x" * 40, 58),
        ipv6(solicitation + b"\x01\x01" + HOST, 58), ipv6(advertisement, 58, "ff02::1"),
        ipv6(struct.pack("!BBHI", 44, 0, 8, 5) + bytes(24), 44),
        ipv6(struct.pack("!BBHI", 58, 0, 1, 5) + bytes(24), 44),
        ipv6(b"\x3a\x00\x05\x02\x00\x00\x01\x00" + bytes(16), 0),
        ipv6(b"\x3a\x02\x00\x01" + bytes(20) + bytes(16), 43),
        ipv6(struct.pack("!BBHH", 130, 0, 0, 100) + bytes(18), 58, "ff02::1", 1),
        ipv4(struct.pack("!BBHI", 3, 4, 0, 576) + ipv4(tcp(16, 1)[34:], 6)[14:42], 1),
    ]  # fmt: skip


def damaged(frame: bytes, chance: random.Random) -> bytes:
    """The frame with some bytes changed, cut or repeated; its address is left."""
    data = bytearray(frame)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(12, len(data))
        what = chance.randrange(4)
        if what == 0:
            data[at] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
        elif what == 1:
            del data[at:]
        elif what == 2:
            data[at:at] = chance.randbytes(chance.randint(1, 64))
        else:
            data += data[at : at + 200]
        if len(data) < 14:
            data += bytes(14 - len(data))
    return bytes(data)


def throw(server: Server, rounds: int, seed: int) -> None:
    """Every seed whole and in every length, and then damaged ones; then see who answers."""
    chance = random.Random(seed)
    for frame in seeds():
        server.send(frame)
        for length in range(14, len(frame)):
            server.send(frame[:length])
    server.answers()
    for number in range(rounds):
        server.send(damaged(chance.choice(seeds()), chance))
        if number % 1000 == 999:
            server.answers()
    server.answers()


def test_damaged_frames(server: Server) -> None:
    used = server.memory()[0]
    throw(server, 4000, 1)
    assert server.memory()[0] <= used + 64 * PAGE


def test_damaged_frames_sanitized(unikernels: Unikernels, tmp_path: Path) -> None:
    """The same under AddressSanitizer and UndefinedBehaviorSanitizer, which end the image."""
    for name, text in SERVER.items():
        (tmp_path / name).write_text(text)
    words = [*COMMAND, "-C", str(tmp_path), "build", "-t", "unix", "--net=direct", "--sanitize"]
    built = subprocess.run(words, capture_output=True, text=True, check=False, timeout=600)
    assert built.returncode == 0, built.stderr
    with serving(tmp_path / "dist" / "server.unix", 64) as sanitized:
        throw(sanitized, 4000, 2)


def test_fragments_that_are_never_whole(server: Server) -> None:
    """Of many datagrams, overlapping and beyond all bounds."""
    used = server.memory()[0]
    for number in range(3000):
        server.send(ipv4(bytes(1400), 1, flags=0x2000 | number % 50, number=number % 200))
    server.answers()
    assert server.memory()[0] <= used + 16 * PAGE


def heard(server: Server, frames: list[bytes]) -> list[bytes]:
    """What the image sends because of these frames: all before the answer to a ping behind them."""
    marker = echo(77)
    with server.network.inside():
        ears = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(0x0003))
        ears.bind(("tap0", 3))
    found = []
    with ears:
        ears.settimeout(60)
        for frame in [*frames, ipv4(marker, 1)]:
            server.send(frame)
        while True:
            frame = ears.recv(65536)
            if frame[6:12] != MAC or frame[12:14] == b"\x08\x06" or is_ours(frame):
                continue
            if frame[34:35] == b"\0" and frame[42:] == marker[8:]:
                return found
            found.append(frame)


def is_ours(frame: bytes) -> bool:
    """Whether it is of a connection over which the image has told us something, and which may still
    be ending."""
    return frame[23] == 6 and frame[34:36] in (b"\0\x09", b"\0\x0b")


def broken(frame: bytes, at: int) -> bytes:
    """With one bit changed, for which a checksum is wrong."""
    return frame[:at] + bytes([frame[at] ^ 1]) + frame[at + 1 :]


SPOOFED = (GUEST, "0.0.0.0", "127.0.0.1", "224.0.0.1", "255.255.255.255", "10.0.0.255")  # noqa: S104 - a source of frames


def test_wrong_sums_and_spoofed_sources(server: Server) -> None:
    """Nobody is answered whose sums are wrong, or who says that he is all, a group or the image."""
    asking = [ipv4(echo(), 1), tcp(2, 4000), ipv6(struct.pack("!BBHHH", 128, 0, 0, 1, 1), 58)]
    assert len(heard(server, asking[:2])) == 2, "they are right"
    wrong = [broken(frame, len(frame) - 1) for frame in asking]
    wrong += [broken(frame, 22) for frame in asking[:2]]  # the header's: how long it may live
    assert heard(server, wrong) == []
    used = server.memory()[0]
    spoofed = [
        frame
        for source in SPOOFED
        for frame in (ipv4(echo(), 1, source), tcp(2, 4001, source), tcp(16, 4002, source))
    ]
    answered = heard(server, spoofed)
    assert [frame for frame in answered if frame[30:34] == socket.inet_aton("10.0.0.1")] == []
    assert not any(frame[23] == 6 for frame in answered), answered
    for source in SPOOFED:
        server.send(arp(source))
        server.send(arp(source, 2))
    server.answers()
    assert server.memory()[0] <= used + 4 * PAGE


def test_own_addresses_from_outside(server: Server) -> None:
    """Packets that say that they come from the image itself, or go to its loopback addresses, are
    dropped (RFC 1122, 3.2.1.3; RFC 4291, 2.5.3): what answers datagrams would for ever answer
    those of its own address (LAND, CERT CA-1997-28)."""
    asked = struct.pack("!BBHHH", 128, 0, 0, 1, 1)
    frames = [
        ipv4(echo(), 1, "127.0.0.1"), tcp(2, 4003, "127.1.2.3"),
        ipv4(echo(), 1, goal="127.0.0.1"), ipv6(asked, 58, "::1"), ipv6(asked, 58, source="::1"),
        ipv4(echo(), 1, GUEST), ipv4(struct.pack("!HHHH", 7, 7, 8, 0), 17, GUEST), tcp(2, 7, GUEST),
        ipv6(asked, 58, source=LOCAL6), ipv6(asked, 58, source=GUEST6),
    ]  # fmt: skip
    before = server.dropped()
    assert heard(server, frames) == []
    assert server.dropped() == before + len(frames)
    assert len(heard(server, [ipv6(asked, 58)])) == 1, "they are right but for that"


def test_overlapping_fragments(server: Server) -> None:
    """They do not replace what came before them (RFC 1858), and of IPv6 they make no packet (RFC
    5722)."""
    whole = echo(48)
    parts = [(0, whole[:24], True), (24, whole[24:48], True), (48, whole[48:], False)]

    def fragments(pieces: list[tuple[int, bytes, bool]], number: int) -> list[bytes]:
        return [
            ipv4(data, 1, flags=at // 8 | (0x2000 if more else 0), number=number)
            for at, data, more in pieces
        ]

    assert len(heard(server, fragments(parts, 700))) == 1, "they are right"
    again = (16, b"\xee" * 24, True)
    for number, order in enumerate(([0, again, 1, 2], [again, 0, 1, 2], [2, 1, again, 0])):
        pieces = [parts[one] if isinstance(one, int) else one for one in order]
        assert not any(b"\xee" in frame for frame in heard(server, fragments(pieces, 701 + number)))

    content = struct.pack("!BBHHH", 128, 0, 0, 1, 1) + bytes(48)
    source, goal = (socket.inet_pton(socket.AF_INET6, one) for one in ("fe80::1", LOCAL6))
    pseudo = source + goal + struct.pack("!II", len(content), 58)
    content = content[:2] + struct.pack("!H", checksum(pseudo + content)) + content[4:]

    def heard_ping(cuts: list[tuple[int, int]], number: int) -> bool:
        """Whether these parts of a ping are answered as one."""
        pieces = [
            struct.pack("!BBHI", 58, 0, start | (end < 56), number) + content[start:end]
            for start, end in cuts
        ]
        answers = heard(server, [ipv6(one, 44) for one in pieces])
        return any(frame[20] == 58 and frame[54] == 129 for frame in answers)

    server.network.ip("addr", "add", "fe80::1/64", "dev", "tap0", "nodad")
    try:  # the first answer waits for the neighbour's Ethernet address
        assert any(heard_ping([(0, 24), (24, 40), (40, 56)], 900 + number) for number in range(50))
        assert heard_ping([(0, 24), (0, 24), (24, 56)], 950), "the same one twice"
        for number, cuts in enumerate([
            [(0, 24), (16, 40), (24, 56)], [(16, 40), (0, 24), (24, 56)],
            [(0, 24), (0, 40), (24, 56)], [(24, 56), (16, 40), (0, 24)],
        ]):  # fmt: skip
            assert not heard_ping(cuts, 960 + number), cuts
    finally:
        server.network.ip("addr", "del", "fe80::1/64", "dev", "tap0")
    server.answers()


def sequence(packet: bytes) -> slice:
    """Where a packet of TCP has its number."""
    head = 20 if packet[0] >> 4 == 4 else 40
    return slice(head + 4, head + 8)


def unreachable(packet: bytes, code: int, shift: int = 0) -> bytes:
    """ICMP's message of a packet, whose sequence number is another by `shift`."""
    place = sequence(packet)
    number = struct.pack("!I", int.from_bytes(packet[place]) + shift & 0xFFFFFFFF)
    about = packet[: place.start] + number
    if packet[0] >> 4 == 6:
        return ipv6(struct.pack("!BBHI", 1, code, 0, 0) + about, 58, GUEST6, source=HOST6)
    message = struct.pack("!BBHI", 3, code, 0, 0) + about
    return ipv4(message[:2] + struct.pack("!H", checksum(message)) + message[4:], 1)


def segment_to(link: socket.socket, goal: str, stranger: str = "") -> bytes:
    """The next packet of TCP that the image sends there; who asks for the station of the `stranger`
    is told that it is us."""
    protocol, to = (20, slice(38, 54)) if ":" in goal else (23, slice(30, 34))
    while True:
        frame = link.recv(2000)
        if stranger and frame[20:22] == b"\0\1" and frame[38:42] == packed(stranger):
            about = frame[14:20] + b"\0\2" + HOST + packed(stranger) + MAC + packed(GUEST)
            link.send(ethernet(about, 0x0806))
        if stranger and frame[54:55] == b"\x87" and frame[62:78] == packed(stranger):
            about = struct.pack("!BBHI", 136, 0, 0, 0x60000000) + packed(stranger)
            link.send(ipv6(about + b"\2\1" + HOST, 58, GUEST6, source=stranger))
        if frame[6:12] == MAC and frame[protocol] == 6 and frame[to] == packed(goal):
            return frame[14:]


def packed(address: str) -> bytes:
    return socket.inet_pton(socket.AF_INET6 if ":" in address else socket.AF_INET, address)


@pytest.mark.parametrize(
    ("guest", "here", "away"), [(GUEST, "10.0.0.1", "10.0.0.200"), (GUEST6, HOST6, "fd00::200")]
)
def test_messages_that_nobody_is_there(server: Server, guest: str, here: str, away: str) -> None:
    """They end a connection that is being opened, if they have seen its segment, and no other."""
    with server.network.inside():
        link = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.ntohs(3))
        link.bind(("tap0", 3))
        link.settimeout(30)
        there = socket.create_connection((guest, 7), timeout=60)
    with link, there, server.connect(22) as caller:
        there.sendall(b"x")
        last = segment_to(link, here)
        for code in range(16):
            for shift in (-1, 0, 1):
                server.send(unreachable(last, code, shift))
        caller.sendall(f"{away}\n".encode())
        opening = segment_to(link, away, away)
        for shift in (-1, 1, 1 << 16):
            server.send(unreachable(opening, 1, shift))
        again = segment_to(link, away)
        assert again[sequence(again)] == opening[sequence(opening)]
        server.send(unreachable(again, 1))
        assert caller.makefile().read() == "EHOSTUNREACH"
        assert there.recv(1) == b"x"
        there.sendall(b"still")
        assert there.recv(5) == b"still"


@pytest.fixture
def fresh(unikernels: Unikernels) -> Iterator[Server]:
    """One that no router has told the MTU of the link."""
    with serving(unikernels.build(SERVER, "spt").path, 16) as started:
        yield started


def test_messages_that_a_packet_is_too_big(fresh: Server) -> None:
    """A path has 1280 bytes at least (RFC 8201, 4), and not more than were known of."""
    ping = struct.pack("!BBHHH", 128, 0, 0, 1, 1)

    def sizes(content: int, told: int | None = None) -> list[int]:
        """How large the packets are that an echo of so many bytes comes in."""
        asking = ipv6(ping + bytes(content), 58, GUEST6, source=HOST6)
        about = asking[14:22] + packed(GUEST6) + packed(HOST6)
        message = struct.pack("!BBHI", 2, 0, 0, told or 0) + about
        frames = [ipv6(message, 58, GUEST6, source=HOST6)] if told is not None else []
        found = heard(fresh, [*frames, asking])
        return [len(frame) - 14 for frame in found if frame[38:54] == packed(HOST6)]

    assert sizes(1400) == [1448]
    for told in (0, 48, 50, 56, 1279, 1501, 65535, 65536):
        assert sizes(1400, told) == [1448], told
    assert sizes(1400, 1280) == [1280, 224]
    assert sizes(1400, 1500) == [1280, 224]
    fresh.answers()


def test_flood_of_stations(server: Server) -> None:
    """More of them than the table of neighbours holds."""
    for number in range(3000):
        server.send(arp(f"10.0.0.{number % 150 + 100}"))
        server.send(arp(f"10.{number % 250}.{number // 250}.7", 2))
    server.answers()


def test_flood_of_half_open_connections(server: Server) -> None:
    """Ten thousand from addresses that are not there; a client gets in while they come."""
    used = server.memory()[0]
    for number in range(10_000):
        server.send(tcp(2, 1024 + number % 60000, f"10.0.0.{100 + number % 100}"))
        if number % 2000 == 1999:
            server.answers()
    now, whole, _ = server.memory()
    assert now <= used + 40 * PAGE < whole


def test_peers_that_never_read(server: Server) -> None:
    """What waits for them is bounded, and given back."""
    used = server.memory()[0]
    with contextlib.ExitStack() as stack:
        for number in range(150):
            silent = server.connect(19, f"10.0.0.{10 + number % 50}")
            silent.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            stack.enter_context(silent)
        server.answers()
        now, whole, _ = server.memory()
        assert used < now < whole
    server.answers()


def test_peer_that_reads_slowly(server: Server) -> None:
    """A connection that the image has closed is reset in time, though its peer takes a little of
    what is left now and then."""
    with server.network.inside():
        slow = socket.socket()
    with slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
        slow.connect((GUEST, 21))
        reset = select.poll()
        reset.register(slow, select.POLLERR)
        taken = 0
        while not reset.poll(100):
            taken += len(slow.recv(100))
            assert taken < 30_000
    server.answers()


def test_flood_of_lines(server: Server) -> None:
    """A task that always finds a next line lets the others go on."""

    def flood() -> None:
        with contextlib.suppress(OSError):
            while True:
                client.sendall(b"\n" * 65536)

    with server.connect(20) as client:
        flooding = threading.Thread(target=flood)
        flooding.start()
        for _ in range(5):
            server.answers()
        client.shutdown(socket.SHUT_RDWR)
        flooding.join()


def test_thousand_at_once(server: Server) -> None:
    """They all come in one burst, and all are answered; then memory is where it was."""
    resource.setrlimit(
        resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    )
    before: tuple[int, int, int] | None = None
    for _ in range(3):
        with contextlib.ExitStack() as stack:
            clients = []
            with server.network.inside():
                for number in range(1000):
                    client = stack.enter_context(socket.socket())
                    client.bind((f"10.0.0.{10 + number % 50}", 0))
                    client.setblocking(False)
                    with contextlib.suppress(BlockingIOError):
                        client.connect((GUEST, 7))
                    clients.append(client)
            for client in clients:
                client.settimeout(60)
                client.sendall(b"hello")
            for client in clients:
                assert client.recv(5) == b"hello"
        after = server.memory()
        if before:  # the first round leaves what grows once
            assert after[0] <= before[0] + 8 * PAGE
            assert after[2] <= before[2] + 65536
        before = after


CHURN = """
import socket, sys
for number in range(int(sys.argv[1])):
    with socket.socket() as client:
        client.settimeout(60)
        client.bind((f"10.0.0.{10 + number % 50}", 0))
        # Of every two, one is closed by the client first and one by the image.
        client.connect(("10.0.0.2", 9 - 2 * (number % 2)))
        if number % 2:
            client.sendall(b"x")
            assert client.recv(1) == b"x"
        else:
            assert client.recv(100)
            assert client.recv(1) == b""
"""
CONNECTIONS = int(os.environ.get("MIRAGE_PY_TEST_CONNECTIONS", "8000"))
"""As many as there is time for."""


def test_connections_one_after_the_other(server: Server) -> None:
    """Of many clients; memory stays where it was."""
    churn = [sys.executable, "-c", CHURN]
    assert server.network.run(*churn, "2000", timeout=300).returncode == 0
    before = server.memory()
    ran = server.network.run(*churn, str(CONNECTIONS), timeout=7200)
    assert ran.returncode == 0, ran
    after = server.memory()
    assert after[0] <= before[0] + 8 * PAGE
    assert after[2] <= before[2] + 65536
