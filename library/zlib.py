"""Packing and unpacking, by zlib. Its output is CPython's where that is built with the same version."""

import _zlib
from _bound import native as _native

MAX_WBITS = 15
DEFLATED = 8
DEF_MEM_LEVEL = 8
DEF_BUF_SIZE = 16384
Z_NO_COMPRESSION, Z_BEST_SPEED, Z_BEST_COMPRESSION, Z_DEFAULT_COMPRESSION = 0, 1, 9, -1
Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED = 0, 1, 2, 3, 4
Z_NO_FLUSH, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH, Z_BLOCK, Z_TREES = range(7)
ZLIB_VERSION = ZLIB_RUNTIME_VERSION = "1.2.13"

_STREAM_END, _OK, _BUF_ERROR = 1, 0, -5
_MEANINGS = {2: "need dictionary", -2: "inconsistent stream state", -3: "invalid input data"}


class error(Exception):
    """Data that are not packed, or not whole."""


def _fail(code, message, doing):
    if code == _BUF_ERROR:
        message = "incomplete or truncated stream"
    message = message or _MEANINGS.get(code)
    raise error("Error %d %s%s" % (code, doing, ": " + message if message else ""))


def crc32(data, value=0):
    """The CRC-32 of data, on from `value`."""
    return _zlib.crc32(data, value)


def adler32(data, value=1):
    """The Adler-32 of data, on from `value`."""
    return _zlib.sum(data, value)


def compress(data, level=Z_DEFAULT_COMPRESSION, wbits=MAX_WBITS):
    """Data, packed."""
    if not -1 <= level <= 9:
        raise error("Bad compression level")
    stream = _zlib.pack(level, DEFLATED, wbits, DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY, None)
    return _zlib.send(stream, data, Z_FINISH, 0)[0]


def decompress(data, wbits=MAX_WBITS, bufsize=DEF_BUF_SIZE):
    """Data, unpacked; what comes after them is passed over. Raises error."""
    found, _, code, message = _zlib.send(_zlib.unpack(wbits, None), data, Z_SYNC_FLUSH, 0)
    if code != _STREAM_END:
        _fail(code or _BUF_ERROR, message, "while decompressing data")
    return found


class _Compress:
    """A stream that packs what it is given."""

    def __init__(self, stream):
        self._stream = stream

    def compress(self, data):
        return self._run(data, Z_NO_FLUSH)

    def flush(self, mode=Z_FINISH):
        return b"" if mode == Z_NO_FLUSH else self._run(b"", mode)

    def _run(self, data, mode):
        found, _, code, message = _zlib.send(self._stream, data, mode, 0)
        if code not in (_OK, _STREAM_END, _BUF_ERROR):
            _fail(code, message, "while compressing data")
        return found

    def copy(self):
        return type(self)(_zlib.copy(self._stream))

    __copy__ = copy

    def __deepcopy__(self, _):
        return self.copy()


class _Decompress:
    """A stream that unpacks what it is given, in parts of any size."""

    def __init__(self, stream):
        self._stream = stream
        self.unused_data = self.unconsumed_tail = b""
        self.eof = False

    def decompress(self, data, max_length=0):
        """What data hold, at most `max_length` bytes of it. Raises error."""
        if max_length < 0:
            raise ValueError("max_length must be non-negative")
        return self._run(data, Z_SYNC_FLUSH, max_length, "while decompressing data")

    def flush(self, length=DEF_BUF_SIZE):
        """What is left."""
        if length <= 0:
            raise ValueError("length must be greater than zero")
        return self._run(self.unconsumed_tail, Z_FINISH, 0, "while finishing decompression")

    def _run(self, data, mode, limit, doing):
        if self.eof:
            self.unused_data += bytes(data)
            return b""
        found, read, code, message = _zlib.send(self._stream, data, mode, limit)
        if code not in (_OK, _STREAM_END, _BUF_ERROR):
            _fail(code, message, doing)
        rest = bytes(memoryview(data)[read:])
        self.unconsumed_tail = b""
        if code == _STREAM_END:
            self.eof = True
            self.unused_data = rest
        else:
            self.unconsumed_tail = rest
        return found

    def copy(self):
        other = type(self)(_zlib.copy(self._stream))
        other.unused_data, other.unconsumed_tail = self.unused_data, self.unconsumed_tail
        other.eof = self.eof
        return other

    __copy__ = copy

    def __deepcopy__(self, _):
        return self.copy()


def compressobj(
    level=Z_DEFAULT_COMPRESSION,
    method=DEFLATED,
    wbits=MAX_WBITS,
    memLevel=DEF_MEM_LEVEL,
    strategy=Z_DEFAULT_STRATEGY,
    zdict=None,
):
    """A stream that packs: `compress(data)`, then `flush()`."""
    return _Compress(_zlib.pack(level, method, wbits, memLevel, strategy, zdict))


def decompressobj(wbits=MAX_WBITS, zdict=None):
    """A stream that unpacks: `decompress(data)`, and `eof`, `unused_data`, `unconsumed_tail`."""
    return _Decompress(_zlib.unpack(wbits, zdict))


_native(crc32, adler32, compress, decompress, compressobj, decompressobj)
