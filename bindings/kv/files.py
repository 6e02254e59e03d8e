"""Key-value stores and file systems: MicroPython's file systems as stores, and stores mounted so
that `os` and `open` work on them.

    from mirage.kv import files
    files.mount(store, "/")
"""

import errno
import io

import vfs
from mirage.kv import DICTIONARY, VALUE, Reader, ValueExpected, normal

_DIRECTORY, _FILE = 0x4000, 0x8000
_NANOSECONDS = 1_000_000_000
_FLUSH, _CLOSE = 1, 4


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
            if error.errno in (errno.ENOENT, 20):
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
        key, store = self._key(path), self._store
        if "r" in mode and "+" not in mode:
            data = store._read(key, 0, store._value(key)[1])
            return io.BytesIO(data) if "b" in mode else io.StringIO(str(data, "utf-8"))
        if "+" in mode or not hasattr(store, "_writable"):
            raise OSError(30 if "+" not in mode else errno.EOPNOTSUPP)  # EROFS
        store._writable(key)
        old = store._stat(key)
        kept = store._read(key, 0, old[1]) if "a" in mode and old else b""
        return _Written(store, key, kept)

    def stat(self, path):
        kind, size, modified = self._store._found(self._key(path))
        seconds = modified // _NANOSECONDS
        mode = _FILE if kind == VALUE else _DIRECTORY
        return mode, 0, 0, 0, 0, 0, size, seconds, seconds, seconds

    def ilistdir(self, path):
        key = self._key(path)
        if self._store._found(key)[0] != DICTIONARY:
            raise OSError(20)
        for name, kind in self._store._list(key):
            yield name, _FILE if kind == VALUE else _DIRECTORY, 0

    def chdir(self, path):
        key = self._key(path)
        if self._store._found(key)[0] != DICTIONARY:
            raise OSError(20)
        self._folder = key

    def getcwd(self):
        return "/" + self._folder

    def remove(self, path):
        key = self._key(path)
        if self._store._found(key)[0] != VALUE:
            raise ValueExpected("/" + key)
        self._store._delete(key)

    def rename(self, old, new):
        old, new = self._key(old), self._key(new)
        self._store._found(old)
        self._store._move(old, new)


def mount(store: Reader, path: str = "/") -> None:
    """Let `os` and `open` work on a store, below `path`. Raises OSError if something is there."""
    if isinstance(store, Files):
        vfs.mount(store._files, path, readonly=not store.writable)
    else:
        vfs.mount(_Mounted(store), path)
