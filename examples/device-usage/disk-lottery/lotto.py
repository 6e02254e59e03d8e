"""The game, and how its state lies in a sector: "LOTO", the high score, the crc32 of both, zeros;
numbers are big-endian."""

import binascii
import struct

MAGIC = b"LOTO"
FORMAT = ">4sII"
LENGTH = struct.calcsize(FORMAT)


class BadState(Exception):
    """What is no state of a game, and why."""


def marshal(highscore: int, size: int) -> bytes:
    """A sector of `size` bytes."""
    head = struct.pack(">4sI", MAGIC, highscore)
    return struct.pack(FORMAT, MAGIC, highscore, binascii.crc32(head)) + bytes(size - LENGTH)


def unmarshal(sector: bytes) -> int:
    """The high score in a sector. Raises BadState."""
    highscore: int
    magic, highscore, checksum = struct.unpack(FORMAT, sector[:LENGTH])
    if magic != MAGIC:
        raise BadState("bad magic; is this lottery data?")
    if checksum != binascii.crc32(sector[:8]):
        raise BadState("bad checksum; possible data corruption")
    return highscore


def play(highscore: int, draw: int) -> tuple[str, int]:
    """What to say of a draw, and the new high score."""
    if draw == highscore:
        return "TIE! You tied with the high score %d" % draw, highscore
    if draw > highscore:
        return "YOU WON! You beat the old high score %d with %d!" % (highscore, draw), draw
    return "YOU LOST! With %d you didn't beat the high score %d" % (draw, highscore), highscore
