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
    "latin1": 256,
    "iso_8859_1": 256,
    "iso8859_1": 256,
    "l1": 256,
    "8859": 256,
}


def _limit(encoding):
    name = encoding.lower().replace("-", "_").replace(" ", "_")
    if name not in ENCODINGS:
        raise LookupError("unknown encoding: " + encoding)
    return ENCODINGS[name]


def decode(data, *args, **named):
    """`data.decode(encoding, errors)`."""
    if not isinstance(data, (bytes, bytearray)):
        return data.decode(*args, **named)
    return _decode(data, *args, **named)


def _decode(data, encoding="utf-8", errors="strict"):
    if encoding == "punycode":
        import _punycode

        return _punycode.decode(data)
    if encoding == "cp437":
        from encodings.cp437 import TABLE

        return "".join([chr(one) if one < 128 else TABLE[one - 128] for one in data])
    limit = _limit(encoding)
    if limit == 0:
        if encoding.lower().endswith("sig") and data[:3] == b"\xef\xbb\xbf":
            data = data[3:]
        if errors == "strict":
            return bytes(data).decode()
        try:
            return bytes(data).decode()
        except UnicodeError:
            return _decode_utf8(data, errors)
    if limit == 256 or max(data, default=0) < 128:
        return bytes(data).decode() if max(data, default=0) < 128 else "".join(map(chr, data))
    if errors == "strict":
        raise UnicodeDecodeError(
            encoding,
            data,
            next(n for n, one in enumerate(data) if one > 127),
            0,
            "ordinal not in range(128)",
        )
    return "".join([chr(one) if one < 128 else _replaced(one, errors) for one in data])


def _replaced(byte, errors):
    if errors == "ignore":
        return ""
    if errors == "replace":
        return "\ufffd"
    if errors == "backslashreplace":
        return "\\x%02x" % byte
    if errors == "surrogateescape":
        return chr(0xDC00 + byte)
    raise LookupError("unknown error handler name '%s'" % errors)


def _decode_utf8(data, errors):
    found, at = [], 0
    while at < len(data):
        first = data[at]
        size = (
            1
            if first < 0x80
            else 2
            if 0xC2 <= first < 0xE0
            else 3
            if 0xE0 <= first < 0xF0
            else 4
            if first < 0xF5
            else 0
        )
        part = bytes(data[at : at + size])
        try:
            if not size or len(part) < size:
                raise UnicodeError
            found.append(part.decode())
            at += size
        except UnicodeError:
            found.append(_replaced(first, errors))
            at += 1
    return "".join(found)


class UnicodeDecodeError(UnicodeError):
    """Bytes that are no text."""


class UnicodeEncodeError(UnicodeError):
    """Text that an encoding has no bytes for."""

    def __init__(self, encoding, text, start, end, reason):
        super().__init__(encoding, text, start, end, reason)
        self.encoding, self.object, self.start, self.end, self.reason = (
            encoding,
            text,
            start,
            end,
            reason,
        )


def encode(text, *args, **named):
    """`text.encode(encoding, errors)`."""
    if not isinstance(text, str):
        return text.encode(*args, **named)
    return _encode(text, *args, **named)


def _encode(text, encoding="utf-8", errors="strict"):
    if encoding == "punycode":
        import _punycode

        return _punycode.encode(text)
    limit = _limit(encoding)
    if limit == 0:
        start = b"\xef\xbb\xbf" if encoding.lower().endswith("sig") else b""
        return start + text.encode()
    data = text.encode()
    if len(data) == len(text):
        return data
    found = bytearray()
    for number, one in enumerate(text):
        code = ord(one)
        if code < limit:
            found.append(code)
        elif errors == "replace":
            found.append(63)
        elif errors == "xmlcharrefreplace":
            found.extend(b"&#%d;" % code)
        elif errors == "backslashreplace":
            found.extend(
                (
                    ("\\x%02x" if code < 256 else "\\u%04x" if code < 65536 else "\\U%08x") % code
                ).encode()
            )
        elif errors != "ignore":
            raise UnicodeEncodeError(
                encoding, text, number, number + 1, "ordinal not in range(%d)" % limit
            )
    return bytes(found)


def to_bytes(value=b"", encoding=None, errors="strict"):
    """`bytes(value, encoding)`."""
    return bytes(value) if encoding is None else encode(value, encoding, errors)


def to_str(value="", encoding=None, errors="strict"):
    """`str(value, encoding)`."""
    return str(value) if encoding is None else decode(bytes(value), encoding, errors)
