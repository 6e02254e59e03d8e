"""Key-value stores: one asyncio API, wherever the values are.

A key is a path: "/", "/etc/hosts", "etc/hosts". It names a value, which is bytes, or a dictionary
of further names. What `config.py` says is a `kv_ro` is a `Reader` here, and a `kv_rw` a `Writer`.

What a store does takes no time in which others could run, but for the host's: each operation is one
step for all other tasks, and what has returned is done.
"""

import errno
import hashlib

VALUE = "value"
DICTIONARY = "dictionary"

_PIECE = 4096
_LARGEST = (1 << 31) - 1
"""The most bytes that a value is given at once: what a file of littlefs holds (LFS_FILE_MAX)."""


class Error(OSError):
    """What a store answers: `args` are an errno and the key."""

    number: int = errno.EIO

    def __init__(self, *args: object) -> None:
        super().__init__(self.number, *args)


class NotFound(Error):
    """There is nothing of that key."""

    number: int = errno.ENOENT


class DictionaryExpected(Error):
    """The key names a value, or is below one."""

    number = 20  # ENOTDIR


class ValueExpected(Error):
    """The key names a dictionary."""

    number: int = errno.EISDIR


class NoSpace(Error):
    """The store is full; nothing was changed."""

    number = 28  # ENOSPC


class AlreadyPresent(Error):
    """There is something of that key already."""

    number: int = errno.EEXIST


class NameTooLong(Error):
    """The key has a name that the store cannot hold."""

    number = 36  # ENAMETOOLONG


class RenameSourcePrefix(Error):
    """A dictionary cannot be moved into itself; `filename` is the key that it was to have."""

    number: int = errno.EINVAL


def normal(key: str) -> str:
    """The key as stores know it: its parts with single slashes between, "" for the root. Raises
    ValueError for what is no key, TypeError for what is no str."""
    if not isinstance(key, str):
        raise TypeError("a key is a str, not %s" % type(key).__name__)
    parts = [part for part in key.split("/") if part]
    if "." in parts or ".." in parts or "\0" in key:
        raise ValueError("not a key: " + key)
    return "/".join(parts)


def _bytes(value):
    """A value, which is bytes of some kind."""
    if not isinstance(value, (bytes, bytearray, memoryview)):
        raise TypeError("a value is bytes, not %s" % type(value).__name__)
    return value


class Reader:
    """A store that is read.

    A subclass says what is there, of normal keys: `_stat(key)` is None, or (VALUE or DICTIONARY,
    size in bytes, last modification in nanoseconds since 1970); `_read(key, offset, length)` gives
    bytes of a value, fewer at its end; `_list(key)` gives pairs (name, VALUE or DICTIONARY).
    """

    constant = False
    """Whether it never changes while the image runs."""
    writable = False

    async def exists(self, key: str) -> str | None:
        """VALUE, DICTIONARY or None."""
        found = self._stat(normal(key))
        return found and found[0]

    async def get(self, key: str) -> bytes | memoryview:
        """The value: bytes, or a memoryview of them. Raises NotFound, ValueExpected."""
        key = normal(key)
        return self._read(key, 0, self._value(key)[1])

    async def get_partial(self, key: str, offset: int, length: int) -> bytes | memoryview:
        """The `length` bytes at `offset` of the value, fewer at its end, none beyond it. Raises
        NotFound, ValueExpected; ValueError for negative numbers."""
        key = normal(key)
        if offset < 0 or length < 0:
            raise ValueError("offset and length are not negative")
        rest = self._value(key)[1] - offset
        return self._read(key, offset, min(length, rest)) if rest > 0 else b""

    async def list(self, key: str = "/") -> list[tuple[str, str]]:
        """Pairs of a name and VALUE or DICTIONARY, sorted by name. Raises NotFound,
        DictionaryExpected."""
        key = normal(key)
        if self._found(key)[0] != DICTIONARY:
            raise DictionaryExpected("/" + key)
        return sorted(self._list(key))

    async def size(self, key: str) -> int:
        """The bytes of the value. Raises NotFound, ValueExpected."""
        return self._value(normal(key))[1]

    async def last_modified(self, key: str) -> int:
        """When it was written last, in nanoseconds since 1970. Raises NotFound."""
        return self._found(normal(key))[2]

    async def digest(self, key: str) -> bytes:
        """The sha256 of the value, 32 bytes. Raises NotFound, ValueExpected."""
        key = normal(key)
        size = self._value(key)[1]
        digest = hashlib.sha256()
        for offset in range(0, size, _PIECE):
            digest.update(self._read(key, offset, min(_PIECE, size - offset)))
        return digest.digest()

    def _room(self):
        """Of the store: bytes of a unit, units, units that are free; no units if it cannot say."""
        return 1, 0, 0

    def _found(self, key):
        """What is there. Raises NotFound, or DictionaryExpected where a value is in the way."""
        found = self._stat(key)
        if found is None:
            raise NotFound("/" + key)
        return found

    def _value(self, key):
        """What is there, which is a value."""
        found = self._found(key)
        if found[0] != VALUE:
            raise ValueExpected("/" + key)
        return found


class Writer(Reader):
    """A store that is also written. What has returned survives the end of the unikernel and of its
    tender; of a `set` that has not, the value is the old one or the new.

    A subclass also has `_write(key, data)`, which makes a value or replaces it in one step and
    makes the dictionaries that it is in; `_patch(key, offset, data)` of a value that is there;
    `_delete(key)` of a value or an empty dictionary; `_move(source, dest)` to where nothing is, or
    a value by a value; `_blank(key, size)` like `_write` of zeros; `_make(key)` makes a dictionary
    in one that is there. They raise NoSpace.
    """

    writable = True
    _replaces = True
    """Whether a value can be written again."""
    _longest = 255
    """Bytes that a name has at most."""

    async def set(self, key: str, value: bytes | bytearray | memoryview) -> None:
        """Make `value` what the key names, whatever value it named. Raises ValueExpected,
        DictionaryExpected where a value is in the way, NameTooLong, NoSpace; TypeError for what is
        no bytes."""
        key = self._writable(key)
        self._write(key, _bytes(value))

    async def allocate(self, key: str, size: int) -> None:
        """Make a value of `size` zeros. Raises AlreadyPresent, NoSpace; ValueError for a size that
        is no whole number, or negative."""
        key = self._writable(key)
        if not isinstance(size, int) or size < 0:
            raise ValueError("size is a number of bytes, 0 or more, not %r" % (size,))
        if self._stat(key) is not None:
            raise AlreadyPresent("/" + key)
        if size > _LARGEST:
            raise NoSpace("/" + key)
        try:
            self._blank(key, size)
        except MemoryError:
            raise NoSpace("/" + key) from None

    async def set_partial(
        self, key: str, offset: int, data: bytes | bytearray | memoryview
    ) -> None:
        """Write `data` at `offset` of the value, at its end if that comes before; a key that names
        nothing is made. Raises ValueExpected, NoSpace."""
        key, data = self._writable(key), _bytes(data)
        if offset < 0:
            raise ValueError("offset is not negative")
        found = self._stat(key)
        if found is None:
            self._write(key, data)
        else:
            self._patch(key, min(offset, found[1]), data)

    async def remove(self, key: str) -> None:
        """Remove the value, or the dictionary and all that is below it, one after the other. Raises
        NotFound."""
        key = normal(key)
        self._remove(key, self._found(key)[0])

    async def rename(self, source: str, dest: str) -> None:
        """Give what `source` names the key `dest`, in place of a value there; if `dest` names a
        dictionary, put it in there. Raises NotFound, ValueExpected, RenameSourcePrefix."""
        source, dest = normal(source), normal(dest)
        kind, there = self._found(source)[0], self._stat(dest)
        if kind == DICTIONARY and (dest + "/").startswith(source + "/" if source else ""):
            raise RenameSourcePrefix("/" + source, "/" + dest)
        if there and there[0] == DICTIONARY:
            dest = normal(dest + "/" + source.split("/")[-1])
            there = self._stat(dest)
            if there and there[0] == DICTIONARY:
                raise AlreadyPresent("/" + dest)
        if there and kind == DICTIONARY:
            raise ValueExpected("/" + source)
        if source != dest:
            self._fits(dest)
            self._above(dest)
            self._move(source, dest)

    def _writable(self, key):
        """A key that a value can have."""
        key = normal(key)
        found = self._stat(key)
        if found and found[0] == DICTIONARY:
            raise ValueExpected("/" + key)
        self._fits(key)
        self._above(key)
        return key

    def _fits(self, key):
        """That the store can hold the names of a key."""
        for part in key.split("/"):
            if len(part.encode()) > self._longest:
                raise NameTooLong("/" + key)

    def _above(self, key):
        """That no value is above a key."""
        parts = key.split("/")
        for count in range(1, len(parts)):
            above = "/".join(parts[:count])
            found = self._stat(above)
            if found and found[0] == VALUE:
                raise DictionaryExpected("/" + above)

    def _remove(self, key, kind):
        if kind == DICTIONARY:
            for name, below in list(self._list(key)):
                self._remove(key + "/" + name if key else name, below)
        if key:
            self._delete(key)

    def _blank(self, key, size):
        self._write(key, b"\0" * size)  # bytes(size) takes small integers alone
