"""The interpreter's `binascii`, and what it lacks of CPython's."""

import ubinascii as _base
from _bound import native as _native
from ubinascii import *

_NATIVE = ("a2b_base64", "b2a_base64", "crc32", "hexlify")
Error = ValueError


class Incomplete(Exception):
    """Data are not whole."""


def a2b_base64(data, strict_mode=False):
    return _base.a2b_base64(data)


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


b2a_hex, a2b_hex = hexlify, _base.unhexlify


_native(a2b_base64, b2a_base64, hexlify, crc32)
