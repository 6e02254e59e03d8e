"""Text as bytes, in other encodings than UTF-8 too."""

ENCODINGS = {
    "utf_8": 0,
    "utf8": 0,
    "u8": 0,
    "cp65001": 0,
    "utf_8_sig": 0,
    "ascii": 128,
    "us_ascii": 128,
    "646": 128,
    "latin_1": 256,
    "charmap": 256,
    "latin1": 256,
    "iso_8859_1": 256,
    "iso8859_1": 256,
    "l1": 256,
    "8859": 256,
}


HANDLERS = {}
"""What `codecs.register_error` was given, by name."""


def _name(encoding):
    return encoding.lower().replace("-", "_").replace(" ", "_")


def _known(encoding):
    return ENCODINGS.get(_name(encoding))


def _other(encoding):
    """What knows of it, if that is an encoding of several bytes, or a code page."""
    from encodings import others

    if not others.is_other(_name(encoding)):
        try:  # one that is a module, in images that speak of it
            module = __import__("encodings." + _name(encoding), None, None, ("encode",))
        except ImportError:
            module = None
        if hasattr(module, "encode"):
            return _Module(module)
        raise LookupError("unknown encoding: " + encoding)
    return others


class _Module:
    """An encoding of whole names, which knows no handlers."""

    def __init__(self, module):
        self._module = module

    def encode(self, text, *_):
        return self._module.encode(text)

    def decode(self, data, *_):
        return self._module.decode(data)


def decode(data, *args, **named):
    """`data.decode(encoding, errors)`."""
    if not isinstance(data, (bytes, bytearray)):
        return data.decode(*args, **named)
    return _decode(data, *args, **named)


def _decode(data, encoding="utf-8", errors="strict"):
    if encoding == "punycode":
        import _punycode

        return _punycode.decode(data)
    limit = _known(encoding)
    if limit is None:
        return _other(encoding).decode(
            bytes(data), _name(encoding), encoding, errors, UnicodeDecodeError, _replaced
        )
    if limit == 0:
        if _marked(encoding, data):
            data = data[3:]
        try:
            return bytes(data).decode()
        except UnicodeError:
            if errors == "strict":
                raise
            return _decode_utf8(data, errors)
    if limit == 256 or max(data, default=0) < 128:
        return bytes(data).decode() if max(data, default=0) < 128 else "".join(map(chr, data))
    if errors == "strict":
        at = next(n for n, one in enumerate(data) if one > 127)
        raise UnicodeDecodeError(
            encoding,
            data,
            at,
            at + 1,
            "ordinal not in range(128)",
        )
    return "".join([chr(one) if one < 128 else _replaced(one, errors) for one in data])


def _marked(encoding, data):
    """Whether there is a mark at the start that the encoding does not count."""
    return encoding.lower().endswith("sig") and data[:3] == b"\xef\xbb\xbf"


def _replaced(byte, errors):
    if errors == "ignore":
        return ""
    if errors == "replace":
        return "\ufffd"
    if errors == "backslashreplace":
        return "\\x%02x" % byte
    if errors == "surrogateescape":
        return chr(0xDC00 + byte)
    if errors in HANDLERS:
        error = UnicodeDecodeError("utf-8", bytes((byte,)), 0, 1, "invalid byte")
        return HANDLERS[errors](error)[0]
    raise LookupError("unknown error handler name '%s'" % errors)


def _character_size(data, at):
    """How many bytes a character of UTF-8 has; 0 if there is none."""
    first = data[at]
    if first < 0x80:
        return 1
    size = (
        2
        if 0xC2 <= first < 0xE0
        else 3
        if 0xE0 <= first < 0xF0
        else 4
        if 0xF0 <= first < 0xF5
        else 0
    )
    rest = data[at + 1 : at + size]
    if not size or len(rest) < size - 1 or not all(0x80 <= one < 0xC0 for one in rest):
        return 0
    least, beyond = {
        0xE0: (0xA0, 0xC0),
        0xED: (0x80, 0xA0),
        0xF0: (0x90, 0xC0),
        0xF4: (0x80, 0x90),
    }.get(first, (0x80, 0xC0))
    return size if least <= rest[0] < beyond else 0


def _decode_utf8(data, errors):
    found, at, start = [], 0, 0
    while at <= len(data):
        size = _character_size(data, at) if at < len(data) else 0
        if size:
            at += size
            continue
        found.append(bytes(data[start:at]).decode())
        if at < len(data):
            if errors == "strict":
                raise UnicodeDecodeError("utf-8", data, at, at + 1, "invalid start byte")
            found.append(_replaced(data[at], errors))
        at = start = at + 1
    return "".join(found)


class _Uncoded(UnicodeError):
    """What an encoding cannot say, and where."""

    def __init__(self, encoding, object, start, end, reason):
        super().__init__(encoding, object, start, end, reason)
        self.encoding, self.object, self.start, self.end, self.reason = (
            encoding,
            object,
            start,
            end,
            reason,
        )

    def __str__(self):
        one = self.object[self.start]
        return "'%s' codec can't %s in position %d: %s" % (
            self.encoding,
            "decode byte 0x%02x" % one
            if isinstance(one, int)
            else "encode character '%s'" % _escaped(ord(one)),
            self.start,
            self.reason,
        )


class UnicodeDecodeError(_Uncoded):
    """Bytes that are no text."""


class UnicodeEncodeError(_Uncoded):
    """Text that an encoding has no bytes for."""


def _escaped(code):
    return ("\\x%02x" if code < 256 else "\\u%04x" if code < 65536 else "\\U%08x") % code


def encode(text, *args, **named):
    """`text.encode(encoding, errors)`."""
    if not isinstance(text, str):
        return text.encode(*args, **named)
    return _encode(text, *args, **named)


def _encode(text, encoding="utf-8", errors="strict"):
    if encoding == "punycode":
        import _punycode

        return _punycode.encode(text)
    limit = _known(encoding)
    if limit is None:
        return _other(encoding).encode(
            text, _name(encoding), encoding, errors, UnicodeEncodeError, _stand_in
        )
    data = text.encode()
    if limit == 0:
        start = b"\xef\xbb\xbf" if encoding.lower().endswith("sig") else b""
        if b"\xed" not in data or errors == "surrogatepass":
            return start + data
        limit, reason = 0x110000, "surrogates not allowed"
    else:
        start, reason = b"", "ordinal not in range(%d)" % limit
        if len(data) == len(text):
            return data
    found = bytearray(start)
    for number, one in enumerate(text):
        code = ord(one)
        if code < limit <= 256:
            found.append(code)
        elif limit > 256 and not 0xD800 <= code < 0xE000:
            found.extend(one.encode())
        elif errors == "surrogateescape" and 0xDC80 <= code < 0xDD00:
            found.append(code - 0xDC00)
        elif errors == "strict":
            raise UnicodeEncodeError(encoding, text, number, number + 1, reason)
        else:
            found.extend(_stand_in(one, errors).encode())
    return bytes(found)


def _stand_in(letter, errors):
    """What stands for a character that an encoding has no bytes for."""
    code = ord(letter)
    if errors == "replace":
        return "?"
    if errors == "ignore":
        return ""
    if errors == "xmlcharrefreplace":
        return "&#%d;" % code
    if errors == "backslashreplace":
        return _escaped(code)
    if errors in HANDLERS:
        error = UnicodeEncodeError("ascii", letter, 0, 1, "ordinal not in range")
        return HANDLERS[errors](error)[0]
    if errors == "surrogateescape":
        raise UnicodeEncodeError("ascii", letter, 0, 1, "ordinal not in range(128)")
    raise LookupError("unknown error handler name '%s'" % errors)


def coded(value, encoding, errors="strict"):
    """What the methods of str and bytes do with an encoding that is not UTF-8, or bytes that are no
    UTF-8."""
    if isinstance(value, str):
        return _encode(value, encoding, errors)
    if errors == "strict" and _known(encoding) == 0:
        return _decode_utf8(value[3:] if _marked(encoding, value) else value, errors)
    return _decode(value, encoding, errors)


def to_bytes(value=b"", encoding=None, errors="strict"):
    """`bytes(value, encoding)`."""
    return bytes(value) if encoding is None else encode(value, encoding, errors)


def to_bytearray(value=b"", encoding=None, errors="strict"):
    """`bytearray(value, encoding)`."""
    return bytearray(value if encoding is None else encode(value, encoding, errors))


def to_str(value="", encoding=None, errors="strict"):
    """`str(value, encoding)`."""
    return str(value) if encoding is None else decode(bytes(value), encoding, errors)
