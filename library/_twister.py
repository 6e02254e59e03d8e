"""The generator of CPython's `random`: the same seeds give the same numbers."""

import _mersenne

_WORDS = 625


class Random:
    def __new__(cls, *_, **__):
        self = object.__new__(cls)
        self._state = bytearray(4 * _WORDS)
        Random.seed(self)
        return self

    def seed(self, a=None):
        if a is None:
            from os import urandom

            a = int.from_bytes(urandom(16), "big")
        a = abs(a) if isinstance(a, int) else hash(a)
        size = max((a.bit_length() + 31) // 32, 1)
        _mersenne.seed(self._state, a.to_bytes(4 * size, "little"))

    def random(self):
        return _mersenne.random(self._state)

    def getrandbits(self, k):
        if k < 0:
            raise ValueError("number of bits must be non-negative")
        bits, got = 0, 0
        while got < k:
            word = _mersenne.bits(self._state)
            if k - got < 32:
                word >>= 32 - (k - got)
            bits |= word << got
            got += 32
        return bits

    def getstate(self):
        data = self._state
        return tuple(int.from_bytes(data[4 * at : 4 * at + 4], "little") for at in range(_WORDS))

    def setstate(self, state):
        if not isinstance(state, tuple):
            raise TypeError("state vector must be a tuple")
        if len(state) != _WORDS:
            raise ValueError("state vector is the wrong size")
        if not 0 <= state[-1] < _WORDS:
            raise ValueError("invalid state")
        self._state = bytearray(b"".join([one.to_bytes(4, "little") for one in state]))
