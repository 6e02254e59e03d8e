"""Key-value stores and file systems: MicroPython's file systems as stores, and stores mounted so
that `os` and `open` work on them.

    from mirage.kv import files
    files.mount(store, "/")
"""

import errno
import io

import vfs
from mirage.kv import (
    DICTIONARY,
    VALUE,
    AlreadyPresent,
    DictionaryExpected,
    Reader,
    ValueExpected,
    normal,
)

_DIRECTORY, _FILE = 0x4000, 0x8000
_NANOSECONDS = 1_000_000_000
_FLUSH, _CLOSE = 1, 4
_ENOTDIR, _EROFS, _ENOSYS, _ENOTEMPTY = 20, 30, 38, 39


class Files(Reader):
    """What is on a file system that is read: an object such as `vfs.VfsFat(block)`."""

    writable = False

    def __init__(self, files: object) -> None:
        self._files = files

    def _stat(self, key):
        if not key:
            return DICTIONARY, 0, 0
        try:
            found = self._files.stat("/" + key)
        except OSError as error:
            if error.errno in (errno.ENOENT, _ENOTDIR):
                return None
            raise
        kind = DICTIONARY if found[0] & _DIRECTORY else VALUE
        return kind, found[6], found[8] * _NANOSECONDS

    def _read(self, key, offset, length):
        with self._files.open("/" + key, "rb") as file:
            if offset:
                file.seek(offset)
            return file.read(length)

    def _list(self, key):
        for found in self._files.ilistdir("/" + key):
            yield found[0], DICTIONARY if found[1] == _DIRECTORY else VALUE


class _Written(io.IOBase):
    """A file that becomes a value when it is closed, or flushed."""

    def __init__(self, store, key, data):
        self._store, self._key, self._data = store, key, bytearray(data)

    def write(self, data):
        data = data.encode() if isinstance(data, str) else data
        self._data.extend(data)
        return len(data)

    def ioctl(self, command, argument):
        if command in (_FLUSH, _CLOSE) and self._data is not None:
            self._store._write(self._key, bytes(self._data))
            if command == _CLOSE:
                self._data = None
        return 0

    def close(self):
        self.ioctl(_CLOSE, 0)

    def flush(self):
        self.ioctl(_FLUSH, 0)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class _Mounted:
    """A store as a file system of MicroPython. A file is read whole when it is opened, and written
    whole when it is closed."""

    def __init__(self, store):
        self._store = store
        self._folder = ""

    def mount(self, readonly, mkfs):
        pass

    def umount(self):
        pass

    def _key(self, path):
        return normal(path if path.startswith("/") else self._folder + "/" + path)

    def open(self, path, mode):
        how = [letter for letter in mode if letter not in "bt+"]
        if len(how) != 1 or how[0] not in "rwax":
            raise ValueError("invalid mode: %r" % (mode,))
        key, store = self._key(path), self._store
        if "+" in mode:
            raise OSError(errno.EOPNOTSUPP, "/" + key)
        if how[0] == "r":
            data = store._read(key, 0, store._value(key)[1])
            return io.BytesIO(data) if "b" in mode else io.StringIO(str(data, "utf-8"))
        store, old = self._written(key), self._store._stat(key)
        if how[0] == "x" and old:
            raise AlreadyPresent("/" + key)
        store._writable(key)
        kept = store._read(key, 0, old[1]) if how[0] == "a" and old else b""
        return _Written(store, key, kept)

    def _written(self, key):
        """The store, if it is one that is written."""
        if not hasattr(self._store, "_writable"):
            raise OSError(_EROFS, "/" + key)
        return self._store

    def stat(self, path):
        kind, size, modified = self._store._found(self._key(path))
        seconds = modified // _NANOSECONDS
        mode = _FILE if kind == VALUE else _DIRECTORY
        return mode, 0, 0, 0, 0, 0, size, seconds, seconds, seconds

    def ilistdir(self, path):
        key = self._key(path)
        if self._store._found(key)[0] != DICTIONARY:
            raise OSError(_ENOTDIR)
        for name, kind in self._store._list(key):
            yield name, _FILE if kind == VALUE else _DIRECTORY, 0

    def chdir(self, path):
        key = self._key(path)
        if self._store._found(key)[0] != DICTIONARY:
            raise OSError(_ENOTDIR)
        self._folder = key

    def getcwd(self):
        return "/" + self._folder

    def mkdir(self, path):
        """A dictionary is there while something is in it: there is none to be made."""
        key = self._key(path)
        if self._written(key)._stat(key):
            raise AlreadyPresent("/" + key)
        raise OSError(errno.EPERM, "a store makes its dictionaries itself: /" + key)

    def rmdir(self, path):
        key = self._key(path)
        store = self._written(key)
        if store._found(key)[0] != DICTIONARY:
            raise DictionaryExpected("/" + key)
        if not key or list(store._list(key)):
            raise OSError(_ENOTEMPTY, "/" + key)
        store._delete(key)

    def remove(self, path):
        key = self._key(path)
        store = self._written(key)
        if store._found(key)[0] != VALUE:
            raise ValueExpected("/" + key)
        store._delete(key)

    def rename(self, old, new):
        old, new = self._key(old), self._key(new)
        store = self._written(old)
        store._found(old)
        store._move(old, new)

    def statvfs(self, path):
        raise OSError(_ENOSYS, "a store does not know its room: " + path)


def mount(store: Reader, path: str = "/") -> None:
    """Let `os` and `open` work on a store, below `path`. Raises OSError if something is there."""
    if isinstance(store, Files):
        vfs.mount(store._files, path, readonly=not store.writable)
    else:
        vfs.mount(_Mounted(store), path)
