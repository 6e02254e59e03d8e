"""Hashes, by mbedTLS."""

import _hashes
from _bound import native as _native
from uhashlib import *

_KINDS = {
    "md5": (0, 16, 64),
    "sha1": (1, 20, 64),
    "sha224": (2, 28, 64),
    "sha256": (3, 32, 64),
    "sha384": (4, 48, 128),
    "sha512": (5, 64, 128),
    "sha3_224": (6, 28, 144),
    "sha3_256": (7, 32, 136),
    "sha3_384": (8, 48, 104),
    "sha3_512": (9, 64, 72),
}
"""By name, the kind of `_hashes`, and how many bytes its digest and its blocks have."""
algorithms_guaranteed = algorithms_available = set(_KINDS)


class _Hash:
    """A hash of what it is given."""

    def __init__(self, name, state):
        self.name, self._state = name, state
        _, self.digest_size, self.block_size = _KINDS[name]

    def update(self, data):
        _hashes.update(self._state, data)

    def digest(self):
        return _hashes.digest(self._state)

    def hexdigest(self):
        return self.digest().hex()

    def copy(self):
        return _Hash(self.name, _hashes.copy(self._state))


def new(name, data=b"", *, usedforsecurity=True):
    """The hash of this name. Raises ValueError if images have none."""
    kind = _KINDS.get(name.lower().replace("-", "_"))
    if kind is None:
        kind = _KINDS.get(name.lower().replace("-", ""))
    if kind is None:
        raise ValueError("unsupported hash type " + name)
    made = _Hash(next(one for one in _KINDS if _KINDS[one] is kind), _hashes.open(kind[0]))
    made.update(data)
    return made


def md5(string=b"", *, usedforsecurity=True):
    return new("md5", string)


def sha1(string=b"", *, usedforsecurity=True):
    return new("sha1", string)


def sha224(string=b"", *, usedforsecurity=True):
    return new("sha224", string)


def sha256(string=b"", *, usedforsecurity=True):
    return new("sha256", string)


def sha384(string=b"", *, usedforsecurity=True):
    return new("sha384", string)


def sha512(string=b"", *, usedforsecurity=True):
    return new("sha512", string)


def sha3_224(string=b"", *, usedforsecurity=True):
    return new("sha3_224", string)


def sha3_256(string=b"", *, usedforsecurity=True):
    return new("sha3_256", string)


def sha3_384(string=b"", *, usedforsecurity=True):
    return new("sha3_384", string)


def sha3_512(string=b"", *, usedforsecurity=True):
    return new("sha3_512", string)


def blake2b(*_, **__):
    raise ValueError("unsupported hash type blake2b")


def blake2s(*_, **__):
    raise ValueError("unsupported hash type blake2s")


def _keyed(name, key, pad):
    """A hash that has taken a block of the key, every byte of it XOR `pad` (RFC 2104)."""
    made = new(name)
    key = new(name, key).digest() if len(key) > made.block_size else key
    key = bytes(key) + bytes(made.block_size - len(key))
    made.update(bytes(byte ^ pad for byte in key))
    return made


def pbkdf2_hmac(hash_name, password, salt, iterations, dklen=None):
    """A key of `dklen` bytes made of a password (RFC 8018, PBKDF2)."""
    inner, outer = _keyed(hash_name, password, 0x36), _keyed(hash_name, password, 0x5C)
    size = inner.digest_size
    dklen = dklen or size
    found, number = b"", 0
    while len(found) < dklen:
        number += 1
        part = salt + number.to_bytes(4, "big")
        total = 0
        for _ in range(iterations):
            first, second = inner.copy(), outer.copy()
            first.update(part)
            second.update(first.digest())
            part = second.digest()
            total ^= int.from_bytes(part, "big")
        found += total.to_bytes(size, "big")
    return found[:dklen]


def file_digest(file, digest, *, _bufsize=1 << 16):
    """The hash of what is read from a file."""
    made = new(digest) if isinstance(digest, str) else digest()
    while True:
        data = file.read(_bufsize)
        if not data:
            return made
        made.update(data)


_native(
    md5,
    sha1,
    sha224,
    sha256,
    sha384,
    sha512,
    sha3_224,
    sha3_256,
    sha3_384,
    sha3_512,
    pbkdf2_hmac,
)
