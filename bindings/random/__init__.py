"""Random numbers that nobody can guess: ChaCha20 over every source of entropy that there is.

    from mirage import random
    key = random.generate(32)

Nothing waits for long: the generator is seeded in microseconds, before the first number.
"""

import _random

from mirage import log

_log = log.source("random")


def initialize() -> None:
    """Wait until the generator is seeded; what it is seeded from is a debug message."""
    _log.debug("seeded from %s", _random.sources())


def generate(length: int) -> bytes:
    """That many random bytes. Raises TypeError unless it is an int, and ValueError if it is
    negative."""
    if type(length) is not int:
        raise TypeError("generate takes a number of bytes, not %r" % (length,))
    if length < 0:
        raise ValueError("generate takes a number of bytes, not %d" % length)
    data = bytearray(length)
    _random.fill(data)
    return bytes(data)
