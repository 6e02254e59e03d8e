"""Block devices in memory: zeros at first, and lost at the end."""

from mirage.block import Parts

BLOCKS = 32768
_CHUNK = 65536
_disks = {}


class RamDisk(Parts):
    """A disk of 32768 blocks of 512 bytes. It takes memory for what is written, in pieces."""

    block_size = 512
    capacity: int = BLOCKS * 512

    def __init__(self, name: str) -> None:
        self.name = name
        self._chunks = {}

    def _read_part(self, offset, buffer):
        view = memoryview(buffer)
        for number, start, at, part in self._parts(offset, len(buffer), _CHUNK):
            chunk = self._chunks.get(number)
            view[at : at + part] = chunk[start : start + part] if chunk else bytes(part)

    def _write_part(self, offset, buffer):
        view = memoryview(buffer)
        for number, start, at, part in self._parts(offset, len(buffer), _CHUNK):
            if number not in self._chunks:
                self._chunks[number] = memoryview(bytearray(_CHUNK))
            self._chunks[number][start : start + part] = view[at : at + part]


def connect(name: str) -> RamDisk:
    """The disk of that name, the same each time."""
    if name not in _disks:
        _disks[name] = RamDisk(name)
    return _disks[name]
