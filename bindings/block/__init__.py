"""Block devices: read and written in whole blocks.

A `Block` is what `block_of_file` in config.py gives to `start`.
"""

import _block


class Block:
    """A block device of the image's manifest."""

    def __init__(self, name):
        self.name = name
        self._handle = _block.acquire(name)
        self.block_size = _block.block_size(self._handle)
        self.capacity = _block.capacity(self._handle)
        """In bytes."""

    def readinto(self, number, buffer):
        """Fill `buffer`, one block long, with block `number`. Raises OSError."""
        _block.read(self._handle, number * self.block_size, buffer)

    def read(self, number):
        """The bytes of block `number`. Raises OSError."""
        buffer = bytearray(self.block_size)
        self.readinto(number, buffer)
        return bytes(buffer)

    def write(self, number, data):
        """Write `data`, one block long, to block `number`. Raises OSError."""
        _block.write(self._handle, number * self.block_size, data)


def connect(name):
    """The device that the tender attached under that name. Raises OSError if there is none."""
    return Block(name)
