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


class Error(OSError):
    """What a store answers: `args` are an errno and the key."""

    number = errno.EIO

    def __init__(self, *args):
        super().__init__(self.number, *args)


class NotFound(Error):
    """There is nothing of that key."""

    number = errno.ENOENT


class DictionaryExpected(Error):
    """The key names a value, or is below one."""

    number = 20  # ENOTDIR


class ValueExpected(Error):
    """The key names a dictionary."""

    number = errno.EISDIR


class NoSpace(Error):
    """The store is full; nothing was changed."""

    number = 28  # ENOSPC


class AlreadyPresent(Error):
    """There is something of that key already."""

    number = errno.EEXIST


class RenameSourcePrefix(Error):
    """A dictionary cannot be moved into itself."""

    number = errno.EINVAL


def normal(key):
    """The key as stores know it: its parts with single slashes between, "" for the root. Raises
    ValueError for what is no key."""
    parts = [part for part in key.split("/") if part]
    if "." in parts or ".." in parts or "\0" in key:
        raise ValueError("not a key: " + key)
    return "/".join(parts)


class Reader:
    """A store that is read.

    A subclass says what is there, of normal keys: `_stat(key)` is None, or (VALUE or DICTIONARY,
    size in bytes, last modification in nanoseconds since 1970); `_read(key, offset, length)` gives
    bytes of a value, fewer at its end; `_list(key)` gives pairs (name, VALUE or DICTIONARY).
    """

    async def exists(self, key):
        """VALUE, DICTIONARY or None."""
        found = self._stat(normal(key))
        return found and found[0]

    async def get(self, key):
        """The value: bytes, or a memoryview of them. Raises NotFound, ValueExpected."""
        key = normal(key)
        return self._read(key, 0, self._value(key)[1])

    async def get_partial(self, key, offset, length):
        """The `length` bytes at `offset` of the value, fewer at its end, none beyond it. Raises
        NotFound, ValueExpected; ValueError for negative numbers."""
        key = normal(key)
        if offset < 0 or length < 0:
            raise ValueError("offset and length are not negative")
        rest = self._value(key)[1] - offset
        return self._read(key, offset, min(length, rest)) if rest > 0 else b""

    async def list(self, key="/"):
        """Pairs of a name and VALUE or DICTIONARY, sorted by name. Raises NotFound,
        DictionaryExpected."""
        key = normal(key)
        if self._found(key)[0] != DICTIONARY:
            raise DictionaryExpected("/" + key)
        return sorted(self._list(key))

    async def size(self, key):
        """The bytes of the value. Raises NotFound, ValueExpected."""
        return self._value(normal(key))[1]

    async def last_modified(self, key):
        """When it was written last, in nanoseconds since 1970. Raises NotFound."""
        return self._found(normal(key))[2]

    async def digest(self, key):
        """The sha256 of the value, 32 bytes. Raises NotFound, ValueExpected."""
        key = normal(key)
        size = self._value(key)[1]
        digest = hashlib.sha256()
        for offset in range(0, size, _PIECE):
            digest.update(self._read(key, offset, min(_PIECE, size - offset)))
        return digest.digest()

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
