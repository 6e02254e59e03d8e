"""A pack of git's and its index, as a docteur's disk holds them.

The disk is as MirageOS's docteur makes it: the SHA-1 of a commit, 20 bytes; where the index begins,
8 bytes, little-endian; a pack; zeros up to a block; the pack's index; zeros. What a pack and its
index of version 2 are, git's gitformat-pack(5) says.
"""

import struct

import _docteur

if False:  # for type checkers
    from mirage.block import Device

DIGEST = 20
PACK: int = DIGEST + 8
"""Where the pack begins."""
COMMIT, TREE, BLOB, _OFS_DELTA, _REF_DELTA = 1, 2, 3, 6, 7
_NAMES = {COMMIT: b"commit", TREE: b"tree", BLOB: b"blob", 4: b"tag"}
_HEAD = 12
_FANOUT, _TABLES = 8, 8 + 4 * 256
"""Where in an index these are: how many names begin with a byte or less, and the names."""
_MOST_BLOCK = 1 << 16
_DEEPEST = 4095
"""Deltas on deltas that git makes at most."""
_DENSEST = 1040
"""How much less room zlib makes of bytes at best."""
_PIECE = 1 << 16
_EILSEQ = 84


class BadPack(Exception):
    """A block device that does not hold such a disk, or a damaged one."""


class Damaged(Exception):
    """What is wrong with it."""


class Objects:
    """The objects of a pack."""

    def __init__(self, device: Device) -> None:
        self.name: str = device.name
        self._device = device
        try:
            head = device.read_at(0, PACK + _HEAD)
            self.commit: bytes = bytes(head[:DIGEST])
            self._index = int.from_bytes(bytes(head[DIGEST:PACK]), "little")
            magic, version, self._count = struct.unpack(">4sII", head[PACK:])
        except OSError:
            magic, version = b"", 0
        if magic != b"PACK" or version not in (2, 3):
            raise BadPack("%s holds no pack of git" % self.name)
        try:
            self._open_index()
        except Damaged as error:
            raise self.damaged(error) from None

    def damaged(self, error: object) -> BadPack:
        """What to raise for what was found."""
        return BadPack("%s is damaged: %s" % (self.name, error))

    def _bytes(self, offset, length):
        """Bytes of the disk, that something on it says where they are."""
        if offset + length > self._device.capacity:
            raise Damaged("it ends too early")
        return self._device.read_at(offset, length)

    def _open_index(self):
        """Look at the index, and find the end of the pack."""
        if self._index < PACK + _HEAD + DIGEST:
            raise Damaged("its index lies in front of it")
        head = self._bytes(self._index, _TABLES)
        if bytes(head[:_FANOUT]) != b"\xfftOc\0\0\0\2":
            raise Damaged("it has no index")
        self._fanout = struct.unpack(">256I", head[_FANOUT:])
        if list(self._fanout) != sorted(self._fanout) or self._fanout[255] != self._count:
            raise Damaged("its index is of another pack")
        self._names = self._index + _TABLES
        self._offsets = self._names + (DIGEST + 4) * self._count
        self._large = self._offsets + 4 * self._count
        self._index_end = self._large + 8 * self._count_large()
        self._end = self._pack_end(bytes(self._bytes(self._index_end, DIGEST)))

    def _count_large(self):
        """How many offsets do not fit into 31 bits."""
        if self._index >> 31 == 0:
            return 0
        offsets = self._bytes(self._offsets, 4 * self._count)
        return sum(1 for at in range(0, len(offsets), 4) if offsets[at] & 0x80)

    def _pack_end(self, checksum):
        """Where the checksum of the pack begins, which the index repeats; zeros are behind it."""
        start = max(PACK + _HEAD, self._index - _MOST_BLOCK - DIGEST)
        data = bytes(self._bytes(start, self._index - start))
        at = data.rfind(checksum)
        if at < 0 or any(data[at + DIGEST :]):
            raise Damaged("its index is of another pack")
        return start + at

    def verify(self) -> None:
        """Compare both checksums, of all of the pack and of its index. Raises BadPack."""
        for what, start, end in (
            ("pack", PACK, self._end), ("index", self._index, self._index_end + DIGEST),
        ):  # fmt: skip
            _docteur.hash_start()
            for at in range(start, end, _PIECE):
                _docteur.hash_update(self._device.read_at(at, min(_PIECE, end - at)))
            if _docteur.hash_digest() != self._checked(self._bytes, end, DIGEST):
                raise self.damaged("the checksum of its %s is another" % what)

    def _offset(self, name):
        """Where the entry of an object begins."""
        first = self._fanout[name[0] - 1] if name[0] else 0
        last = self._fanout[name[0]]
        while first < last:
            middle = (first + last) // 2
            found = bytes(self._bytes(self._names + DIGEST * middle, DIGEST))
            if found == name:
                return PACK + self._offset_of(middle)
            if found < name:
                first = middle + 1
            else:
                last = middle
        raise Damaged("an object is not there")

    def _offset_of(self, number):
        """The offset, in the pack, of the object of a number in the index."""
        offset = int.from_bytes(bytes(self._bytes(self._offsets + 4 * number, 4)), "big")
        if offset >> 31:
            at = self._large + 8 * (offset & 0x7FFFFFFF)
            if at + 8 > self._index_end:
                raise Damaged("an object is not there")
            offset = int.from_bytes(bytes(self._bytes(at, 8)), "big")
        return offset

    def _entry(self, offset):
        """The head of an entry: kind, size of its content, offset of its base or None, and where
        its stream begins."""
        if offset < PACK + _HEAD or offset >= self._end:
            raise Damaged("an object is not there")
        data = memoryview(self._bytes(offset, min(64, self._end - offset)))
        kind, size, distance, used = _docteur.head(data)
        base = None
        if kind == _OFS_DELTA:
            base = offset - distance
        elif kind == _REF_DELTA:
            base = self._offset(bytes(data[used : used + DIGEST]))
            used += DIGEST
        elif kind not in _NAMES:
            raise Damaged("an object has no kind")
        return kind, size, base, offset + used

    def _content(self, size, stream, wanted=None):
        """The `size` bytes of a stream, or the `wanted` first ones, fewer if it has no more."""
        if size > _DENSEST * (self._end - stream):
            raise Damaged("an object is too large")
        # One byte more, so that a stream which goes on is noticed.
        data = bytearray(size + 1 if wanted is None else wanted)
        # zlib makes more of few bytes that are no text, but not much.
        room = min(len(data) + len(data) // 8 + 128, self._end - stream)
        got = _docteur.inflate(self._bytes(stream, room), data)
        if wanted is None and got != size:
            raise Damaged("an object has another size")
        return memoryview(data)[: min(got, size)]

    def _unpacked(self, offset):
        """Kind and content of the entry at an offset."""
        deltas = []
        while True:
            kind, size, base, stream = self._entry(offset)
            data = self._content(size, stream)
            if base is None:
                break
            deltas.append(data)
            if len(deltas) > _DEEPEST:
                raise Damaged("an object has no base")
            offset = base
        while deltas:
            delta = deltas.pop()
            size = _docteur.target_size(delta)
            if size > self._device.capacity * _DENSEST:
                raise Damaged("an object is too large")
            target = bytearray(size)
            _docteur.patch(data, delta, target)
            data = memoryview(target)
        return kind, data

    def _checked(self, action, *args):
        """What an action gives, which may find damage."""
        try:
            return action(*args)
        except Damaged as error:
            raise self.damaged(error) from None
        except OSError as error:
            if error.errno != _EILSEQ:
                raise
            raise self.damaged("an object cannot be read") from None

    def get(self, name: bytes, kind: int) -> memoryview:
        """The object of a SHA-1, which is of this kind. Raises BadPack."""
        return self._checked(self._get, name, kind)

    def _get(self, name, wanted):
        kind, data = self._unpacked(self._offset(name))
        _docteur.hash_start()
        _docteur.hash_update(b"%s %d\0" % (_NAMES[kind], len(data)))
        _docteur.hash_update(data)
        if kind != wanted or _docteur.hash_digest() != name:
            raise Damaged("an object is another than its name says")
        return data

    def size(self, name: bytes) -> int:
        """How many bytes the object of a SHA-1 has, without reading it. Raises BadPack."""
        return self._checked(self._size, name)

    def _size(self, name):
        _, size, base, stream = self._entry(self._offset(name))
        if base is None:
            return size
        return _docteur.target_size(self._content(size, stream, 32))
