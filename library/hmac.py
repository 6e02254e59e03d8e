"""Keyed hashing (RFC 2104), by the hashes of `hashlib`."""

import hashlib
from functools import partial

_INNER = bytes(one ^ 0x36 for one in range(256))
_OUTER = bytes(one ^ 0x5C for one in range(256))
trans_36, trans_5C = _INNER, _OUTER


class HMAC:
    """The authentication code of what it is given."""

    def __init__(self, key, msg=None, digestmod=""):
        if not digestmod:
            raise TypeError("Missing required parameter 'digestmod'.")
        if isinstance(digestmod, str):
            make = partial(hashlib.new, digestmod)
        else:
            make = getattr(digestmod, "new", digestmod)
        self._inner, self._outer = make(), make()
        self.digest_size, self.block_size = self._inner.digest_size, self._inner.block_size
        self.name = "hmac-" + self._inner.name
        if len(key) > self.block_size:
            hashed = make()
            hashed.update(key)
            key = hashed.digest()
        key = bytes(key) + bytes(self.block_size - len(key))
        self._inner.update(bytes(_INNER[one] for one in key))
        self._outer.update(bytes(_OUTER[one] for one in key))
        if msg is not None:
            self.update(msg)

    def update(self, msg):
        self._inner.update(msg)

    def digest(self):
        """The code of what was given so far."""
        outer = self._outer.copy()
        outer.update(self._inner.digest())
        return outer.digest()

    def hexdigest(self):
        return self.digest().hex()

    def copy(self):
        other = object.__new__(HMAC)
        other._inner, other._outer = self._inner.copy(), self._outer.copy()
        other.digest_size, other.block_size = self.digest_size, self.block_size
        other.name = self.name
        return other


def new(key, msg=None, digestmod=""):
    """An HMAC."""
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    """The code of `msg`."""
    return HMAC(key, msg, digest).digest()


def compare_digest(a, b):
    """Whether both are the same, in a time that does not tell where they differ."""
    a = a.encode() if isinstance(a, str) else a
    b = b.encode() if isinstance(b, str) else b
    different = len(a) ^ len(b)
    for left, right in zip(a, b):
        different |= left ^ right
    return different == 0
