"""What files are made of: the classes that CPython's `io` has no file for."""

from _modern.streams import read_lines
from uio import IOBase as _Base

DEFAULT_BUFFER_SIZE = 8192


class UnsupportedOperation(OSError, ValueError):
    """A file cannot do this."""


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


class TextIOBase(IOBase):
    encoding, errors, newlines = "utf-8", "strict", None


class Over:
    """What files over another one have. `_under` is the attribute that the other one is, and what
    errors call it."""

    def _attached(self):
        name, what = self._under
        under = getattr(self, name)
        if under is None:
            raise ValueError(what + " has been detached")
        return under

    def _open(self):
        self._checkClosed()
        return self._attached()

    @property
    def closed(self):
        return self._attached().closed

    @property
    def name(self):
        return getattr(self, self._under[0]).name

    def readable(self):
        return self._open().readable()

    def writable(self):
        return self._open().writable()

    def seekable(self):
        return self._open().seekable()

    def isatty(self):
        return self._open().isatty()

    def fileno(self):
        return self._open().fileno()

    def flush(self):
        self._open().flush()

    def close(self):
        if not self.closed:
            try:
                self.flush()
            finally:
                self._attached().close()

    def detach(self):
        under = self._open()
        self.flush()
        setattr(self, self._under[0], None)
        return under

    def ioctl(self, *_):
        return 0
