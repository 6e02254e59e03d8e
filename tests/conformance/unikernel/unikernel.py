"""Runs the script that lies on a block device, as `python SCRIPT` does: MicroPython's own tests."""

import struct

import __main__


def start(disk):
    code = compile(read_script(disk), "script.py", "exec")
    names = __main__.__dict__
    for name in tuple(names):  # those of the start code
        if name != "__name__":
            del names[name]
    exec(code, names)  # noqa: S102 - what the test is given


def read_script(disk):
    """The text on `disk`: its length in the first eight bytes, itself from the second block on."""
    (length,) = struct.unpack("<Q", disk.read(0)[:8])
    blocks = (length + disk.block_size - 1) // disk.block_size
    return b"".join(disk.read(1 + number) for number in range(blocks))[:length]


def linked_too():
    """Never called. What it imports is frozen into the image, so that scripts can import it."""
    import asyncio  # noqa: F401, PLC0415 - so that it is in the image
