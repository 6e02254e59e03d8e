"""The interpreter's `struct`, and what it lacks of CPython's."""

from ustruct import calcsize, pack, pack_into, unpack, unpack_from

_NATIVE = ("calcsize", "pack", "pack_into", "unpack", "unpack_from")


class error(Exception):
    """Values that do not fit their format."""


class Struct:
    """A format."""

    def __init__(self, format):
        self.format = format
        self.size = calcsize(format)

    def pack(self, *values):
        return pack(self.format, *values)

    def pack_into(self, buffer, offset, *values):
        return pack_into(self.format, buffer, offset, *values)

    def unpack(self, data):
        return unpack(self.format, data)

    def unpack_from(self, data, offset=0):
        return unpack_from(self.format, data, offset)

    def iter_unpack(self, data):
        return iter_unpack(self.format, data)


def iter_unpack(format, data):
    size = calcsize(format)
    for at in range(0, len(data), size):
        yield unpack_from(format, data, at)
