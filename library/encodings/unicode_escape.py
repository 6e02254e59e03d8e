"""Text as literals of Python spell it."""

_LETTERS = {
    "\n": "", "\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r",
    "t": "\t", "v": "\v",
}  # fmt: skip
_DIGITS = {"x": 2, "u": 4, "U": 8}
_ESCAPED = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}


def encode(text):
    found = []
    for one in text:
        code = ord(one)
        if one in _ESCAPED:
            one = _ESCAPED[one]
        elif not 32 <= code < 127:
            way = "\\x%02x" if code < 256 else "\\u%04x" if code < 65536 else "\\U%08x"
            one = way % code
        found.append(one)
    return "".join(found).encode()


def decode(data):
    """Bytes beyond ASCII are Latin-1. Raises UnicodeDecodeError."""
    text, found, at = bytes(data).decode("latin-1"), [], 0
    while True:
        start = text.find("\\", at)
        if start < 0:
            return "".join(found) + text[at:]
        found.append(text[at:start])
        kind, at = text[start + 1 : start + 2], start + 2
        if kind == "":
            _fail(data, start, at - 1, "\\ at end of string")
        elif kind in _LETTERS:
            found.append(_LETTERS[kind])
        elif kind in _DIGITS:
            found.append(_number(data, text[at : at + _DIGITS[kind]], start, kind))
            at += _DIGITS[kind]
        elif kind in "01234567":
            end = at
            while end < at + 2 and text[end : end + 1] and text[end] in "01234567":
                end += 1
            found.append(chr(int(text[at - 1 : end], 8)))
            at = end
        elif kind == "N":
            _fail(data, start, at, "names of characters are not in an image")
        else:
            found.append("\\" + kind)


def _number(data, digits, start, kind):
    count = _DIGITS[kind]
    good = 0
    while good < len(digits) and digits[good] in "0123456789abcdefABCDEF":
        good += 1
    if good < count:
        _fail(data, start, start + 2 + good, "truncated \\%s escape" % (kind + "X" * count))
    code = int(digits, 16)
    if code > 0x10FFFF:
        _fail(data, start, start + 2 + count, "illegal Unicode character")
    return chr(code)


def _fail(data, start, end, reason):
    raise UnicodeDecodeError("unicodeescape", bytes(data), start, end, reason)
