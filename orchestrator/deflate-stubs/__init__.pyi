"""What MicroPython's module `deflate` has in an image: RFC 1950, 1951 and 1952."""

import io

AUTO: int
RAW: int
ZLIB: int
GZIP: int

class DeflateIO(io.IOBase):
    """What is read from it `stream` has compressed, what is written to it `stream` gets compressed:
    in the format RAW, ZLIB or GZIP, or when read, AUTO; with a window of 2**wbits bytes."""

    def __init__(
        self, stream: io.IOBase, format: int = ..., wbits: int = ..., close: bool = ..., /
    ) -> None: ...
    def read(self, size: int = ..., /) -> bytes: ...
    def readinto(self, buffer: bytearray | memoryview, /) -> int: ...
    def write(self, data: bytes | bytearray | memoryview, /) -> int: ...
