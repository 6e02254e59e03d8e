"""The interpreter's `binascii`, and what it lacks of CPython's."""

import ubinascii as _base
from ubinascii import *

_NATIVE = ("a2b_base64",)
Error = ValueError


class Incomplete(Exception):
    """Data are not whole."""


def a2b_base64(data, strict_mode=False):
    return _base.a2b_base64(data)


b2a_hex, a2b_hex = _base.hexlify, _base.unhexlify
