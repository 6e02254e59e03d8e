"""Names of hosts beyond ASCII (RFC 3490), label by label."""

import unicodedata

import _punycode

_PREFIX = "xn--"
_MOST = 63
_PROHIBITED = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp", "Zs")


def nameprep(label):
    """A label as it is compared. Raises UnicodeError for characters that no name has."""
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", label).casefold())
    for one in text:
        if ord(one) > 127 and unicodedata.category(one) in _PROHIBITED:
            raise UnicodeError("Invalid character %r" % one)
    return text


def _sized(data):
    if not 0 < len(data) <= _MOST:
        raise UnicodeError("label empty or too long")
    return data


def ToASCII(label):
    """A label as names on the network have it. Raises UnicodeError."""
    if label.isascii():
        return _sized(label.encode())
    text = nameprep(label)
    if text.isascii():
        return _sized(text.encode())
    if text.startswith(_PREFIX):
        raise UnicodeError("Label starts with ACE prefix")
    return _sized(_PREFIX.encode() + _punycode.encode(text))


def ToUnicode(label):
    """A label as people read it. Raises UnicodeError."""
    text = label if isinstance(label, str) else bytes(label).decode()
    if not text.isascii():
        text = nameprep(text)
    if not text.lower().startswith(_PREFIX):
        return text
    found = _punycode.decode(text[len(_PREFIX) :].encode())
    if ToASCII(found).decode().lower() != text.lower():
        raise UnicodeError("IDNA does not round-trip", text, found)
    return found


_STOPS = "\u3002\uff0e\uff61"
"""What stands for a full stop."""


def encode(text):
    """A whole name: its labels, of which the last may be empty."""
    for one in _STOPS:
        text = text.replace(one, ".")
    *labels, last = text.split(".")
    return b".".join([ToASCII(one) for one in labels] + [ToASCII(last) if last else b""])


def decode(data):
    *labels, last = bytes(data).split(b".")
    return ".".join([ToUnicode(one) for one in labels] + [ToUnicode(last) if last else ""])
