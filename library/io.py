"""The interpreter's `io`, and the classes that it lacks of CPython's."""

import builtins

from _buffered import BufferedRandom, BufferedReader, BufferedRWPair, BufferedWriter
from _iobase import (
    DEFAULT_BUFFER_SIZE,
    BufferedIOBase,
    IOBase,
    RawIOBase,
    TextIOBase,
    UnsupportedOperation,
)
from _text import TextIOWrapper
from uio import StringIO, open

__all__ = (
    "DEFAULT_BUFFER_SIZE",
    "SEEK_CUR",
    "SEEK_END",
    "SEEK_SET",
    "BlockingIOError",
    "BufferedIOBase",
    "BufferedRWPair",
    "BufferedRandom",
    "BufferedReader",
    "BufferedWriter",
    "BytesIO",
    "FileIO",
    "IOBase",
    "IncrementalNewlineDecoder",
    "RawIOBase",
    "StringIO",
    "TextIOBase",
    "TextIOWrapper",
    "UnsupportedOperation",
    "open",
    "open_code",
    "text_encoding",
)  # fmt: skip


try:
    from _files import FileIO, open
except ImportError:  # without the feature `vfs`

    class FileIO(RawIOBase):
        def __init__(self, *_, **__):
            raise OSError(2)


_NATIVE = ("IOBase", "BufferedWriter", "BytesIO", "open")
BlockingIOError = getattr(builtins, "BlockingIOError", OSError)
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2


def _whole(number):
    """The int that a number stands for; a TypeError if it is none."""
    return range(number).stop


class BytesIO(BufferedIOBase):
    """A file in memory. The bytes that it is made of are not copied until it is written to."""

    _data, _at = b"", 0  # a class below may make its own beginning

    def __init__(self, initial_bytes=b""):
        held = b"" if initial_bytes is None else initial_bytes
        self._data, self._at = held if type(held) is bytes else bytearray(memoryview(held)), 0

    def _held(self):
        self._checkClosed()
        return self._data

    def _own(self):
        """What it holds, to be changed."""
        if type(self._held()) is bytes:
            self._data = bytearray(self._data)
        return self._data

    def readable(self):
        self._checkClosed()
        return True

    writable = seekable = readable

    def read(self, size=-1):
        data = self._held()
        size = -1 if size is None else _whole(size)
        end = len(data) if size < 0 else self._at + size
        found = bytes(data[self._at : end])
        self._at += len(found)
        return found

    def readline(self, size=-1):
        data = self._held()
        end = data.find(b"\n", self._at) + 1 or len(data)
        size = -1 if size is None else _whole(size)
        if size >= 0:
            end = min(end, self._at + size)
        return self.read(max(end - self._at, 0))

    def write(self, data):
        held, at = self._own(), self._at
        data = bytes(memoryview(data))
        if not data:
            return 0
        if at > len(held):
            held.extend(bytes(at - len(held)))
        if at == len(held):
            held.extend(data)
        else:
            held[at : at + len(data)] = data
        self._at = at + len(data)
        return len(data)

    def seek(self, offset, whence=0):
        size, offset = len(self._held()), _whole(offset)
        if whence == 0 and offset < 0:
            raise ValueError("negative seek value %d" % offset)
        if whence not in (0, 1, 2):
            raise ValueError("invalid whence (%d, should be 0, 1 or 2)" % whence)
        self._at = max((0, self._at, size)[whence] + offset, 0)
        return self._at

    def tell(self):
        self._held()
        return self._at

    def truncate(self, size=None):
        held = self._own()
        size = self._at if size is None else _whole(size)
        if size < 0:
            raise ValueError("negative size value %d" % size)
        if size < len(held):
            held[size:] = b""
        return size

    def getvalue(self):
        return bytes(self._held())

    def getbuffer(self):
        return memoryview(self._own())

    def ioctl(self, *_):
        return 0


class IncrementalNewlineDecoder:
    def __init__(self, decoder, translate, errors="strict"):
        self.decoder = decoder


def open_code(path):
    return open(path, "rb")


def text_encoding(encoding, stacklevel=2):
    return encoding or "locale"
