"""Disks as MirageOS's chamelon lays them out, which is littlefs 2.0 but for what it leaves out: no
list of directories, numbers of names that never move, fewer pointers between a file's blocks."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

BLOCK = 512
PROGRAM = 16
NAME, FILE, DIRECTORY = 0x0FF, 0x001, 0x002
STRUCT_DIRECTORY, INLINE, BLOCKS = 0x200, 0x201, 0x202
TIME, DELETE, CRC, HARD_TAIL = 0x374, 0x4FF, 0x500, 0x601
NOBODYS = 0x3FF
Tag = tuple[int, int, bytes]
"""Type, id, content."""


def word(number: int) -> bytes:
    return number.to_bytes(4, "little")


def commits(revision: int, groups: list[list[Tag]]) -> bytes:
    """A block of metadata: a revision, and commits of tags."""
    block, last = bytearray(word(revision)), 0xFFFFFFFF
    start = 0
    for group in groups:
        for kind, number, content in group:
            tag = kind << 20 | number << 10 | len(content)
            block += (tag ^ last).to_bytes(4, "big") + content
            last = tag
        size = 4 + -(len(block) + 8) % PROGRAM
        tag = CRC << 20 | NOBODYS << 10 | size
        block += (tag ^ last).to_bytes(4, "big")
        block += word(zlib.crc32(block[start:]) ^ 0xFFFFFFFF)
        block += b"\xff" * (size - 4)
        start, last = len(block), tag
    assert len(block) <= BLOCK
    return bytes(block).ljust(BLOCK, b"\0")


@dataclass
class Pair:
    """A directory, or a part of one: its commits, and the pair where it goes on."""

    numbers: tuple[int, int]
    groups: list[list[Tag]] = field(default_factory=list)
    next_id: int = 1

    @property
    def pointers(self) -> bytes:
        return word(self.numbers[0]) + word(self.numbers[1])


@dataclass
class Disk:
    """A disk; what is done to it is done as chamelon does it."""

    count: int = 64
    blocks: dict[int, bytes] = field(default_factory=dict)
    used: int = 2

    def __post_init__(self) -> None:
        head = b"".join(map(word, (0x20000, BLOCK, self.count, 32, 0x7FFFFFFF, 1022)))
        self.root = Pair((0, 1), [[(NAME, 0, b"littlefs"), (INLINE, 0, head)]])
        self.pairs = [self.root]

    def take(self, number: int) -> list[int]:
        """Blocks that nothing is in."""
        self.used += number
        return list(range(self.used - number, self.used))

    def mkdir(self, parent: Pair, name: str) -> Pair:
        """A new directory, which no list leads to."""
        first, second = self.take(2)
        made = Pair((first, second))
        self.pairs.append(made)
        tags = [(DIRECTORY, parent.next_id, name.encode())]
        parent.groups.append([*tags, (STRUCT_DIRECTORY, parent.next_id, made.pointers)])
        parent.next_id += 1
        return made

    def go_on(self, pair: Pair) -> Pair:
        """The pair where a directory goes on once this one is full; ids begin anew."""
        first, second = self.take(2)
        made = Pair((first, second))
        self.pairs.append(made)
        pair.groups.append([(HARD_TAIL, NOBODYS, made.pointers)])
        return made

    def set(self, pair: Pair, name: str, value: bytes, old: int | None = None) -> int:
        """A value, in place of that of the id `old`; its id is a new one."""
        number = pair.next_id
        structure = (INLINE, number, value)
        if len(value) > BLOCK // 4:
            structure = (BLOCKS, number, word(self.write(value)) + word(len(value)))
        time = word(20000) + (5 * 10**12).to_bytes(8, "little")
        group = [(FILE, number, name.encode()), (TIME, number, time), structure]
        pair.groups.append([*([(DELETE, old, b"")] if old else []), *group])
        pair.next_id += 1
        return number

    def write(self, value: bytes) -> int:
        """Blocks of a file; the number of the last."""
        numbers: list[int] = []
        at = 0
        while at < len(value):
            index = len(numbers)
            pointers = numbers[-1:]
            if index > 2 and index & (index - 1) == 0:
                pointers += [numbers[index >> skip] for skip in range(1, index.bit_length() - 1)]
            data = b"".join(map(word, pointers))
            part = value[at : at + BLOCK - len(data)]
            (number,) = self.take(1)
            self.blocks[number] = (data + part).ljust(BLOCK, b"\0")
            numbers.append(number)
            at += len(part)
        return numbers[-1]

    def image(self) -> bytes:
        """The disk's bytes. Both blocks of a pair are the same."""
        for pair in self.pairs:
            block = commits(len(pair.groups), pair.groups or [[]])
            self.blocks |= dict.fromkeys(pair.numbers, block)
        return b"".join(self.blocks.get(one, bytes(BLOCK)) for one in range(self.count))
