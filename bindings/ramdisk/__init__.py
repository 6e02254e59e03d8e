"""Block devices in memory: zeros at first, and lost at the end."""

import errno

from mirage.block import Device

BLOCKS = 32768
_CHUNK = 65536
_disks = {}


class RamDisk(Device):
    """A disk of 32768 blocks of 512 bytes. It takes memory for what is written, in pieces."""

    block_size = 512
    capacity: int = BLOCKS * 512

    def __init__(self, name: str) -> None:
        self.name = name
        self._chunks = {}

    def _check(self, offset, buffer):
        size = len(buffer)
        if offset % 512 or size % 512 or not size:
            raise OSError(errno.EINVAL)

    def _read(self, offset, buffer):
        self._check(offset, buffer)
        self._read_part(offset, buffer)

    def _write(self, offset, buffer):
        self._check(offset, buffer)
        self._write_part(offset, buffer)

    def _pieces(self, offset, size):
        """Of `size` bytes at `offset`: number of a chunk, where in it, where in the buffer, how
        many."""
        if offset < 0 or size > self.capacity - offset:
            raise OSError(errno.EINVAL)
        done = 0
        while done < size:
            start = (offset + done) % _CHUNK
            part = min(_CHUNK - start, size - done)
            yield (offset + done) // _CHUNK, start, done, part
            done += part

    def _read_part(self, offset, buffer):
        view = memoryview(buffer)
        for number, start, at, part in self._pieces(offset, len(buffer)):
            chunk = self._chunks.get(number)
            view[at : at + part] = chunk[start : start + part] if chunk else bytes(part)

    def _write_part(self, offset, buffer):
        view = memoryview(buffer)
        for number, start, at, part in self._pieces(offset, len(buffer)):
            if number not in self._chunks:
                self._chunks[number] = memoryview(bytearray(_CHUNK))
            self._chunks[number][start : start + part] = view[at : at + part]


def connect(name: str) -> RamDisk:
    """The disk of that name, the same each time."""
    if name not in _disks:
        _disks[name] = RamDisk(name)
    return _disks[name]
