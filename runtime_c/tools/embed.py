"""Pack a directory into one piece of constant data, which an image holds and reads in place.

    embed.py DIRECTORY NUMBER OUTPUT_DIR [LATEST]

writes embedded-NUMBER.pack, whose format is that of bindings/crunch/pack.h; embedded-NUMBER.S,
which makes it the symbol mirage_embedded_NUMBER; and embedded-NUMBER.d, which names all that was
read, so that the build sees when a file changes, comes or goes. No time of a file is later than
LATEST seconds of 1970 (SOURCE_DATE_EPOCH), so that copies made at different times give the same
bytes.
"""

import hashlib
import os
import shutil
import struct
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

HEADER = struct.Struct("<8sIIIIQQQQ")
ENTRY = struct.Struct("<QQQqII32sQ")
MAGIC = b"mpypack1"
VALUE, DICTIONARY = 0, 1
ALIGNMENT = 16
NANOSECONDS = 1_000_000_000
FNV_START, FNV_PRIME = 0xCBF29CE484222325, 0x100000001B3
SPREAD, MIX = 0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93
MASK = (1 << 64) - 1
SOURCE = """\
/* Written by mirage-py. */
    .section .embedded, "a", @progbits
    .balign {alignment}
    .globl mirage_embedded_{number}
mirage_embedded_{number}:
    .incbin "embedded-{number}.pack"
    .section .note.GNU-stack, "", @progbits
"""


@dataclass
class Entry:
    """A file or directory. `key` is its path below the packed directory, "" for that itself."""

    key: str
    path: Path
    kind: int
    modified: int
    """Nanoseconds since 1970."""
    digest: bytes = b""
    data: int = 0
    """Offset of a file's content; of a directory, number of its first entry."""
    size: int = 0
    """Bytes, or entries."""
    children: list["Entry"] = field(default_factory=list)


def scan(directory: Path, latest: int) -> list[Entry]:
    """Every entry; those of a directory stand together, in the order of their names."""
    root = Entry("", directory, DICTIONARY, modified_of(directory, latest))
    entries = [root]
    for entry in entries:  # which grows
        if entry.kind != DICTIONARY:
            continue
        entry.data = len(entries)
        for path in sorted(entry.path.iterdir(), key=lambda path: os.fsencode(path.name)):
            key = f"{entry.key}/{path.name}".lstrip("/")
            entry.children.append(Entry(key, path, kind_of(path), modified_of(path, latest)))
        entry.size = len(entry.children)
        entries += entry.children
    return entries


def kind_of(path: Path) -> int:
    """What a path is. A link is what it leads to, unless that is a directory: it might lead up."""
    try:
        path.name.encode()
    except UnicodeEncodeError:
        raise SystemExit(f"{os.fsencode(path)!r}: the name is not UTF-8") from None
    if path.is_dir() and not path.is_symlink():
        return DICTIONARY
    if path.is_dir():
        raise SystemExit(f"{path}: a link to a directory is not embedded: it may lead anywhere")
    if not path.is_file():
        raise SystemExit(f"{path}: neither a file nor a directory, so it cannot be embedded")
    return VALUE


def modified_of(path: Path, latest: int) -> int:
    """When a file was last written."""
    return min(path.stat().st_mtime_ns, latest)


def hash_of(key: str) -> int:
    """FNV-1a of the key's bytes."""
    value = FNV_START
    for byte in key.encode():
        value = (value ^ byte) * FNV_PRIME & MASK
    return value


def slot_of(value: int, displacement: int, bits: int) -> int:
    """The slot of a hash under the displacement of its bucket."""
    mixed = (value ^ displacement * SPREAD) & MASK
    mixed = (mixed ^ mixed >> 32) * MIX & MASK
    return mixed >> (64 - bits)


def power(number: int) -> int:
    """How many bits tell `number` things apart, at least one."""
    return max(1, (number - 1).bit_length())


def perfect(keys: list[str]) -> tuple[list[int], list[int]]:
    """Displacements of the buckets, and slots that hold numbers of keys plus one: a key is in the
    one slot that its hash and its bucket's displacement say (hash and displace, as in CHD)."""
    hashes = [hash_of(key) for key in keys]
    bucket_bits, slot_bits = power(len(keys) // 2), power(len(keys) + len(keys) // 4)
    buckets: list[list[int]] = [[] for _ in range(1 << bucket_bits)]
    for number, value in enumerate(hashes):
        buckets[value & (1 << bucket_bits) - 1].append(number)
    slots = [0] * (1 << slot_bits)
    displacements = [0] * len(buckets)
    for bucket in sorted(range(len(buckets)), key=lambda one: -len(buckets[one])):
        wanted: list[int] = []
        displacement = -1
        while len(set(wanted)) < len(buckets[bucket]) or any(slots[slot] for slot in wanted):
            displacement += 1
            wanted = [slot_of(hashes[one], displacement, slot_bits) for one in buckets[bucket]]
        displacements[bucket] = max(displacement, 0)
        for slot, number in zip(wanted, buckets[bucket], strict=True):
            slots[slot] = number + 1
    return displacements, slots


def padding(size: int) -> bytes:
    """What makes `size` bytes end at a place for the next piece."""
    return bytes(-size % ALIGNMENT)


def write_pack(entries: list[Entry], write: Callable[[bytes], object]) -> bytes:
    """Write the contents of all files behind each other and note in `entries` where they are; the
    bytes of what stands before them."""
    displacements, slots = perfect([entry.key for entry in entries])
    names = [entry.key.encode() + b"\0" for entry in entries]
    tables = struct.pack(f"<{len(displacements)}I{len(slots)}I", *displacements, *slots)
    at_tables = HEADER.size
    at_entries = at_tables + len(tables) + len(padding(at_tables + len(tables)))
    at_names = at_entries + ENTRY.size * len(entries)
    ends = at_names + sum(map(len, names))
    at = ends + len(padding(ends))
    for entry in entries:
        if entry.kind != VALUE:
            continue
        content = entry.path.read_bytes()
        entry.data, entry.size = at, len(content)
        entry.digest = hashlib.sha256(content).digest()
        write(content + padding(len(content)))
        at += len(content) + len(padding(len(content)))
    for entry in reversed(entries):  # those of a directory stand behind it
        if entry.kind == DICTIONARY:
            entry.digest = hashlib.sha256(b"".join(parts_of(entry))).digest()
    head = HEADER.pack(
        MAGIC, len(entries), len(displacements), len(slots), 0,
        at_tables, at_tables + 4 * len(displacements), at_entries, at_names,
    )  # fmt: skip
    head += tables
    head += padding(len(head))
    at_name = at_names
    for entry, name in zip(entries, names, strict=True):
        base = len(name) - 1 - len(entry.key.rpartition("/")[2].encode())
        head += ENTRY.pack(
            at_name, entry.data, entry.size, entry.modified, entry.kind, base, entry.digest,
            len(name) - 1,
        )  # fmt: skip
        at_name += len(name)
    head += b"".join(names)
    return head + padding(len(head))


def parts_of(entry: Entry) -> Iterator[bytes]:
    """What the digest of a directory is made of: names, kinds and digests of its entries."""
    for child in entry.children:
        yield child.path.name.encode() + b"\0" + bytes([child.kind]) + child.digest


def words(path: Path) -> str:
    """A path as make reads it."""
    text = str(path).replace("\\", "\\\\").replace(" ", "\\ ").replace("#", "\\#")
    return text.replace("$", "$$")


def main() -> None:
    directory, number, out = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3])
    latest = int(sys.argv[4]) * NANOSECONDS if len(sys.argv) > 4 else 1 << 62
    entries = scan(directory, latest)
    pack = out / f"embedded-{number}.pack"
    contents = pack.with_suffix(".contents")
    with contents.open("wb") as file:
        head = write_pack(entries, file.write)
    with pack.open("wb") as whole, contents.open("rb") as file:
        whole.write(head)
        shutil.copyfileobj(file, whole)
    contents.unlink()
    source = SOURCE.format(number=number, alignment=ALIGNMENT)
    (out / f"embedded-{number}.S").write_text(source)
    read = " ".join(words(entry.path) for entry in entries)
    (out / f"embedded-{number}.d").write_text(f"embedded-{number}.pack: {read}\n")


if __name__ == "__main__":
    main()
