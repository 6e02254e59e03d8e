"""A grey picture as PNG (ISO 15948)."""

import io
import struct

import crc
import deflate


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", crc.crc32(kind + data))


def encode(picture: bytearray, width: int, height: int) -> bytes:
    """The file of a picture with a byte for each point."""
    packed = io.BytesIO()
    with deflate.DeflateIO(packed, deflate.ZLIB) as stream:
        for row in range(height):
            stream.write(b"\0")  # no filter
            stream.write(memoryview(picture)[row * width : (row + 1) * width])
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = [chunk(b"IHDR", head), chunk(b"IDAT", packed.getvalue()), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
