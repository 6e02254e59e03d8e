"""What CPython's `operator` and `hmac` have in C."""


def _compare_digest(a, b):
    """Whether both are the same, in a time that does not tell where they differ."""
    if isinstance(a, str) and isinstance(b, str):
        if not (a.isascii() and b.isascii()):
            raise TypeError("comparing strings with non-ASCII characters is not supported")
        a, b = a.encode(), b.encode()
    elif isinstance(a, str) or isinstance(b, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    a, b = memoryview(a), memoryview(b)
    different = len(a) ^ len(b)
    for left, right in zip(a, b):
        different |= left ^ right
    return different == 0


def index(a):
    """The int that a thing is."""
    if isinstance(a, int):
        return int(a)
    if not hasattr(type(a), "__index__"):
        raise TypeError("'%s' object cannot be interpreted as an integer" % type(a).__name__)
    return a.__index__()
