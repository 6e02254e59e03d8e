"""A layer over a block device that writes down, on another, what is written and what is done."""

import struct

from mirage.block import Device


class Recorder(Device):
    """Records, behind the first block, are of 16 bytes, kind ("W"rite, "S"ynchronize or
    "A"cknowledge) and number, then what was written."""

    def __init__(self, device, journal):
        self.name, self.block_size = device.name, device.block_size
        self.capacity = device.capacity
        self._device, self._journal, self._at = device, journal, 512

    def _record(self, kind, number, data):
        self._journal.write_at(self._at, struct.pack("<4sIQ", kind, number, 0) + data)
        self._at += 16 + len(data)

    def acknowledge(self, number):
        self._record(b"A", number, b"")

    def sync(self):
        self._record(b"S", 0, b"")

    def _read(self, offset, buffer):
        self._device._read(offset, buffer)

    def _read_part(self, offset, buffer):
        self._device._read_part(offset, buffer)

    def _write(self, offset, buffer):
        size = self.block_size
        for at in range(0, len(buffer), size):
            data = bytes(memoryview(buffer)[at : at + size])
            self._record(b"W", (offset + at) // size, data)
            self._device._write(offset + at, data)

    def _write_part(self, offset, buffer):
        """A block at a time, as the driver below would."""
        size, done = self.block_size, 0
        while done < len(buffer):
            start = (offset + done) % size
            part = min(size - start, len(buffer) - done)
            block = bytearray(size)
            self._device._read(offset + done - start, block)
            block[start : start + part] = memoryview(buffer)[done : done + part]
            self._write(offset + done - start, block)
            done += part
