"""Files of a file system as CPython has them: `open`, over the interpreter's, which serves bytes."""

import os

import vfs
from _buffered import BufferedRandom, BufferedReader, BufferedWriter
from _iobase import DEFAULT_BUFFER_SIZE, RawIOBase, UnsupportedOperation
from _text import TextIOWrapper
from uio import open as _native

_opened = {}
"""Files by the numbers that `fileno` gave them."""
_FIRST = 3


class FileIO(RawIOBase):
    """A file of bytes."""

    _file = None

    def __init__(self, file, mode="r", closefd=True, opener=None):
        kinds = mode.replace("b", "").replace("t", "")
        self.name = file
        self._reads, self._writes = "r" in kinds or "+" in kinds, kinds != "r"
        self._kind = kinds
        self.closefd, self._number = closefd, None
        if opener is not None:
            file = opener(file, os._flags(kinds))
        if isinstance(file, int):
            self._share(file)
        elif not closefd:
            raise ValueError("Cannot use closefd=False with file name")
        else:
            self.name, path = file, os.fsdecode(file)
            if "\0" in path:
                raise ValueError("embedded null byte")
            self._path = path if path.startswith("/") else os.path.join(os.getcwd(), path)
            try:
                self._file = _native(path, kinds + "b")
            except OSError as error:
                raise os._said(error, file) from None
            if "a" in kinds:  # where littlefs is only once something is written
                self._file.seek(0, 2)

    def _share(self, number):
        other = opened(number)
        self._file, self._path, self._number = other._file, other._path, number
        if self.closefd:
            _opened[number] = self

    @property
    def closed(self):
        return self._file is None

    @property
    def mode(self):
        return self._kind[0] + "b" + self._kind[1:]

    def __repr__(self):
        return "<_io.FileIO name=%r mode=%r closefd=%r>" % (self.name, self.mode, self.closefd)

    def _checked(self, can=True, what="reading"):
        self._checkClosed()
        if not can:
            raise UnsupportedOperation("File not open for " + what)
        return self._file

    def readable(self):
        self._checkClosed()
        return self._reads

    def writable(self):
        self._checkClosed()
        return self._writes

    def seekable(self):
        self._checkClosed()
        return True

    def read(self, size=-1):
        return self._checked(self._reads).read(-1 if size is None else size)

    def readall(self):
        return self.read()

    def readinto(self, buffer):
        return self._checked(self._reads).readinto(buffer)

    def write(self, data):
        file = self._checked(self._writes, "writing")
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        return file.write(data)

    def tell(self):
        return self._checked().tell()

    def seek(self, offset, whence=0):
        file = self._checked()
        if offset < 0 and whence == 0:
            raise OSError(22, "Invalid argument")
        return file.seek(offset, whence)

    def truncate(self, size=None):
        file = self._checked(self._writes, "writing")
        at = file.tell()
        size = at if size is None else size
        if hasattr(file, "truncate"):
            file.truncate(size)
        else:
            self._cut(size)
            self._file.seek(at)
        return size

    def _cut(self, size):
        """Write the file anew, with that many bytes."""
        self._file.close()
        with _native(self._path, "rb") as file:
            kept = file.read(size)
        with _native(self._path, "wb") as file:
            file.write(kept)
            file.write(bytes(size - len(kept)))
        self._file = _native(self._path, "ab" if "a" in self._kind else "r+b")

    def fileno(self):
        self._checkClosed()
        if self._number is None:
            self._number = _FIRST
            while self._number in _opened:
                self._number += 1
            _opened[self._number] = self
        return self._number

    def flush(self):
        if self._writes:
            self._checked().flush()

    def close(self):
        file, self._file = self._file, None
        if file is not None and self.closefd:
            _opened.pop(self._number, None)
            file.close()

    def ioctl(self, *_):
        return 0


def opened(number):
    """The file of a number. Raises OSError."""
    if number not in _opened:
        raise OSError(9, "Bad file descriptor")
    return _opened[number]


def _kind(mode):
    """What the letters of a mode say. Raises ValueError, with CPython's words."""
    if not isinstance(mode, str):
        raise TypeError("open() argument 'mode' must be str, not " + type(mode).__name__)
    if set(mode) - set("axrwb+t") or len(mode) > len(set(mode)):
        raise ValueError("invalid mode: %r" % mode)
    if "t" in mode and "b" in mode:
        raise ValueError("can't have text and binary mode at once")
    kinds = [one for one in mode if one in "xrwa"]
    if len(kinds) != 1:
        raise ValueError(
            "must have exactly one of create/read/write/append mode"
            if kinds
            else "Must have exactly one of create/read/write/append mode and at most one plus"
        )
    return kinds[0] + ("+" if "+" in mode else "")


def open(
    file,
    mode="r",
    buffering=-1,
    encoding=None,
    errors=None,
    newline=None,
    closefd=True,
    opener=None,
):
    """The built-in function. Raises OSError, ValueError."""
    if not isinstance(file, int):
        file = os.fspath(file)
    kinds, binary = _kind(mode), "b" in mode
    if binary:
        for value, name in (
            (encoding, "an encoding"),
            (errors, "an errors"),
            (newline, "a newline"),
        ):
            if value is not None:
                raise ValueError("binary mode doesn't take %s argument" % name)
    if buffering == 0 and not binary:
        raise ValueError("can't have unbuffered text I/O")
    raw = FileIO(file, kinds, closefd, opener)
    if buffering == 0:
        return raw
    kind = BufferedRandom if "+" in kinds else BufferedReader if kinds == "r" else BufferedWriter
    buffered = kind(raw, buffering if buffering > 1 else DEFAULT_BUFFER_SIZE)
    if binary:
        return buffered
    try:
        text = TextIOWrapper(buffered, encoding, errors, newline, buffering == 1)
    except BaseException:
        raw.close()
        raise
    text.mode = mode
    return text
