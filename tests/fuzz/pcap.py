"""Frames in files that Wireshark reads (the libpcap format, with Ethernet frames)."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from pathlib import Path

HEAD = struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1)


def write(path: Path, frames: Iterable[bytes]) -> None:
    """A file of these frames, all of the same moment."""
    path.write_bytes(
        HEAD + b"".join(struct.pack("<IIII", 0, 0, len(one), len(one)) + one for one in frames)
    )


def read(path: Path) -> list[bytes]:
    """The frames of a file that `write` made."""
    data = path.read_bytes()
    assert data.startswith(HEAD), path
    frames = []
    at = len(HEAD)
    while at < len(data):
        (length,) = struct.unpack_from("<I", data, at + 8)
        frames.append(data[at + 16 : at + 16 + length])
        at += 16 + length
    return frames
