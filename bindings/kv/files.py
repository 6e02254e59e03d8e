"""File systems of MicroPython as key-value stores, without being mounted."""

import errno

import vfs
from mirage.kv import DICTIONARY, VALUE, Reader

_DIRECTORY = 0x4000


class Files(Reader):
    """What is on a file system that is read: an object such as `vfs.VfsFat(block)`."""

    def __init__(self, files):
        self._files = files

    def _stat(self, key):
        if not key:
            return DICTIONARY, 0, 0
        try:
            found = self._files.stat("/" + key)
        except OSError as error:
            if error.errno in (errno.ENOENT, 20):
                return None
            raise
        kind = DICTIONARY if found[0] & _DIRECTORY else VALUE
        return kind, found[6], found[8] * 1_000_000_000

    def _read(self, key, offset, length):
        with self._files.open("/" + key, "rb") as file:
            if offset:
                file.seek(offset)
            return file.read(length)

    def _list(self, key):
        for found in self._files.ilistdir("/" + key):
            yield found[0], DICTIONARY if found[1] == _DIRECTORY else VALUE

    def mount(self, path):
        """Let `os` and `open` work on it, below `path`."""
        vfs.mount(self._files, path)
