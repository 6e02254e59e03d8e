"""Block devices: read and written in whole blocks, as many in a call as you like.

A `Device` is what a `block` of config.py gives to `start`: `Block` where the tender attaches it.
MicroPython's file systems take one as it is (`vfs.VfsLfs2(device)`).
"""

import errno

import _block
import _bound

_INIT, _DEINIT, _SYNC, _COUNT, _SIZE, _ERASE = 1, 2, 3, 4, 5, 6


class Device:
    """A block device. A subclass has `name`, `block_size` and `capacity`, both in bytes, and moves
    bytes: `_read(offset, buffer)` and `_write(offset, buffer)` whole blocks, `_read_part` and
    `_write_part` any; they raise OSError for what is not on the device, and then did nothing."""

    name: str
    block_size: int
    capacity: int
    writable = True
    program_size = 1
    """Bytes beside which nothing changes when they are written, wherever the power goes."""

    @property
    def blocks(self) -> int:
        """How many blocks there are."""
        return self.capacity // self.block_size

    def readinto(self, number: int, buffer: bytearray | memoryview) -> None:
        """Fill `buffer`, some blocks long, with those from `number` on. Raises OSError."""
        self._read(self._offset(number), buffer)

    def read(self, number: int, count: int = 1) -> bytes:
        """The bytes of `count` blocks from `number` on. Raises OSError."""
        # Not before it is known that there are so many.
        if number < 0 or count < 1 or count > self.blocks - number:
            raise OSError(errno.EINVAL)
        buffer = bytearray(self.block_size * count)
        self._read(number * self.block_size, buffer)
        return bytes(buffer)

    def write(self, number: int, data: bytes | bytearray | memoryview) -> None:
        """Write `data`, some blocks long, to those from `number` on. Raises OSError."""
        self._write(self._offset(number), data)

    def read_at(self, offset: int, length: int) -> bytearray:
        """The `length` bytes at `offset`. Raises OSError."""
        if offset < 0 or length < 0 or length > self.capacity - offset:
            raise OSError(errno.EINVAL)
        buffer = bytearray(length)
        self._read_part(offset, buffer)
        return buffer

    def write_at(self, offset: int, data: bytes | bytearray | memoryview) -> None:
        """Write `data` at `offset`. Raises OSError."""
        if offset < 0 or len(data) > self.capacity - offset:
            raise OSError(errno.EINVAL)
        self._write_part(offset, data)

    def sync(self) -> None:
        """Let what was written be on the disk before what is written from now on. Of a tender's
        disk that cannot be asked for, and nothing is done."""

    def _offset(self, number):
        if number < 0 or number > self.blocks:
            raise OSError(errno.EINVAL)
        return number * self.block_size

    # MicroPython's block protocol. Its callers are in C, and must not be left by an exception.

    def readblocks(self, number: int, buffer: bytearray | memoryview, offset: int = 0) -> int:
        """0, or a negative errno."""
        try:
            self._read_part(number * self.block_size + offset, buffer)
        except OSError as error:
            return -(error.errno or errno.EIO)
        return 0

    def writeblocks(
        self, number: int, buffer: bytes | bytearray | memoryview, offset: int = 0
    ) -> int:
        """0, or a negative errno."""
        try:
            self._write_part(number * self.block_size + offset, buffer)
        except OSError as error:
            return -(error.errno or errno.EIO)
        return 0

    def ioctl(self, command: int, argument: int) -> int | None:
        """What a file system asks; nothing has to be erased."""
        if command == _COUNT:
            return self.blocks
        if command == _SIZE:
            return self.block_size
        if command == _SYNC:
            self.sync()
        return 0 if command in (_INIT, _DEINIT, _SYNC, _ERASE) else None


class Parts(Device):
    """A block device whose subclass moves any bytes itself, by `_read_part` and `_write_part`."""

    def _read(self, offset, buffer):
        self._whole(offset, len(buffer))
        self._read_part(offset, buffer)

    def _write(self, offset, buffer):
        self._whole(offset, len(buffer))
        self._write_part(offset, buffer)

    def _whole(self, offset, size):
        """That `size` bytes at `offset` are some whole blocks."""
        if offset % self.block_size or size % self.block_size or not size:
            raise OSError(errno.EINVAL)

    def _parts(self, offset, size, unit):
        """Of `size` bytes at `offset`, cut where units of `unit` bytes end: number of a unit, where
        in it, where in the buffer, how many."""
        if offset < 0 or size > self.capacity - offset:
            raise OSError(errno.EINVAL)
        done = 0
        while done < size:
            number, start = divmod(offset + done, unit)
            part = min(unit - start, size - done)
            yield number, start, done, part
            done += part


class Block(Device):
    """A block device of the image's manifest."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._handle = _block.acquire(name)
        self.block_size: int = _block.block_size(self._handle)
        self.capacity: int = _block.capacity(self._handle)
        self._scratch = bytearray(self.block_size)
        # As the base class has them, but the driver counts in blocks, and nothing stands between.
        self.readinto = _bound.method(_block.read_blocks, self._handle)
        self.write = _bound.method(_block.write_blocks, self._handle)
        self._read = _bound.method(_block.read, self._handle)
        self._write = _bound.method(_block.write, self._handle)

    def _read_part(self, offset, buffer):
        _block.read_part(self._handle, offset, buffer, self._scratch)

    def _write_part(self, offset, buffer):
        _block.write_part(self._handle, offset, buffer, self._scratch)


def connect(name: str) -> Block:
    """The device that the tender attached under that name. Raises OSError if there is none."""
    return Block(name)
