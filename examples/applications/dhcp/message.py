"""DHCP messages (RFC 2131, RFC 2132), and the packets that carry them (RFC 768, 791, 826)."""

DISCOVER, OFFER, REQUEST, DECLINE, ACK, NAK, RELEASE, INFORM = range(1, 9)
NAMES = ("", "DISCOVER", "OFFER", "REQUEST", "DECLINE", "ACK", "NAK", "RELEASE", "INFORM")
SUBNET, ROUTER, DNS, DOMAIN = 1, 3, 6, 15
REQUESTED, LEASE_TIME, TYPE, SERVER = 50, 51, 53, 54
COOKIE = b"\x63\x82\x53\x63"
FIXED = 240  # bytes of a message before its options, the cookie included
BROADCAST = b"\xff\xff\xff\xff"
ALL_STATIONS = b"\xff\xff\xff\xff\xff\xff"


class Message:
    """What a client sent."""

    def __init__(self, data: bytes) -> None:
        """Raises ValueError if it is no request."""
        if len(data) < FIXED or data[0] != 1 or data[2] != 6 or data[236:FIXED] != COOKIE:
            raise ValueError("not a DHCP request")
        self.head: bytes = data[:44]
        self.client: bytes = data[12:16]
        self.mac: bytes = data[28:34]
        self.options: dict[int, bytes] = options(data[FIXED:])
        self.type: int = (self.options.get(TYPE) or b"\0")[0]
        if not DISCOVER <= self.type <= INFORM:
            raise ValueError("not a DHCP message")


def options(data: bytes) -> dict[int, bytes]:
    """Options by code. Raises ValueError if one is longer than what is there."""
    found = {}
    at = 0
    while at < len(data) and data[at] != 255:
        if data[at] == 0:
            at += 1
            continue
        if at + 2 > len(data) or at + 2 + data[at + 1] > len(data):
            raise ValueError("an option is cut off")
        found[data[at]] = data[at + 2 : at + 2 + data[at + 1]]
        at += 2 + data[at + 1]
    return found


def option(code: int, value: bytes) -> bytes:
    return bytes((code, len(value))) + value


def reply(to: Message, kind: int, address: bytes, server: bytes, more: dict[int, bytes]) -> bytes:
    """The answer to a message: the client's `address`, and options."""
    head = bytearray(to.head)
    head[0] = 2
    head[16:20] = address
    head[20:24] = server
    body = bytes(head) + bytes(FIXED - 4 - len(head)) + COOKIE
    body += option(TYPE, bytes((kind,))) + option(SERVER, server)
    for code, value in more.items():
        body += option(code, value)
    return body + b"\xff"


def number(value: int, size: int) -> bytes:
    return value.to_bytes(size, "big")


def checksum(data: bytes) -> int:
    """The Internet checksum (RFC 1071)."""
    total = sum(data[at] << 8 | data[at + 1] for at in range(0, len(data), 2))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def received(frame: bytes, port: int) -> bytes | None:
    """What a frame carries, if it is a UDP datagram for that port."""
    if frame[12:14] != b"\x08\x00" or len(frame) < 34 or frame[23] != 17:
        return None
    start = 14 + (frame[14] & 15) * 4
    length = frame[start + 4 : start + 6]
    if len(length) < 2 or frame[start + 2 : start + 4] != number(port, 2):
        return None
    return frame[start + 8 : start + int.from_bytes(length, "big")]


def datagram(
    data: bytes, source: tuple[bytes, bytes, int], target: tuple[bytes, bytes, int]
) -> bytes:
    """The frame of a UDP datagram between two ends: (Ethernet address, IPv4 address, port)."""
    udp = number(source[2], 2) + number(target[2], 2) + number(8 + len(data), 2) + b"\0\0" + data
    head = b"\x45\0" + number(20 + len(udp), 2) + b"\0\0\0\0\x40\x11\0\0" + source[1] + target[1]
    head = head[:10] + number(checksum(head), 2) + head[12:]
    return target[0] + source[0] + b"\x08\x00" + head + udp


def arp_reply(frame: bytes, mac: bytes, address: bytes) -> bytes | None:
    """The answer to a frame that asks who has the address, if it does."""
    if frame[12:22] != b"\x08\x06\0\1\x08\0\6\4\0\1" or frame[38:42] != address:
        return None
    asking = frame[22:32]
    return asking[:6] + mac + b"\x08\x06\0\1\x08\0\6\4\0\2" + mac + address + asking
