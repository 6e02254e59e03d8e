"""What MirageOS's chamelon wrote, read as it reads it.

Its file systems are littlefs' of version 2.0, but for this: it does not thread directories on a
list, a name that goes leaves the numbers of the others as they are, and a block of a file has fewer
pointers to those before it. littlefs would take parts of files for pointers, old values for new
ones, and blocks that are in use for free. So they are read here, and not written to.
"""

import binascii

from mirage.kv import DICTIONARY, VALUE, Reader

if False:  # for type checkers
    from mirage.block import Device

_FILE, _DIRECTORY = 0x001, 0x002
_STRUCT_DIRECTORY, _STRUCT_INLINE, _STRUCT_BLOCKS = 0x200, 0x201, 0x202
_TIME = 0x374
"""An attribute that chamelon gives to each value: days since 1970, and picoseconds."""
_TIME_SIZE = 12
_DELETE, _CRC, _HARD_TAIL = 0x4FF, 0x500, 0x601
_KIND = 0x700
_ROOT = 0, 1
_MOST_PAIRS = 4096
_DAY, _PICOSECONDS = 86_400_000_000_000, 1000


class Corrupt(OSError):
    """A block that cannot be read."""


def _word(data, at):
    return int.from_bytes(bytes(data[at : at + 4]), "little")


def _pointers(data):
    """The two blocks that a structure names."""
    return _word(data, 0), _word(data, 4)


def tags(data: bytearray) -> list[tuple[int, int, bytes]]:
    """Type, id and content of what the commits of a block say (littlefs' SPEC.md), up to the first
    that is not whole."""
    found, commit = [], []
    tag, start, at = 0xFFFFFFFF, 0, 4
    checksum = 0xFFFFFFFF
    while at + 8 <= len(data):
        tag ^= int.from_bytes(bytes(data[at : at + 4]), "big")
        kind, size = tag >> 20, tag & 0x3FF
        end = at + 4 + (0 if size == 0x3FF else size)
        if kind & 0x800 or end > len(data):
            break
        if kind & _KIND == _CRC:
            checksum = binascii.crc32(data[start : at + 4], checksum ^ 0xFFFFFFFF) ^ 0xFFFFFFFF
            if checksum != _word(data, at + 4):
                break
            found += commit
            commit, start, checksum = [], end, 0xFFFFFFFF
            tag ^= (kind & 1) << 31
        elif size != 0x3FF:
            commit.append((kind, tag >> 10 & 0x3FF, bytes(data[at + 4 : end])))
        at = end
    return found


class _Pairs:
    """Metadata: pairs of blocks, of which the newer counts."""

    def __init__(self, device, size, count):
        self._device, self._size, self._count = device, size, count

    def block(self, number):
        if number >= self._count:
            raise Corrupt(84, self._device.name)
        return self._device.read_at(number * self._size, self._size)

    def tags(self, pair):
        """What the tags of a pair say."""
        newest, found = None, []
        for number in pair:
            data = self.block(number)
            revision, here = _word(data, 0), tags(data)
            newer = newest is None or 0 < (revision - newest) & 0xFFFFFFFF < 1 << 31
            if here and newer:
                newest, found = revision, here
        return found


def wrote(device: Device, size: int, count: int) -> bool:
    """Whether chamelon wrote a value to a file system of these blocks."""
    pairs, waiting, seen = _Pairs(device, size, count), [_ROOT], set()
    while waiting and len(seen) < _MOST_PAIRS:
        pair = waiting.pop()
        if pair in seen:
            continue
        seen.add(pair)
        for kind, _, data in pairs.tags(pair):
            if kind == _TIME and len(data) == _TIME_SIZE:
                return True
            if kind in (_STRUCT_DIRECTORY, _HARD_TAIL) and len(data) == 8:
                waiting.append(_pointers(data))
    return False


class Chamelon(Reader):
    """A file system that chamelon wrote."""

    writable = False

    def __init__(self, device: Device, size: int, count: int) -> None:
        self.name: str = device.name
        self._pairs, self._size = _Pairs(device, size, count), size

    def _entries(self, pair):
        """Of a directory: by name, type of the structure, structure and time."""
        found, seen = {}, 0
        while pair is not None:
            names, structs, times, tail = {}, {}, {}, None
            for kind, number, data in self._pairs.tags(pair):
                if kind == _DELETE:
                    names.pop(number, None)
                elif kind in (_FILE, _DIRECTORY):
                    names[number] = str(data, "utf-8")
                elif kind in (_STRUCT_DIRECTORY, _STRUCT_INLINE, _STRUCT_BLOCKS):
                    structs[number] = kind, data
                elif kind == _TIME:
                    times[number] = data
                elif kind == _HARD_TAIL:
                    tail = _pointers(data)
            for number, name in names.items():
                if number in structs:
                    found[name] = structs[number] + (times.get(number),)
            pair, seen = tail, seen + 1
            if seen > _MOST_PAIRS:
                raise Corrupt(84, self.name)
        return found

    def _find(self, key):
        """The entry of a key, or None."""
        entry, pair = (_STRUCT_DIRECTORY, b"", None), _ROOT
        for part in key.split("/") if key else ():
            if entry[0] != _STRUCT_DIRECTORY:
                return None
            entry = self._entries(pair).get(part)
            if entry is None:
                return None
            if entry[0] == _STRUCT_DIRECTORY:
                pair = _pointers(entry[1])
        return entry[0], entry[1], entry[2], pair

    def _stat(self, key):
        found = self._find(key)
        if found is None:
            return None
        kind, data, time, _ = found
        if kind == _STRUCT_DIRECTORY:
            return DICTIONARY, 0, 0
        size = len(data) if kind == _STRUCT_INLINE else _word(data, 4)
        modified = 0
        if time is not None and len(time) == _TIME_SIZE:
            past = int.from_bytes(time[4:], "little") // _PICOSECONDS
            modified = _word(time, 0) * _DAY + past
        return VALUE, size, modified

    def _read(self, key, offset, length):
        kind, data, _, _ = self._find(key)
        if kind == _STRUCT_BLOCKS:
            data = self._content(*_pointers(data))
        return data[offset : offset + length]

    def _content(self, block, size):
        """A value in blocks: each begins with the numbers of blocks before it, of which the first
        is the one before."""
        room, index = [], 0
        while sum(room) < size:
            room.append(self._size - 4 * _pointer_count(index))
            index += 1
        parts = []
        for index in range(len(room) - 1, -1, -1):
            data = self._pairs.block(block)
            parts.append(bytes(data[self._size - room[index] :]))
            block = _word(data, 0)
        parts.reverse()
        return b"".join(parts)[:size]

    def _list(self, key):
        for name, entry in self._entries(self._find(key)[3]).items():
            yield name, DICTIONARY if entry[0] == _STRUCT_DIRECTORY else VALUE


def _pointer_count(index):
    """How many numbers of blocks a block of a file begins with: where littlefs has one more than
    the index has zeros at its end, here it is so only for powers of two, and less by one."""
    if index < 2:
        return index
    return len(bin(index)) - 3 if index & (index - 1) == 0 else 1
