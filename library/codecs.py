"""Encodings: UTF-8, Latin-1 and ASCII."""

import builtins

import _modern
from _modern import decode as _decode
from _modern import encode

BOM_UTF8 = b"\xef\xbb\xbf"
BOM_UTF16_LE = BOM_LE = b"\xff\xfe"
BOM_UTF16_BE = BOM_BE = b"\xfe\xff"
BOM_UTF32_LE = b"\xff\xfe\x00\x00"
BOM_UTF32_BE = b"\x00\x00\xfe\xff"
BOM = BOM_UTF16 = BOM_UTF16_LE
BOM32_LE, BOM32_BE, BOM64_LE, BOM64_BE = BOM_UTF16_LE, BOM_UTF16_BE, BOM_UTF32_LE, BOM_UTF32_BE
BOM_UTF32 = BOM_UTF32_LE


def decode(data, encoding="utf-8", errors="strict"):
    """Bytes as text; text with escapes as what it means (`unicode-escape`)."""
    if encoding.replace("_", "-") != "unicode-escape":
        return _decode(data, encoding, errors)
    from ast import literal_eval

    text = data if isinstance(data, str) else "".join(map(chr, data))
    return literal_eval('"""' + text.replace('"', '\\"') + '"""')


class Codec:
    def encode(self, input, errors="strict"):
        raise NotImplementedError

    def decode(self, input, errors="strict"):
        raise NotImplementedError


class IncrementalEncoder:
    def __init__(self, errors="strict"):
        self.errors = errors

    def encode(self, input, final=False):
        raise NotImplementedError

    def reset(self):
        pass


class IncrementalDecoder:
    """Decodes what comes in pieces."""

    def __init__(self, errors="strict"):
        self.errors = errors

    def decode(self, input, final=False):
        raise NotImplementedError

    def reset(self):
        pass

    def getstate(self):
        return (b"", 0)

    def setstate(self, state):
        pass


class BufferedIncrementalEncoder(IncrementalEncoder):
    pass


class BufferedIncrementalDecoder(IncrementalDecoder):
    pass


class StreamWriter(Codec):
    def __init__(self, stream, errors="strict"):
        self.stream, self.errors = stream, errors


class StreamReader(Codec):
    def __init__(self, stream, errors="strict"):
        self.stream, self.errors = stream, errors


class StreamReaderWriter:
    pass


class CodecInfo(tuple):
    """How an encoding is done."""

    def __new__(
        cls,
        encode,
        decode,
        streamreader=None,
        streamwriter=None,
        incrementalencoder=None,
        incrementaldecoder=None,
        name=None,
        **_,
    ):
        self = tuple.__new__(cls, (encode, decode, streamreader, streamwriter))
        self.name, self.encode, self.decode = name, encode, decode
        self.incrementalencoder, self.incrementaldecoder = incrementalencoder, incrementaldecoder
        self.streamreader, self.streamwriter = streamreader, streamwriter
        return self


_NAMES = {0: "utf-8", 128: "ascii", 256: "iso8859-1"}
_search = []


def register(search):
    _search.append(search)


def register_error(name, handler):
    """What is done with what an encoding cannot say, under a name."""
    _modern.HANDLERS[name] = handler


def lookup(encoding):
    """Raises LookupError for what is unknown."""
    if not isinstance(encoding, str):
        raise TypeError("lookup() argument must be str, not %s" % type(encoding).__name__)
    for one in _search:
        found = one(encoding.lower().replace("-", "_"))
        if found is not None:
            return found
    limit, size = _modern._known(encoding), 1
    if limit is None:
        name = _modern._name(encoding).replace("_", "-")
        size = _modern._other(encoding).WIDE.get(_modern._name(encoding), (1, None))[0]
    else:
        name = "utf-8-sig" if encoding.lower().endswith("sig") else _NAMES[limit]

    class Decoder(IncrementalDecoder):
        def __init__(self, errors="strict"):
            self.errors, self._rest = errors, b""

        def decode(self, input, final=False):
            data = self._rest + bytes(input)
            self._rest = b""
            if (limit == 0 or size > 1) and not final:
                keep = _unfinished(data) if limit == 0 else len(data) % size
                if keep:
                    data, self._rest = data[:-keep], data[-keep:]
            return decode(data, name, self.errors)

        def reset(self):
            self._rest = b""

    class Encoder(IncrementalEncoder):
        def encode(self, input, final=False):
            return encode(input, name, self.errors)

    return CodecInfo(
        lambda text, errors="strict": (encode(text, name, errors), len(text)),
        lambda data, errors="strict": (decode(bytes(data), name, errors), len(data)),
        incrementaldecoder=Decoder, incrementalencoder=Encoder, name=name,
    )  # fmt: skip


def _unfinished(data):
    """How many bytes at the end begin a character that is not there yet."""
    for back in range(1, min(4, len(data) + 1)):
        one = data[-back]
        if one >= 0xC0:
            size = 2 if one < 0xE0 else 3 if one < 0xF0 else 4
            return back if size > back else 0
        if one < 0x80:
            return 0
    return 0


def getencoder(encoding):
    return lookup(encoding).encode


def getdecoder(encoding):
    return lookup(encoding).decode


def getincrementaldecoder(encoding):
    return lookup(encoding).incrementaldecoder


def getincrementalencoder(encoding):
    return lookup(encoding).incrementalencoder


def lookup_error(name):
    raise LookupError("unknown error handler name %r" % name)


def strict_errors(error):
    raise error


def open(filename, mode="r", encoding=None, errors="strict", buffering=-1):
    import io

    return builtins.open(filename, mode)


def iterdecode(pieces, encoding, errors="strict"):
    decoder = getincrementaldecoder(encoding)(errors)
    for one in pieces:
        text = decoder.decode(one)
        if text:
            yield text
    text = decoder.decode(b"", True)
    if text:
        yield text
