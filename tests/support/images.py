"""Images made byte by byte: just what a reader of notes and segments looks at."""

from __future__ import annotations

import struct
from pathlib import Path

ABI_NOTE, MANIFEST_NOTE = 0x31494241, 0x3154464D
TARGETS = {"hvt": 1, "spt": 2, "unix": 0x78696E75}
KINDS = {"block": 1, "net": 2}


def image(path: Path, target: str = "spt", **devices: str) -> Path:
    """The file `path`, an image for `target` with these devices: name=kind. It cannot be run."""
    entries = [struct.pack("<68sI32x", b"", 1 << 30)]
    entries += [
        struct.pack("<68sI32x", name.encode(), KINDS[kind]) for name, kind in devices.items()
    ]
    manifest = struct.pack("<4xII", 1, len(entries)) + b"".join(entries)
    notes = [
        note(ABI_NOTE, struct.pack("<IIII", TARGETS[target], 2, 0, 0)),
        note(MANIFEST_NOTE, manifest),
    ]
    start = 64 + 56 * len(notes)
    headers, body = b"", b""
    for one in notes:
        at = start + len(body)
        headers += struct.pack("<IIQQQQQQ", 4, 4, at, at, at, len(one), len(one), 4)
        body += one
    ident = b"\x7fELF\x02\x01\x01" + bytes(9)
    head = struct.pack("<HHIQQQIHHHHHH", 2, 62, 1, 0x100000, 64, 0, 0, 64, 56, len(notes), 64, 0, 0)
    path.write_bytes(ident + head + headers + body)
    return path


def note(kind: int, content: bytes) -> bytes:
    """A note of Solo5's."""
    return struct.pack("<III8s", 6, len(content), kind, b"Solo5") + content
