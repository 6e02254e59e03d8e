"""Files that read ahead, over raw ones. What is written is not kept back: raw files do that."""

from _iobase import DEFAULT_BUFFER_SIZE, BufferedIOBase, Over, UnsupportedOperation


class _Buffered(Over, BufferedIOBase):
    """What all of them have."""

    _under = "raw", "raw stream"

    def __init__(self, raw, buffer_size=DEFAULT_BUFFER_SIZE):
        if buffer_size <= 0:
            raise ValueError("invalid buffer size")
        self.raw, self._size = raw, buffer_size

    def __repr__(self):
        name = getattr(self.raw, "name", None)
        shown = "" if name is None else " name=%r" % (name,)
        return "<_io.%s%s>" % (type(self).__name__, shown)

    @property
    def mode(self):
        return self.raw.mode

    def seek(self, offset, whence=0):
        return self._open().seek(offset, whence)

    def tell(self):
        return self._open().tell()

    def truncate(self, size=None):
        raw = self._open()
        if not raw.writable():
            raise UnsupportedOperation("truncate")
        return raw.truncate(self.tell() if size is None else size)


class BufferedReader(_Buffered):
    """A file to read."""

    _ahead, _at = b"", 0
    """What was read of the raw file, and how much of that was read of this one."""

    def _readable(self):
        """Says why not."""
        if not self._open().readable():
            raise UnsupportedOperation("read")

    def _rest(self):
        found, self._ahead, self._at = self._ahead[self._at :], b"", 0
        return found

    def _fill(self):
        """Whether there is something ahead, of the raw file's next part if need be."""
        if self._at == len(self._ahead):
            self._ahead, self._at = self.raw.read(self._size) or b"", 0
        return self._at < len(self._ahead)

    def read(self, size=-1):
        self._readable()
        if size is None or size < 0:
            if size is not None and size < -1:
                raise ValueError("read length must be non-negative or -1")
            found = [self._rest()]
            while True:
                one = self.raw.read(max(self._size, DEFAULT_BUFFER_SIZE))
                if not one:
                    return b"".join(found)
                found.append(one)
        found = []
        while size and self._fill():
            found.append(self._ahead[self._at : self._at + size])
            self._at += len(found[-1])
            size -= len(found[-1])
        return found[0] if len(found) == 1 else b"".join(found)

    def read1(self, size=-1):
        self._readable()
        if not size or not self._fill():
            return b""
        end = len(self._ahead) if size < 0 else self._at + size
        found = self._ahead[self._at : end]
        self._at += len(found)
        return found

    def peek(self, size=0):
        self._readable()
        self._fill()
        return self._ahead[self._at :]

    def readline(self, size=-1):
        self._readable()
        size = -1 if size is None else size
        found = []
        while size and self._fill():
            end = self._ahead.find(b"\n", self._at) + 1 or len(self._ahead)
            if size > 0:
                end = min(end, self._at + size)
                size -= end - self._at
            found.append(self._ahead[self._at : end])
            self._at = end
            if found[-1][-1] == 10:
                break
        return found[0] if len(found) == 1 else b"".join(found)

    def tell(self):
        return self._open().tell() - len(self._ahead) + self._at

    def seek(self, offset, whence=0):
        self._open()
        if whence == 1:
            offset, whence = self.tell() + offset, 0
        self._rest()
        return self.raw.seek(offset, whence)

    def write(self, data):
        self._open()
        raise UnsupportedOperation("write")


class BufferedWriter(_Buffered):
    """A file to write."""

    def write(self, data):
        raw = self._open()
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        if not raw.writable():
            raise UnsupportedOperation("write")
        data = memoryview(data)
        left = size = len(bytes(data)) if data.itemsize > 1 else len(data)
        if left < 1 or data.itemsize > 1:
            data = bytes(data)
        while left:
            left -= raw.write(data if left == size else data[size - left :])
        return size

    def read(self, size=-1):
        self._open()
        raise UnsupportedOperation("read")

    read1 = peek = readline = readinto = read


class BufferedRandom(BufferedReader):
    """A file to read and write."""

    def write(self, data):
        if self._at < len(self._ahead):
            self.seek(0, 1)
        self._rest()
        return BufferedWriter.write(self, data)

    def truncate(self, size=None):
        at = self.tell()
        self.seek(at)
        return _Buffered.truncate(self, at if size is None else size)


class BufferedRWPair(BufferedIOBase):
    """A file to read, and another to write."""

    def __init__(self, reader, writer, buffer_size=DEFAULT_BUFFER_SIZE):
        self.reader, self.writer = (
            BufferedReader(reader, buffer_size),
            BufferedWriter(writer, buffer_size),
        )
        for name in ("read", "read1", "peek", "readline", "readinto", "readable"):
            setattr(self, name, getattr(self.reader, name))
        for name in ("write", "flush", "writable"):
            setattr(self, name, getattr(self.writer, name))

    @property
    def closed(self):
        return self.writer.closed

    def close(self):
        self.writer.close()
        self.reader.close()
