"""Writes a value to a littlefs and reads it again."""

from collections.abc import Iterator

from mirage import log
from mirage.kv import Writer


def hexdump(data: bytes | memoryview) -> Iterator[str]:
    """A line for each 16 bytes: offset, bytes in pairs, text."""
    for at in range(0, len(data), 16):
        part = data[at : at + 16]
        digits = "".join("%02x" % byte for byte in part)
        pairs = " ".join(digits[i : i + 4] for i in range(0, len(digits), 4))
        text = "".join(chr(byte) if 32 <= byte < 127 else "." for byte in part)
        yield f"{at:08x}: {pairs:<39}  {text}"


async def start(store: Writer) -> None:
    await store.set("/foo", b"Hello World!")
    log.info("foo: %s", "\n".join(hexdump(await store.get("/foo"))))
