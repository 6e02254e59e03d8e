"""Addresses as text, and as 16 bytes: those of IPv4 are mapped (RFC 4291, 2.5.5.2)."""

MAPPED = b"\0\0\0\0\0\0\0\0\0\0\xff\xff"


def packed(text: str) -> bytes:
    """The 16 bytes of an address. Raises ValueError."""
    if ":" not in text:
        return MAPPED + _ipv4(text)
    head, gap, tail = text.partition("::")
    first, last = _groups(head), _groups(tail)
    zeros = 16 - len(first) - len(last)
    if zeros < 2 if gap else zeros:
        raise ValueError("not an IP address: " + text)
    return first + bytes(zeros) + last


def _ipv4(text):
    numbers = text.split(".")
    if len(numbers) != 4 or not all(one.isdigit() and int(one) < 256 for one in numbers):
        raise ValueError("not an IP address: " + text)
    return bytes(map(int, numbers))


def _groups(text):
    """Groups of four hexadecimal digits, of which the last two may be written as IPv4."""
    found = b""
    for group in text.split(":") if text else ():
        if "." in group:
            found += _ipv4(group)
            continue
        number = int(group, 16)
        if not 1 <= len(group) <= 4:
            raise ValueError("not an IP address: " + text)
        found += bytes((number >> 8, number & 255))
    return found


def text(address: bytes | bytearray | memoryview) -> str:
    """How 16 bytes are written (RFC 5952)."""
    if bytes(address[:12]) == MAPPED:
        return ".".join(str(one) for one in address[12:16])
    groups = [address[at] << 8 | address[at + 1] for at in range(0, 16, 2)]
    start, length = _zeros(groups)
    written = ["%x" % group for group in groups]
    if length < 2:
        return ":".join(written)
    return ":".join(written[:start]) + "::" + ":".join(written[start + length :])


def _zeros(groups):
    """Where the longest run of zeros begins, and its length."""
    best = start = longest = length = 0
    for at, group in enumerate(groups):
        start, length = (start, length + 1) if group == 0 else (at + 1, 0)
        if length > longest:
            best, longest = start, length
    return best, longest
