"""Key-value stores and file systems: MicroPython's file systems as stores, and stores mounted so
that `os` and `open` work on them.

    from mirage.kv import files
    files.mount(store, "/")
"""

import errno

import uio as io
import vfs
from mirage.kv import (
    DICTIONARY,
    VALUE,
    AlreadyPresent,
    DictionaryExpected,
    NotFound,
    Reader,
    RenameSourcePrefix,
    ValueExpected,
    normal,
)

_DIRECTORY, _FILE = 0x4000, 0x8000
_NANOSECONDS = 1_000_000_000
_FLUSH, _SEEK, _CLOSE = 1, 2, 4
_EBUSY, _EROFS, _ENAMETOOLONG, _ENOTEMPTY = 16, 30, 36, 39
_LONGEST = 255
"""Bytes of a name, as statvfs says."""


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
            if error.errno in (errno.ENOENT, 20, _ENAMETOOLONG):
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


def _refuse(*_):
    """What the mode of a file does not allow."""
    raise OSError(errno.EBADF)


class _File(io.IOBase):  # MicroPython's, to which `print` can write
    """A file: the value, read when it is opened, and written when it is closed or flushed."""

    def __init__(self, mounted, key, mode, data):
        self._mounted, self._key = mounted, key
        self._appends, self._changed = "a" in mode, False
        reads = "r" in mode or "+" in mode
        text = reads and "b" not in mode
        self._text = text
        self._buffer = buffer = io.StringIO(str(data, "utf-8")) if text else io.BytesIO(data)
        if self._appends:
            buffer.seek(0, 2)
        self.seek, self.tell = buffer.seek, buffer.tell
        self.read = buffer.read if reads else _refuse
        self.readinto = buffer.readinto if reads else _refuse
        self.readline = buffer.readline if reads else _refuse
        if mode.strip("bt") == "r":
            self.write = _refuse

    def write(self, data):
        if self._appends:
            self._buffer.seek(0, 2)
        self._changes()
        if self._text:  # `print` writes bytes
            return self._buffer.write(data if isinstance(data, str) else str(data, "utf-8"))
        written = self._buffer.write(data.encode() if isinstance(data, str) else data)
        return len(data) if isinstance(data, str) else written

    def truncate(self, size):
        self._changes()
        buffer, at = self._buffer, self._buffer.tell()
        missing = size - buffer.seek(0, 2)
        if missing > 0:
            buffer.write(bytes(missing))
        buffer.truncate(size)
        buffer.seek(at)

    def _changes(self):
        if not self._changed:
            self._changed = True
            self._mounted.changed.append(self)

    def readlines(self):
        return list(self)

    def put(self):
        """Make what was written the value."""
        if not self._changed:
            return
        self._changed = False
        self._mounted.changed.remove(self)
        data = self._buffer.getvalue()
        self._mounted.store._write(self._key, data.encode() if isinstance(data, str) else data)

    def flush(self):
        if self._changed and self._mounted.store._replaces:
            self.put()

    def close(self):
        try:
            self.put()
        finally:
            self._buffer.close()

    def ioctl(self, command, argument):
        if command == _FLUSH:
            self.flush()
        elif command == _CLOSE:
            self.close()
        elif command == _SEEK:
            return -errno.EINVAL
        return 0

    def __iter__(self):
        return iter(self._buffer) if self.readline is not _refuse else _refuse()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


class _Mounted:
    """A store as a file system of MicroPython."""

    def __init__(self, store):
        self.store = store
        self.changed = []
        """Open files that hold what is not yet in the store."""
        self._folder = ""

    def mount(self, readonly, mkfs):
        pass

    def umount(self):
        while self.changed:
            self.changed[0].put()

    def _key(self, path):
        """What a path names; what open files of it hold is in the store then."""
        parts = [] if path.startswith("/") else self._folder.split("/")
        for part in path.split("/"):
            if part == "..":
                parts = parts[:-1]
            elif part != ".":
                parts.append(part)
        key = normal("/".join(parts))
        for file in [one for one in self.changed if one._key == key]:
            file.flush()
        return key

    def _written(self, key):
        """The store, if it is one that is written."""
        if not self.store.writable:
            raise OSError(_EROFS, "/" + key)
        return self.store

    def _found(self, key):
        """What is there, in a dictionary."""
        found = self.store._stat(key)
        if found is None:
            self._dictionary(_above(key))
            raise NotFound("/" + key)
        return found

    def _dictionary(self, key):
        """That a key names a dictionary."""
        if self._found(key)[0] != DICTIONARY:
            raise DictionaryExpected("/" + key)

    def _value(self, key):
        """The size of a value."""
        kind, size, _ = self._found(key)
        if kind != VALUE:
            raise ValueExpected("/" + key)
        return size

    def open(self, path, mode):
        key = self._key(path)
        if mode.strip("bt") == "r":
            return _File(self, key, mode, self.store._read(key, 0, self._value(key)))
        store, old = self._written(key), self.store._stat(key)
        if "r" in mode:
            self._value(key)
        if old and "x" in mode:
            raise AlreadyPresent("/" + key)
        store._writable(key)
        if old and not store._replaces:
            raise AlreadyPresent("/" + key)
        self._dictionary(_above(key))
        kept = store._read(key, 0, old[1]) if old and "w" not in mode else b""
        if store._replaces and (not old or "w" in mode):
            store._write(key, b"")
        file = _File(self, key, mode, kept)
        if not old:
            file.write(b"")
        return file

    def stat(self, path):
        kind, size, modified = self._found(self._key(path))
        seconds = modified // _NANOSECONDS
        mode = _FILE if kind == VALUE else _DIRECTORY
        return mode, 0, 0, 0, 0, 0, size, seconds, seconds, seconds

    def ilistdir(self, path):
        key = self._key(path)
        self._dictionary(key)
        return iter(
            [
                (name, _FILE if kind == VALUE else _DIRECTORY, 0)
                for name, kind in sorted(self.store._list(key))
            ]
        )

    def chdir(self, path):
        key = self._key(path)
        self._dictionary(key)
        self._folder = key

    def getcwd(self):
        return "/" + self._folder

    def mkdir(self, path):
        key = self._key(path)
        store = self._written(key)
        if store._stat(key):
            raise AlreadyPresent("/" + key)
        self._dictionary(_above(key))
        store._writable(key)
        store._make(key)

    def rmdir(self, path):
        key = self._key(path)
        store = self._written(key)
        self._dictionary(key)
        if not key or list(store._list(key)):
            raise OSError(_ENOTEMPTY, "/" + key)
        store._delete(key)

    def remove(self, path):
        key = self._key(path)
        store = self._written(key)
        self._value(key)
        store._delete(key)

    def rename(self, old, new):
        old, new = self._key(old), self._key(new)
        store = self._written(old)
        kind, there = self._found(old)[0], store._stat(new)
        if old == new:
            return
        if (new + "/").startswith(old + "/" if old else ""):
            raise RenameSourcePrefix("/" + old, "/" + new)
        self._dictionary(_above(new))
        if there and there[0] != kind:
            raise (ValueExpected if kind == VALUE else DictionaryExpected)("/" + new)
        if there and kind == DICTIONARY:
            self.rmdir("/" + new)
        store._move(old, new)

    def statvfs(self, path):
        unit, units, free = self.store._room()
        return unit, unit, units, free, free, 0, 0, 0, 0, _LONGEST


def _above(key):
    """The dictionary that a key is in."""
    return key.rpartition("/")[0]


def mount(store: Reader, path: str = "/") -> None:
    """Let `os` and `open` work on a store, below `path`. Raises OSError (EBUSY) if something is
    mounted there."""
    native = isinstance(store, Files)
    system = store._files if native else _Mounted(store)
    try:
        vfs.mount(system, path, readonly=not store.writable)
    except OSError as error:
        if error.errno != errno.EPERM:
            raise
        raise OSError(_EBUSY, "something is mounted there: " + path) from None
