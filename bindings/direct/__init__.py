"""Directories of the host: what `direct_kv_ro` and `direct_kv_rw` of config.py give to `start`.

What has been written is on the host's disk: unlike a block device of a tender, a file can be
synchronized. A value is written beside the old one and takes its place in one step.
"""

import errno

import _direct
from mirage.kv import DICTIONARY, VALUE, NoSpace, Reader, Writer

_ABSENT = (errno.ENOENT, 20, 36)  # ENOENT, ENOTDIR, ENAMETOOLONG
_ERANGE = 34
_FULL = (28, 122)  # ENOSPC, EDQUOT
_NEW = ".mirage-new"
"""Where a value is until it is whole; no key."""
_KINDS = (VALUE, DICTIONARY)


class Direct(Reader):
    """A directory of the host, as it is when it is read."""

    def __init__(self, directory: str) -> None:
        self.name = directory
        if not self._stat(""):
            raise OSError(errno.ENOENT, "there is no directory `%s` where this runs" % directory)

    def _path(self, key):
        return self.name + "/" + key

    def _stat(self, key):
        try:
            kind, size, modified = _direct.status(self._path(key))
        except OSError as error:
            if error.errno in _ABSENT:
                return None
            raise
        if kind >= len(_KINDS) or key == _NEW:
            return None
        return _KINDS[kind], 0 if kind else size, modified

    def _read(self, key, offset, length):
        buffer = bytearray(length)
        got = _direct.read(self._path(key), offset, buffer)
        return bytes(memoryview(buffer)[:got])

    def _list(self, key):
        room = bytearray(4096)
        while True:
            try:
                used = _direct.list(self._path(key), room)
                break
            except OSError as error:
                if error.errno != _ERANGE:
                    raise
                room = bytearray(2 * len(room))
        for name in str(memoryview(room)[:used], "utf-8").split("\0")[:-1]:
            found = self._stat(key + "/" + name if key else name)
            if found:
                yield name, found[0]


class DirectRw(Direct, Writer):
    """A directory of the host that is also written."""

    writable = True

    def _do(self, key, action, *args):
        """Do what writes."""
        try:
            action(*args)
        except OSError as error:
            if error.errno in _FULL:
                raise NoSpace("/" + key) from None
            raise

    def _writable(self, key):
        key = super()._writable(key)
        if key == _NEW:
            raise ValueError("not a key: " + key)
        return key

    def _directories(self, key):
        """Make the directories that a key is in; the one that it is in itself."""
        parts = key.split("/")[:-1]
        for count in range(1, len(parts) + 1):
            above = "/".join(parts[:count])
            if self._stat(above) is None:
                self._do(key, _direct.mkdir, self._path(above))
                _direct.sync(self._path("/".join(parts[: count - 1])))
        return self._path("/".join(parts))

    def _write(self, key, data):
        new = self._path(_NEW)
        try:
            self._do(key, _direct.write, new, data)
            parent = self._directories(key)
            self._do(key, _direct.rename, new, self._path(key))
        except OSError:
            self._discard(new)
            raise
        _direct.sync(parent)

    def _discard(self, path):
        """Remove what could not be made whole, if it was begun."""
        try:
            _direct.remove(path, False)
        except OSError as error:
            if error.errno != errno.ENOENT:
                raise

    def _patch(self, key, offset, data):
        self._do(key, _direct.patch, self._path(key), offset, data)

    def _make(self, key):
        self._directories(key + "/")

    def _delete(self, key):
        _direct.remove(self._path(key), self._stat(key)[0] == DICTIONARY)
        _direct.sync(self._path(key.rpartition("/")[0]))

    def _move(self, source, dest):
        parent = self._directories(dest)
        self._do(dest, _direct.rename, self._path(source), self._path(dest))
        _direct.sync(parent)
        _direct.sync(self._path(source.rpartition("/")[0]))


def connect(directory: str) -> Direct:
    """The directory at a path of the host. Raises OSError."""
    return Direct(directory)


def connect_rw(directory: str) -> DirectRw:
    """The same, to be written to. Raises OSError."""
    return DirectRw(directory)
