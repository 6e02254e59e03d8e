"""FAT file systems as key-value stores: what `fat_ro` in config.py gives to `start`."""

import vfs
from mirage.kv.files import Files

if False:  # for type checkers
    from mirage.block import Device


class BadFileSystem(Exception):
    """A block device without a FAT file system."""


class _ReadOnly:
    """A block device of which a file system can only read."""

    def __init__(self, block):
        self.readblocks = block.readblocks
        self.ioctl = block.ioctl


def connect(block: Device) -> Files:
    """The files on a block device. Raises BadFileSystem."""
    try:
        files = vfs.VfsFat(_ReadOnly(block))
        files.mount(True, False)
        files.statvfs("/")
    except OSError as error:
        raise BadFileSystem("%s: no FAT file system: %r" % (block.name, error)) from None
    return Files(files)
