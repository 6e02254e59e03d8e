"""DNS messages (RFC 1035, 4): questions are written, answers are read.

Names are str, in lower case and without the last dot; a byte of a label that no host name has is
written `\\DDD` (RFC 4343). Whatever a message says, reading it takes a bounded number of steps.
"""

import struct

if False:  # for type checkers
    from typing import Any

KINDS: dict[str, int] = {
    "A": 1,
    "NS": 2,
    "CNAME": 5,
    "SOA": 6,
    "PTR": 12,
    "MX": 15,
    "TXT": 16,
    "AAAA": 28,
    "SRV": 33,
}
"""Types of records by name."""
CNAME: int = 5
SOA: int = 6
ACCEPTED: int = 1232
"""Bytes of a datagram that we say we take (RFC 6891): one that no link fragments."""
NO_ERROR: int = 0
FORMAT_ERROR: int = 1
NAME_ERROR: int = 3
"""Codes of a response: there is such a name, a server did not understand, there is no such name."""

_IN = 1
_OPT = 41
_RESPONSE = 0x8000
_OPCODE = 0x7800
_TRUNCATED = 0x0200
_RECURSION = 0x0100
_MOST_RECORDS = 256
_MOST_PARTS = 160  # a name has at most 127 labels; the rest is for pointers


class Malformed(ValueError):
    """What came is no message that can be read."""


class Record:
    """A resource record: `value` is what `Client.resolve` says for its kind."""

    def __init__(self, name: str, kind: int, ttl: int, value: Any) -> None:
        self.name = name
        self.kind = kind
        self.ttl = ttl
        self.value = value


class Message:
    """A response: the name that was asked for, its code, whether it is `truncated`, and its
    records."""

    def __init__(
        self,
        name: str,
        code: int,
        truncated: bool,
        answers: list[Record],
        authority: list[Record],
    ) -> None:
        self.name = name
        self.code = code
        self.truncated = truncated
        self.answers = answers
        self.authority = authority


def encode(name: str) -> bytes:
    """A name as messages have it. Raises ValueError if no name can be so."""
    wire = b""
    for label in name[:-1].split(".") if name.endswith(".") else name.split("."):
        data = label.encode()
        if not 0 < len(data) < 64 or any(not 33 <= byte <= 126 for byte in data):
            raise ValueError("not a domain name: " + name)
        wire += bytes((len(data),)) + data
    if len(wire) > 254:
        raise ValueError("not a domain name: " + name)
    return wire + b"\0"


def query(identifier: int, name: str, kind: int, extended: bool = True) -> bytes:
    """The question for records of a name; `extended` says that long answers are taken."""
    head = struct.pack(">6H", identifier, _RECURSION, 1, 0, 0, int(extended))
    extension = struct.pack(">BHHLH", 0, _OPT, ACCEPTED, 0, 0) if extended else b""
    return head + encode(name) + struct.pack(">2H", kind, _IN) + extension


def read(data: bytes | bytearray | memoryview, asked: bytes) -> Message:
    """The response `data` to the query `asked`. Raises Malformed for anything else."""
    try:
        return _read(data, asked)
    except (IndexError, ValueError) as error:
        raise Malformed(str(error))


def _read(data, asked):
    head = struct.unpack(">6H", _part(data, 0, 12))
    identifier, flags, questions, answers, authority, _ = head
    wanted = struct.unpack_from(">H", asked, 0)[0]
    if identifier != wanted or flags & (_RESPONSE | _OPCODE) != _RESPONSE:
        raise Malformed("not the response to this query")
    code = flags & 15
    question = _question(asked)
    name = question[0]
    if questions == 0 and code == FORMAT_ERROR:
        return Message(name, code, False, [], [])  # the server did not get as far
    if questions != 1 or _question(data) != question:
        raise Malformed("not the response to this question")
    if flags & _TRUNCATED:
        return Message(name, code, True, [], [])
    at = question[3]
    lists = []
    for count in answers, authority:
        records = []
        for _ in range(count):
            record, at = _record(data, at)
            if record and len(records) < _MOST_RECORDS:
                records.append(record)
        lists.append(records)
    return Message(name, code, False, lists[0], lists[1])


def _question(data):
    """The name, kind and class of the question, and where it ends."""
    name, at = _name(data, 12)
    kind, space = struct.unpack(">2H", _part(data, at, 4))
    return name, kind, space, at + 4


def _part(data, at, length):
    """`length` bytes that have to be there."""
    part = data[at : at + length]
    if len(part) != length:
        raise Malformed("it ends too early")
    return part


def _record(data, at):
    """The record there, None if it is of no kind that is read, and where the next one is."""
    name, at = _name(data, at)
    kind, space, ttl, length = struct.unpack(">2HLH", _part(data, at, 10))
    at += 10
    _part(data, at, length)
    read = _READERS.get(kind) if space == _IN else None
    if not read:
        return None, at + length
    value = read(data, at, length)
    return Record(name, kind, 0 if ttl >> 31 else ttl, value), at + length


def _name(data, at):
    """The name there, and where it ends. A pointer leads back, before all that it is part of."""
    labels = []
    length = parts = 0
    end = None
    first = at
    while True:
        size = data[at]
        parts += 1
        if parts > _MOST_PARTS:
            raise Malformed("a name of too many parts")
        if size == 0:
            break
        if size >= 192:
            if end is None:
                end = at + 2
            at = (size & 63) << 8 | data[at + 1]
            if at >= first:
                raise Malformed("a name that leads forward")
            first = at
            continue
        length += size + 1
        if size > 63 or length > 254:
            raise Malformed("a name that is too long")
        labels.append(_label(_part(data, at + 1, size)))
        at += size + 1
    return ".".join(labels), at + 1 if end is None else end


def _label(data):
    return "".join([_letter(byte + 32 if 65 <= byte <= 90 else byte) for byte in data])


def _letter(byte):
    plain = 33 <= byte <= 126 and byte not in b'.\\"()@;$'
    return chr(byte) if plain else "\\%03d" % byte


def _host(data, at, length):
    name, end = _name(data, at)
    if end > at + length:
        raise Malformed("a record that is longer than it says")
    return name


def _numbered(count):
    """Reads a tuple of `count` numbers of 16 bits and a name."""

    def read(data, at, length):
        numbers = struct.unpack(">%dH" % count, _part(data, at, 2 * count))
        return numbers + (_host(data, at + 2 * count, length - 2 * count),)  # noqa: RUF005 - no unpacking there

    return read


def _ipv4(data, at, length):
    if length != 4:
        raise Malformed("an IPv4 address of %d bytes" % length)
    return "%d.%d.%d.%d" % tuple(_part(data, at, 4))


def _ipv6(data, at, length):
    if length != 16:
        raise Malformed("an IPv6 address of %d bytes" % length)
    return text_of_ipv6(struct.unpack(">8H", _part(data, at, 16)))


def _texts(data, at, length):
    texts = []
    end = at + length
    while at < end:
        size = data[at]
        if at + 1 + size > end:
            raise Malformed("a text that is longer than its record")
        texts.append(bytes(_part(data, at + 1, size)))
        at += 1 + size
    return tuple(texts)


def _soa(data, at, length):
    """Seconds that it may be remembered that there is no such record (RFC 2308, 5)."""
    end = at + length
    for _ in range(2):
        _, at = _name(data, at)
    if at + 20 != end:
        raise Malformed("an SOA record of another length")
    return struct.unpack(">5L", _part(data, at, 20))[4]


_READERS = {
    1: _ipv4,
    2: _host,
    CNAME: _host,
    SOA: _soa,
    12: _host,
    15: _numbered(1),
    16: _texts,
    28: _ipv6,
    33: _numbered(3),
}


def text_of_ipv6(words: tuple[int, ...]) -> str:
    """An address of eight words as RFC 5952 writes it."""
    best = start = size = 0
    for index in range(9):
        if index < 8 and words[index] == 0:
            size += 1
        else:
            if size > max(best, 1):
                best, start = size, index - size
            size = 0
    if not best:
        return ":".join("%x" % word for word in words)
    head = ":".join("%x" % word for word in words[:start])
    tail = ":".join("%x" % word for word in words[start + best :])
    return head + "::" + tail
