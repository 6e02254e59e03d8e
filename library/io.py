"""The interpreter's `io`, and the classes that it lacks of CPython's."""

import builtins

from _modern.streams import read_lines
from uio import *
from uio import IOBase as _Base
from uio import StringIO

_NATIVE = ("IOBase", "BufferedWriter", "BytesIO")
BlockingIOError = getattr(builtins, "BlockingIOError", OSError)
DEFAULT_BUFFER_SIZE = 8192
SEEK_SET, SEEK_CUR, SEEK_END = 0, 1, 2


class UnsupportedOperation(OSError, ValueError):
    """A file cannot do this."""


def _whole(number):
    """The int that a number stands for; a TypeError if it is none."""
    return range(number).stop


class IOBase(_Base):
    """A file, which is a stream for C, too."""

    closed = False

    def __repr__(self):
        return "<_io.%s object at 0x%x>" % (type(self).__name__, id(self))

    def close(self):
        self.closed = True

    def flush(self):
        pass

    def readable(self):
        return False

    def writable(self):
        return False

    def seekable(self):
        return False

    def isatty(self):
        self._checkClosed()
        return False

    def detach(self):
        raise UnsupportedOperation("detach")

    def fileno(self):
        raise UnsupportedOperation("fileno")

    def seek(self, *_):
        raise UnsupportedOperation("seek")

    def tell(self):
        return self.seek(0, 1)

    def truncate(self, size=None):
        raise UnsupportedOperation("truncate")

    def readline(self, size=-1):
        found = []
        while size < 0 or len(found) < size:
            one = self.read(1)
            if not one:
                break
            found.append(one)
            if one in (b"\n", "\n"):
                break
        return (
            b"".join(found)
            if found and isinstance(found[0], bytes)
            else "".join(found)
            if found
            else b""
        )

    readlines = read_lines

    def writelines(self, lines):
        self._checkClosed()
        for one in lines:
            self.write(one)

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def _checkClosed(self):
        if self.closed:
            raise ValueError("I/O operation on closed file.")


class RawIOBase(IOBase):
    def read(self, size=-1):
        if size < 0:
            return self.readall()
        data = bytearray(size)
        count = self.readinto(data)
        return None if count is None else bytes(data[:count])

    def readall(self):
        found = []
        while True:
            one = self.read(DEFAULT_BUFFER_SIZE)
            if not one:
                return b"".join(found)
            found.append(one)


class BufferedIOBase(IOBase):
    def read1(self, size=-1):
        return self.read(size)

    def readinto(self, buffer):
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class BytesIO(BufferedIOBase):
    """A file in memory."""

    _data, _at = None, 0  # a class below may make its own beginning

    def __init__(self, initial_bytes=b""):
        held = b"" if initial_bytes is None else memoryview(initial_bytes)
        self._data, self._at = bytearray(held), 0

    def _held(self):
        self._checkClosed()
        if self._data is None:
            self._data = bytearray()
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
        held, at = self._held(), self._at
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
        held = self._held()
        size = self._at if size is None else _whole(size)
        if size < 0:
            raise ValueError("negative size value %d" % size)
        if size < len(held):
            held[size:] = b""
        return size

    def getvalue(self):
        return bytes(self._held())

    def getbuffer(self):
        return memoryview(self._held())

    def ioctl(self, *_):
        return 0


class TextIOBase(IOBase):
    encoding, errors, newlines = "utf-8", "strict", None


class FileIO(RawIOBase):
    def __init__(self, *_, **__):
        raise OSError(2)


class BufferedReader(BufferedIOBase):
    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        self.raw = raw

    def read(self, size=-1):
        return self.raw.read(size)

    def peek(self, size=0):
        raise UnsupportedOperation("peek")

    def readable(self):
        return True

    def close(self):
        self.raw.close()


class BufferedWriter(BufferedIOBase):
    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        self.raw = raw

    def write(self, data):
        return self.raw.write(data)

    def writable(self):
        return True


class BufferedRandom(BufferedReader, BufferedWriter):
    pass


BufferedRWPair = BufferedRandom


class TextIOWrapper(TextIOBase):
    """Text over a file of bytes."""

    def __init__(
        self,
        buffer,
        encoding=None,
        errors=None,
        newline=None,
        line_buffering=False,
        write_through=False,
    ):
        self.buffer, self.encoding, self.errors = buffer, encoding or "utf-8", errors or "strict"
        self._rest = ""

    def write(self, text):
        from _modern import encode

        self.buffer.write(encode(text, self.encoding, self.errors))
        return len(text)

    def read(self, size=-1):
        from _modern import decode

        text = self._rest + decode(self.buffer.read(), self.encoding, self.errors)
        text, self._rest = (text, "") if size is None or size < 0 else (text[:size], text[size:])
        return text

    def readline(self, size=-1):
        text = self.read()
        at = text.find("\n") + 1 or len(text)
        self._rest = text[at:]
        return text[:at]

    def readable(self):
        return True

    def writable(self):
        return True

    def detach(self):
        return self.buffer

    def reconfigure(self, **_):
        pass


class IncrementalNewlineDecoder:
    def __init__(self, decoder, translate, errors="strict"):
        self.decoder = decoder


def open_code(path):
    raise OSError(2)


def text_encoding(encoding, stacklevel=2):
    return encoding or "utf-8"
