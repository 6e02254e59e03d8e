"""Keyed hashing (RFC 2104), by the hashes of `hashlib`."""

import hashlib

_sizes = {"sha256": (32, 64)}


class HMAC:
    """The authentication code of what it is given."""

    def __init__(self, key, msg=None, digestmod="sha256"):
        self._make = getattr(hashlib, digestmod) if isinstance(digestmod, str) else digestmod
        self.name = "hmac-sha256"
        self.digest_size, self.block_size = _sizes["sha256"]
        if len(key) > self.block_size:
            key = self._make(key).digest()
        self._key = bytes(key) + bytes(self.block_size - len(key))
        self._inner = self._make(bytes(byte ^ 0x36 for byte in self._key))
        self._digest = None
        if msg is not None:
            self.update(msg)

    def update(self, data):
        self._inner.update(data)

    def digest(self):
        """The code. MicroPython's hashes end with it: nothing more can be added then."""
        if self._digest is None:
            outer = self._make(bytes(byte ^ 0x5C for byte in self._key))
            outer.update(self._inner.digest())
            self._digest = outer.digest()
        return self._digest

    def hexdigest(self):
        return self.digest().hex()


def new(key, msg=None, digestmod="sha256"):
    """An HMAC."""
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    """The code of `msg`."""
    return HMAC(key, msg, digest).digest()


def compare_digest(one, other):
    """Whether both are the same, in a time that does not tell where they differ."""
    one = one.encode() if isinstance(one, str) else one
    other = other.encode() if isinstance(other, str) else other
    different = len(one) ^ len(other)
    for left, right in zip(one, other):
        different |= left ^ right
    return different == 0
