"""What Unicode says of characters (Unicode 14), without their names."""

import _unicodedata
from _unicodedata import bidirectional, category, combining, mirrored, normalize

unidata_version = "14.0.0"
_NONE = object()


def is_normalized(form, text):
    return normalize(form, text) == text


def decimal(character, default=_NONE):
    """The value of a decimal digit."""
    return _value(character, True, default, "decimal")


def digit(character, default=_NONE):
    """The value of any digit."""
    return _value(character, False, default, "digit")


def numeric(character, default=_NONE):
    """The value of any digit, as a float."""
    return float(_value(character, False, default, "numeric character"))


def _value(character, decimal, default, kind):
    category(character)  # of one character
    value = _unicodedata.digit(character, decimal)
    if value >= 0:
        return value
    if default is _NONE:
        raise ValueError("not a " + kind)
    return default


def east_asian_width(character):
    return "W" if _unicodedata.width(character) == 2 else "Na" if ord(character) < 128 else "N"


def name(character, default=_NONE):
    """Names are not in an image."""
    if default is _NONE:
        raise ValueError("no such name")
    return default


def lookup(name):
    raise KeyError("undefined character name %r" % name)
