"""What Unicode says of characters (Unicode 14), without their names."""

import _unicodedata
from _unicodedata import bidirectional, category, combining, mirrored, normalize

unidata_version = "14.0.0"
_NONE = object()


def is_normalized(form, text):
    return normalize(form, text) == text


def decimal(character, default=_NONE):
    """The value of a decimal digit: they stand in runs of ten."""
    if category(character) == "Nd":
        code = ord(character)
        first = code
        while category(chr(first - 1)) == "Nd" and code - first < 9:
            first -= 1
        return (code - first) % 10
    if default is _NONE:
        raise ValueError("not a decimal")
    return default


digit = numeric = decimal


def east_asian_width(character):
    return "W" if _unicodedata.width(character) == 2 else "Na" if ord(character) < 128 else "N"


def name(character, default=_NONE):
    """Names are not in an image."""
    if default is _NONE:
        raise ValueError("no such name")
    return default


def lookup(name):
    raise KeyError("undefined character name %r" % name)
