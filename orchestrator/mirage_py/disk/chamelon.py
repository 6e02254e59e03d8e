"""What MirageOS's chamelon wrote to a littlefs, told from what littlefs writes: littlefs would
misread it (bindings/littlefs/chamelon.py)."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

TIME, TIME_SIZE = 0x374, 12
"""An attribute that chamelon gives to each value."""
CRC, HARD_TAIL, STRUCT_DIRECTORY = 0x500, 0x601, 0x200
MASK = 0xFFFFFFFF
DELETED = 0x3FF


def word(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")


def tags(block: bytes) -> Iterator[tuple[int, bytes]]:
    """Type and content of the tags of a block's commits, up to the first that is not whole
    (littlefs' SPEC.md: tags are big-endian, each XORed with the one before)."""
    tag, start, at = MASK, 0, 4
    commit: list[tuple[int, bytes]] = []
    while at + 8 <= len(block):
        tag ^= int.from_bytes(block[at : at + 4], "big")
        kind, size = tag >> 20, tag & DELETED
        end = at + 4 + (0 if size == DELETED else size)
        if kind & 0x800 or end > len(block):
            return
        if kind & 0x700 == CRC:
            if zlib.crc32(block[start : at + 4]) ^ MASK != word(block, at + 4):
                return
            yield from commit
            commit, start = [], end
            tag ^= (kind & 1) << 31
        else:
            commit.append((kind, block[at + 4 : end]))
        at = end


def wrote(disk: bytes, size: int, count: int) -> bool:
    """Whether chamelon wrote a value to a file system of these blocks."""
    waiting, seen = [0, 1], {0, 1}
    while waiting:
        number = waiting.pop()
        for kind, data in tags(disk[number * size : (number + 1) * size]):
            if kind == TIME and len(data) == TIME_SIZE:
                return True
            if kind in (STRUCT_DIRECTORY, HARD_TAIL) and len(data) == 8:
                new = {word(data, 0), word(data, 4)} - seen
                seen |= new
                waiting += [one for one in new if one < count]
    return False
