"""Tar archives on a block device as key-value stores: `tar_kv_ro` and `tar_kv_rw` of config.py.

The archive is what `tar cf` writes: headers and contents in units of 512 bytes, two zero units at
the end (POSIX.1-2008, pax, "ustar Interchange Format"; names of GNU tar and of pax headers are
read). `Archive` reads its headers once, when it is connected. One without its end was truncated;
zeros alone are an archive with nothing in it, where that is to be appended to.
"""

import time

from mirage.kv import DICTIONARY, VALUE, AlreadyPresent, NameTooLong, NoSpace, Reader, Writer

if False:  # for type checkers
    from mirage.block import Device

UNIT = 512
_EOPNOTSUPP = 95
_REGULAR = (b"0", b"\0", b"7")
_DIRECTORY = b"5"
_GNU_LONG_NAME = b"L"
_PAX = b"x"


class BadArchive(Exception):
    """A block device that does not hold a tar archive, or a damaged one."""


def whole(size: int) -> int:
    """What `size` bytes take."""
    return -(-size // UNIT) * UNIT


def checksum(header: bytes | bytearray | memoryview) -> int:
    """The sum of a header's bytes, its own field taken for spaces."""
    return sum(header) - sum(header[148:156]) + 8 * 32


def number(field: bytes | bytearray | memoryview) -> int:
    """A number of a header: octal digits, or base 256 where the first bit says so (GNU)."""
    if field[0] & 0x80:
        return int.from_bytes(bytes(field[1:]), "big")
    text = bytes(field).split(b"\0")[0].strip()
    return int(text, 8) if text else 0


def text(field: bytes | bytearray | memoryview) -> str:
    """A text of a header."""
    return bytes(field).split(b"\0")[0].decode()


def pax_path(records: bytes | bytearray | memoryview) -> str | None:
    """The path that pax records give, if they give one: `LENGTH path=VALUE` and a new line each."""
    at = 0
    while at < len(records):
        length = int(bytes(records[at:]).split(b" ", 1)[0])
        if length <= 0:
            raise ValueError
        name, _, value = bytes(records[at : at + length - 1]).split(b" ", 1)[1].partition(b"=")
        if name == b"path":
            return value.decode()
        at += length
    return None


class Archive(Reader):
    """An archive that is read."""

    def __init__(self, block: Device) -> None:
        if block.block_size % UNIT:
            raise BadArchive("%s: blocks of %d bytes hold no tar" % (block.name, block.block_size))
        self._block = block
        # Key: header's offset, offset and size of the content, time.
        self._values = {}
        # Dictionaries that have a header: its offset.
        self._made = {}
        self._below = {"": {}}
        self._end = 0
        self._scan()

    def _scan(self):
        """Read all headers."""
        offset, long_name = 0, None
        while True:
            if offset + UNIT > self._block.capacity:
                raise BadArchive(
                    "%s: the tar archive has no end: it was truncated" % self._block.name
                )
            header = self._block.read_at(offset, UNIT)
            if not any(header):
                if offset == 0 and not self.writable:
                    raise BadArchive("%s is not a tar archive, but zeros" % self._block.name)
                self._end = offset
                return
            try:
                size, kind = number(header[124:136]), bytes(header[156:157])
                if number(header[148:156]) != checksum(header):
                    raise ValueError
                content, modified = offset + UNIT, number(header[136:148]) * 1_000_000_000
                if content + size > self._block.capacity:
                    raise ValueError
                if kind == _GNU_LONG_NAME:
                    long_name = text(self._block.read_at(content, size))
                elif kind == _PAX:
                    long_name = pax_path(self._block.read_at(content, size))
                else:
                    self._add(header, kind, long_name, (offset, content, size, modified))
                    long_name = None
            except (ValueError, IndexError):
                what = "is not a tar archive" if offset == 0 else "is damaged"
                raise BadArchive("%s %s (at byte %d)" % (self._block.name, what, offset)) from None
            offset = content + whole(size)

    def _add(self, header, kind, name, value):
        """Note what a header says."""
        if name is None:
            name, prefix = text(header[0:100]), text(header[345:500])
            if prefix and bytes(header[257:263]) == b"ustar\0":
                name = prefix + "/" + name
        parts = [part for part in name.split("/") if part not in ("", ".")]
        key = "/".join(parts)
        if ".." in parts or (key in self._below and kind in _REGULAR):
            raise ValueError
        if kind in _REGULAR:
            self._insert(key, value)
        elif kind == _DIRECTORY:
            self._insert(key, None)
            self._made[key] = value[0]

    def _insert(self, key, value):
        """Put a value, or None for a dictionary, under a key, and dictionaries above it."""
        if value is not None:
            self._values[key] = value
        elif key not in self._below:
            self._below[key] = {}
        while key:
            above, _, name = key.rpartition("/")
            if above in self._values:
                raise ValueError
            known = above in self._below
            self._below.setdefault(above, {})[name] = VALUE if key in self._values else DICTIONARY
            if known:
                return
            key = above

    def _stat(self, key):
        value = self._values.get(key)
        if value:
            return VALUE, value[2], value[3]
        return (DICTIONARY, 0, 0) if key in self._below else None

    def _read(self, key, offset, length):
        _, content, size, _ = self._values[key]
        return bytes(self._block.read_at(content + offset, max(0, min(length, size - offset))))

    def _list(self, key):
        return self._below[key].items()


class Appended(Archive, Writer):
    """An archive that grows: new values go to its end. Values are neither replaced nor given
    another size, and only the last one is removed.

    The header is written last, so that it is there, in one block, when all else is.
    """

    writable = True
    _replaces = False

    def _fits(self, key):
        super()._fits(key)
        self._header(key, 0)

    def _room(self):
        units = self._block.capacity // UNIT
        return UNIT, units, max(0, units - self._end // UNIT - 3)

    def _write(self, key, data):
        self._append(key, len(data), data)

    def _make(self, key):
        self._made[key] = self._append(key, 0, b"", _DIRECTORY)

    def _blank(self, key, size):
        self._append(key, size, None)

    def _append(self, key, size, data, kind=b"0"):
        if key in self._values:
            raise AlreadyPresent("/" + key)
        offset, content = self._end, self._end + UNIT
        end = content + whole(size)
        if end + 2 * UNIT > self._block.capacity:
            raise NoSpace("/" + key)
        header, modified = self._header(key, size, kind)
        self._block.write_at(end, bytes(2 * UNIT))
        if data is None:
            for at in range(content, end, UNIT):
                self._block.write_at(at, bytes(UNIT))
        elif size:
            aligned = size // UNIT * UNIT
            self._block.write_at(content, memoryview(data)[:aligned])
            if aligned < size:
                last = bytes(memoryview(data)[aligned:])
                self._block.write_at(content + aligned, last + bytes(UNIT - len(last)))
        self._block.write_at(offset, header)
        self._end = end
        self._insert(key, None if kind == _DIRECTORY else (offset, content, size, modified))
        return offset

    def _header(self, key, size, kind=b"0"):
        """A ustar header, and the time that it says. Raises NameTooLong."""
        name, prefix, seconds = key.encode(), b"", time.time_ns() // 1_000_000_000
        if len(name) > 100:
            at = name.rfind(b"/", 0, 156)
            prefix, name = name[: max(at, 0)], name[at + 1 :]
        if len(name) > 100 or len(prefix) > 155:
            raise NameTooLong("/" + key)
        header = bytearray(UNIT)
        for place, field in (
            (0, name), (100, b"0000644\0"), (108, b"0000000\0"), (116, b"0000000\0"),
            (124, b"%011o\0" % size), (136, b"%011o\0" % seconds), (156, kind),
            (257, b"ustar\00000"), (345, prefix),
        ):  # fmt: skip
            header[place : place + len(field)] = field
        header[148:156] = b"%06o\0 " % checksum(header)
        return header, seconds * 1_000_000_000

    def _patch(self, key, offset, data):
        _, content, size, _ = self._values[key]
        if offset + len(data) > size:
            raise NoSpace("/" + key)
        self._block.write_at(content + offset, data)

    def _delete(self, key):
        offset, size = self._made.get(key), 0
        if key in self._values:
            offset, _, size, _ = self._values[key]
        if offset is not None:
            if offset + UNIT + whole(size) != self._end:
                raise OSError(_EOPNOTSUPP, "only what was appended last can be removed: /" + key)
            # The header goes first. The end of an archive is two blocks of zeros.
            for at in (offset, offset + UNIT):
                self._block.write_at(at, bytes(UNIT))
            self._end = offset
        self._forget(key)

    def _move(self, source, dest):
        if dest in self._values:
            raise AlreadyPresent("/" + dest)
        if source not in self._values:
            raise OSError(
                _EOPNOTSUPP, "a dictionary of a tar archive cannot be renamed: /" + source
            )
        offset, content, size, _ = self._values[source]
        header, modified = self._header(dest, size)
        self._block.write_at(offset, header)
        self._forget(source)
        self._insert(dest, (offset, content, size, modified))

    def _forget(self, key):
        self._values.pop(key, None)
        self._below.pop(key, None)
        self._made.pop(key, None)
        above, _, name = key.rpartition("/")
        self._below[above].pop(name, None)


def connect(block: Device) -> Archive:
    """The archive on a block device. Raises BadArchive."""
    return Archive(block)


def connect_rw(block: Device) -> Appended:
    """The same, to be appended to. Raises BadArchive."""
    return Appended(block)
