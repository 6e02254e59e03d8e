"""Frames of a host, 10.0.0.1 and fe80::ff:fe00:1, to the image, 10.0.0.2 and fd00::2."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass

GUEST, HOST = bytes.fromhex("020000000002"), bytes.fromhex("020000000001")
GUEST4, HOST4 = socket.inet_aton("10.0.0.2"), socket.inet_aton("10.0.0.1")
GUEST6, HOST6 = (bytes.fromhex(f"fe80000000000000000000fffe00000{one}") for one in (2, 1))
IPV4, ARP, IPV6 = 0x0800, 0x0806, 0x86DD
ICMP, TCP, UDP, ICMPV6 = 1, 6, 17, 58
FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16
SUMS = {ICMP: 2, TCP: 16, UDP: 6, ICMPV6: 2}
"""Where the checksum of a protocol stands in its header."""


def checksum(data: bytes) -> int:
    """RFC 1071."""
    total = sum(struct.unpack(f"!{(len(data) + 1) // 2}H", data + bytes(len(data) % 2)))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def repaired(frame: bytes, *, whole: bool = True) -> bytes:
    """The frame with the checksums that it should have, as far as it can be told; that of IPv4
    alone, if it is not `whole`."""
    data = bytearray(frame)
    kind = int.from_bytes(data[12:14], "big")
    if kind == IPV4 and len(data) >= 34:
        head = 14 + 4 * (data[14] & 15)
        struct.pack_into("!H", data, 24, 0)
        struct.pack_into("!H", data, 24, checksum(bytes(data[14:head])))
        if not whole:
            return bytes(data)
        end = min(len(data), 14 + int.from_bytes(data[16:18], "big"))
        protocol, addresses = data[23], bytes(data[26:34])
    elif kind == IPV6 and len(data) >= 54:
        head, end = 54, min(len(data), 54 + int.from_bytes(data[18:20], "big"))
        protocol, addresses = data[20], bytes(data[22:54])
    else:
        return frame
    place = head + SUMS.get(protocol, len(data))
    if place + 2 <= end:
        struct.pack_into("!H", data, place, 0)
        content = bytes(data[head:end])
        pseudo = b"" if protocol == ICMP else addresses + struct.pack("!II", len(content), protocol)
        struct.pack_into("!H", data, place, checksum(pseudo + content))
    return bytes(data)


def ipv4(protocol: int, content: bytes) -> bytes:
    """A frame with a packet."""
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(content), 1, 0, 64, protocol, 0)
    return repaired(GUEST + HOST + struct.pack("!H", IPV4) + head + HOST4 + GUEST4 + content)


def udp(here: int, there: int, content: bytes) -> bytes:
    """A frame with a datagram from a port to a port of the image."""
    return ipv4(UDP, struct.pack("!HHHH", here, there, 8 + len(content), 0) + content)


def order(text: str) -> bytes:
    """A frame with a datagram to port 9 of the image, over IPv6."""
    content = struct.pack("!HHHH", 9, 9, 8 + len(text), 0) + text.encode()
    head = struct.pack("!IHBB", 6 << 28, len(content), UDP, 64) + HOST6 + GUEST6
    return repaired(GUEST + HOST + struct.pack("!H", IPV6) + head + content)


def datagram(frame: bytes) -> tuple[int, int, bytes] | None:
    """The ports and the content of a frame with a UDP datagram over IPv4."""
    if frame[12:14] != b"\x08\x00" or frame[23] != UDP or len(frame) < 42:
        return None
    here, there, length = struct.unpack_from("!HHH", frame, 34)
    return here, there, frame[42 : 34 + length]


def fragments(frame: bytes, sizes: list[int]) -> list[bytes]:
    """The frame's IPv4 packet in fragments of that many bytes, multiples of 8; the rest is one."""
    content, at, found = frame[34 : 14 + int.from_bytes(frame[16:18], "big")], 0, []
    for size in [*sizes, len(content)]:
        part = content[at : at + size]
        flags = at // 8 | (0x2000 if at + size < len(content) else 0)
        head = frame[14:16] + struct.pack("!HHH", 20 + len(part), 7, flags) + frame[22:34]
        found.append(repaired(frame[:14] + head + part, whole=False))
        at += size
        if at >= len(content):
            break
    return found


def ping(number: int) -> bytes:
    """An echo request."""
    return ipv4(ICMP, struct.pack("!BBHHH", 8, 0, 0, 0xF00D, number))


def is_pong(frame: bytes, number: int) -> bool:
    """Whether it is the answer to `ping(number)`."""
    return frame[12:14] == b"\x08\x00" and frame[34:] == struct.pack(
        "!BBHHH", 0, 0, int.from_bytes(frame[36:38], "big"), 0xF00D, number
    )


def station(frame: bytes) -> bytes | None:
    """The answer, if the frame asks for the Ethernet address of the host (ARP)."""
    if frame[12:14] != b"\x08\x06" or frame[20:22] != b"\0\1" or frame[38:42] != HOST4:
        return None
    about = struct.pack("!HHBBH", 1, IPV4, 6, 4, 2)
    return GUEST + HOST + struct.pack("!H", ARP) + about + HOST + HOST4 + GUEST + GUEST4


@dataclass
class Connection:
    """A TCP connection as the host sees it."""

    here: int
    """Ports."""
    there: int
    sent: int = 1
    """Sequence numbers: the next that is sent, and the next that is expected."""
    due: int = 0
    acknowledged: int = 0
    came: bytes = b""
    """Data, as far as it came in order."""

    def segment(
        self, flags: int, data: bytes = b"", *, behind: int = 0, options: bytes = b""
    ) -> bytes:
        """The frame with that data, as many bytes before what is due."""
        size = (20 + len(options)) // 4
        head = struct.pack(
            "!HHIIBBHHH", self.here, self.there, (self.sent - behind) & 0xFFFFFFFF, self.due,
            size << 4, flags, 8192, 0, 0,
        )  # fmt: skip
        return ipv4(TCP, head + options + data)

    def take(self, frame: bytes) -> bool:
        """Whether the frame is of this connection; notes what came."""
        if frame[12:14] != b"\x08\x00" or frame[23] != TCP or len(frame) < 54:
            return False
        there, here, number = struct.unpack_from("!HHI", frame, 34)
        if (there, here) != (self.there, self.here):
            return False
        self.acknowledged = int.from_bytes(frame[42:46], "big")
        flags, begin = frame[47], 34 + 4 * (frame[46] >> 4)
        data = frame[begin : 14 + int.from_bytes(frame[16:18], "big")]
        if flags & SYN or number == self.due:
            self.came += data
            self.due = (number + len(data) + bool(flags & SYN) + bool(flags & FIN)) & 0xFFFFFFFF
        return True
