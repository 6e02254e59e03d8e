"""FAT file systems as key-value stores: what `fat_ro` in config.py gives to `start`."""

import struct

import vfs
from mirage.kv.files import Files

if False:  # for type checkers
    from mirage.block import Device

_SECTOR = 512
"""The bytes of a sector that the driver knows; the device's blocks may have others."""
_SIGNATURE = b"\x55\xaa"
_HEAD = "<HBHBHHBHHHII"
"""From byte 11 of a boot sector on: bytes of a sector, sectors of a cluster, reserved ones, tables,
entries of the root, sectors in 16 bits, medium, sectors of a table, three that do not count, and
sectors in 32 bits (Microsoft's FAT specification, 3.1)."""


class BadFileSystem(Exception):
    """A block device without a FAT file system that can be read, and why."""


class _ReadOnly:
    """A block device of which a file system can only read, in sectors."""

    def __init__(self, block):
        self._block = block

    def readblocks(self, number, buffer):
        return self._block.readblocks(0, buffer, number * _SECTOR)

    def ioctl(self, command, argument):
        if command == 4:
            return self._block.capacity // _SECTOR
        return _SECTOR if command == 5 else 0


def _boot(block, number):
    """Of the boot sector at a sector: bytes of a sector, and how many there are; or None."""
    if (number + 1) * _SECTOR > block.capacity:
        return None
    data = bytes(block.read_at(number * _SECTOR, _SECTOR))
    size, cluster, _, tables, _, small, _, _, _, _, _, large = struct.unpack(_HEAD, data[11:36])
    if data[0] not in (0xE9, 0xEB) or data[510:] != _SIGNATURE or not cluster or not tables:
        return None
    return (size, small or large) if 128 <= size <= 4096 and size & (size - 1) == 0 else None


def _check(block):
    """That the file system, or one in a partition, has the sectors that are read, and all of them.
    Raises BadFileSystem."""
    start, found = 0, _boot(block, 0)
    if found is None and block.capacity >= _SECTOR:
        table = bytes(block.read_at(446, 66))
        for at in range(0, 64, 16):
            start = int.from_bytes(table[at + 8 : at + 12], "little")
            found = _boot(block, start) if table[64:] == _SIGNATURE and start else None
            if found:
                break
    if found is None:
        raise BadFileSystem("%s: no FAT file system" % block.name)
    size, count = found
    if size != _SECTOR:
        raise BadFileSystem(
            "%s: a FAT file system with sectors of %d bytes; only those of %d are read"
            % (block.name, size, _SECTOR)
        )
    if (start + count) * _SECTOR > block.capacity:
        raise BadFileSystem(
            "%s: a FAT file system of %d bytes on a disk of %d: it was truncated"
            % (block.name, (start + count) * _SECTOR, block.capacity)
        )


def connect(block: Device) -> Files:
    """The files on a block device. Raises BadFileSystem."""
    _check(block)
    try:
        files = vfs.VfsFat(_ReadOnly(block))
        files.mount(True, False)
        files.statvfs("/")
    except OSError as error:
        raise BadFileSystem("%s: no FAT file system: %r" % (block.name, error)) from None
    return Files(files)
