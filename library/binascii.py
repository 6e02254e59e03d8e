"""The interpreter's `binascii`, and what it lacks of CPython's."""

import ubinascii as _base
from _bound import native as _native
from ubinascii import *

_NATIVE = ("a2b_base64", "b2a_base64", "crc32", "hexlify", "unhexlify")
_SIGNS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


class Error(ValueError):
    """Data are none of their encoding."""


class Incomplete(Exception):
    """Data are not whole."""


def a2b_base64(data, strict_mode=False):
    if strict_mode:
        _check(data.encode() if isinstance(data, str) else bytes(data))
    try:
        return _base.a2b_base64(data)
    except ValueError:
        data = data.encode() if isinstance(data, str) else bytes(data)
    count = sum([one in _SIGNS for one in data])
    if count % 4 != 1:
        raise Error("Incorrect padding")
    raise Error(
        "Invalid base64-encoded string: number of data characters (%d) cannot be 1 more than a multiple of 4"
        % count
    )


def _check(data):
    """Raise Error if data have anything that is not of base64, or padding elsewhere than at their
    end. That they are whole is for others to see."""
    if data[:1] == b"=":
        raise Error("Leading padding not allowed")
    place = pads = 0
    for at, one in enumerate(data):
        if one == 61:
            pads += 1
            if place >= 2 and place + pads >= 4:
                if at + 1 < len(data):
                    raise Error("Excess data after padding")
                return
        elif one not in _SIGNS:
            raise Error("Only base64 data is allowed")
        elif pads:
            raise Error("Discontinuous padding not allowed")
        else:
            place = (place + 1) % 4


def _bytes(data):
    """Data, if they are no text, which the interpreter takes as its bytes."""
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    return data


def b2a_base64(data, *, newline=True):
    return _base.b2a_base64(_bytes(data), newline=newline)


def hexlify(data, *separator):
    return _base.hexlify(_bytes(data), *separator)


def crc32(data, value=0):
    return _base.crc32(_bytes(data), value)


def unhexlify(data):
    try:
        return _base.unhexlify(data)
    except ValueError:
        raise Error(
            "Odd-length string" if len(data) % 2 else "Non-hexadecimal digit found"
        ) from None


b2a_hex, a2b_hex = hexlify, unhexlify


_native(a2b_base64, b2a_base64, hexlify, crc32, unhexlify)
