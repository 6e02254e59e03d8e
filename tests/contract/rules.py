"""The rules that an image is held to: those of the official Solo5 loader (0.12), and what targets/
promises beyond them. Written against the file's bytes, apart from the reader that ships.

    assert violations(path, "spt") == []

What a target is told apart by is its ABI's name. Where it is not a tender that loads an image, the
rules of what does are stated too: of Linux for unix, of multiboot loaders for virtio.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path

from tests.support.elf import ABI_NOTE, ENTRY_SIZE, ENTRY_START, MANIFEST_NOTE, Elf, Fields

PAGE = 0x1000
BASE = 0x100000
"""Where images begin on every target."""
LEAST_MEMORY = 2 << 20
ABIS = {"hvt": (1, 2), "spt": (2, 2), "virtio": (3, 1), "unix": (0x78696E75, 1)}
"""The number and version of each ABI."""
INTERPRETER = b"/nonexistent/solo5/\0"
PROGRAMS = {"unix"}
"""Those whose images are programs of the host."""
MULTIBOOT = struct.Struct("<8I")
MULTIBOOT_MAGIC, MULTIBOOT_REACH = 0x1BADB002, 8192
SAYS_WHERE = 1 << 16
"""Flag of a multiboot header that has addresses: loaders do not look at a 64-bit ELF file's."""
OPENBSD = struct.pack("<III8sI", 8, 4, 1, b"OpenBSD", 0)
READ, WRITE, EXECUTE = 4, 2, 1


def violations(path: Path, target: str) -> list[str]:
    """What is wrong with an image for `target`: a sentence for each broken rule."""
    elf = Elf(path)
    wrong = list(header(elf))
    if wrong:
        return wrong
    return [
        *segments(elf),
        *interpreter(elf, target),
        *notes(elf),
        *abi(elf, target),
        *manifest(elf),
        *LOADED.get(target, nothing_more)(elf),
    ]


def header(elf: Elf) -> Iterator[str]:
    """An x86_64 executable whose program headers are in the file."""
    if len(elf.data) < 64 or elf.data[:4] != b"\x7fELF":
        yield "it is not an ELF file"
        return
    head = elf.header
    expected = {
        "class": 2, "data": 1, "ident_version": 1, "e_type": 2, "e_machine": 62, "e_version": 1,
        "e_ehsize": 64, "e_phentsize": 56,
    }  # fmt: skip
    for field, value in expected.items():
        if head[field] != value:
            yield f"{field} is {head[field]}, not {value}"
    if head["e_phnum"] < 1:
        yield "it has no program headers"
    if head["e_phoff"] + 56 * head["e_phnum"] > len(elf.data):
        yield "its program headers are cut off"


def segments(elf: Elf) -> Iterator[str]:
    """What is loaded: ascending, apart, in bounds, never writable and executable."""
    loads = elf.programs("PT_LOAD")
    if not loads:
        yield "it has no segment to load"
    if elf.programs("PT_DYNAMIC"):
        yield "it wants a dynamic linker"
    end = BASE
    for number, load in enumerate(loads):
        yield from (f"segment {number} {what}" for what in segment(elf, load, end))
        if load["p_align"]:
            end = max(end, span(load)[1])
    if end > LEAST_MEMORY:
        yield f"it ends at {end:#x} and cannot run in 2 MB"
    entry = elf.header["e_entry"]
    if not any(
        load["p_flags"] & EXECUTE and load["p_vaddr"] <= entry < load["p_vaddr"] + load["p_filesz"]
        for load in loads
    ):
        yield "its entry point is not in code"


def span(load: Fields) -> tuple[int, int]:
    """Memory that a segment takes, in whole units of its alignment."""
    align = load["p_align"]
    start = load["p_vaddr"] // align * align
    return start, -(-(load["p_vaddr"] + load["p_memsz"]) // align) * align


def segment(elf: Elf, load: Fields, end: int) -> Iterator[str]:
    """One PT_LOAD, the one before it having ended at `end`."""
    align, flags = load["p_align"], load["p_flags"]
    if align < PAGE or align & (align - 1):
        yield "is not aligned to pages"
        return
    start, _ = span(load)
    if load["p_vaddr"] < BASE or start < BASE:
        yield f"is below {BASE:#x}"
    elif start < end:
        yield "is not above the one before it, on pages of its own"
    if load["p_filesz"] == 0:
        yield "has no bytes in the file: loaders pass over it"
    if load["p_memsz"] < load["p_filesz"]:
        yield "is larger in the file than in memory"
    if load["p_offset"] + load["p_filesz"] > len(elf.data):
        yield "is cut off"
    if flags & WRITE and flags & EXECUTE:
        yield "is writable and executable"
    if not flags & READ:
        yield "is not readable"


def interpreter(elf: Elf, target: str) -> Iterator[str]:
    """A host that is asked to run the image must fail, by an interpreter that cannot be; unless it
    is to run it."""
    found = elf.programs("PT_INTERP")
    if target in PROGRAMS:
        if found:
            yield "it has an interpreter: it cannot be run"
    elif len(found) != 1:
        yield f"it has {len(found)} interpreters, not one"
    elif not content(elf, found[0]).startswith(INTERPRETER):
        yield "its interpreter could exist"


def content(elf: Elf, program: Fields) -> bytes:
    """A program header's bytes in the file."""
    return bytes(elf.data[program["p_offset"] : program["p_offset"] + program["p_filesz"]])


def notes(elf: Elf) -> Iterator[str]:
    """Each note in a PT_NOTE of its own, OpenBSD's first."""
    found = [content(elf, program) for program in elf.programs("PT_NOTE")]
    if not found or found[0] != OPENBSD:
        yield "the first note does not say that it is not OpenBSD's"
    for number, data in enumerate(found):
        if len(data) < 20:
            yield f"note {number} is shorter than a note's header"
            continue
        name, size, _ = struct.unpack_from("<III", data)
        taken = 12 + -(-name // 4) * 4 + -(-size // 4) * 4
        if taken != len(data):
            yield f"note {number} does not fill its PT_NOTE: a loader would not see what follows"


def descriptor(elf: Elf, kind: int) -> bytes | None:
    """The content of Solo5's note of a type, if there is one."""
    for program in elf.programs("PT_NOTE"):
        data = content(elf, program)
        if len(data) >= 20:
            name, size, found, text = struct.unpack_from("<III8s", data)
            if (name, found, text[:6]) == (6, kind, b"Solo5\0") and size <= len(data) - 20:
                return data[20 : 20 + size]
    return None


def abi(elf: Elf, target: str) -> Iterator[str]:
    """The ABI note names the target."""
    data = descriptor(elf, ABI_NOTE)
    if data is None:
        yield "it has no ABI note"
    elif data != struct.pack("<IIII", *ABIS[target], 0, 0):
        yield f"its ABI note is not {target}'s"


def manifest(elf: Elf) -> Iterator[str]:
    """The manifest: size, reserved entry, names, nothing filled in."""
    data = descriptor(elf, MANIFEST_NOTE)
    if data is None:
        yield "it has no manifest"
        return
    version, count = struct.unpack_from("<4xII", data.ljust(12, b"\0"))
    start = ENTRY_START - 20
    if version != 1:
        yield f"its manifest is of version {version}"
    if not 1 <= count <= 64 or len(data) != start + count * ENTRY_SIZE:
        yield f"its manifest of {count} entries has {len(data)} bytes"
        return
    names = []
    for number in range(count):
        entry = data[start + number * ENTRY_SIZE :][:ENTRY_SIZE]
        name, kind, rest = struct.unpack("<68sI32s", entry)
        names.append(name.rstrip(b"\0"))
        if any(rest):
            yield f"manifest entry {number} is filled in already"
        if number == 0 and (names[0] != b"" or kind != 1 << 30):
            yield "manifest entry 0 is not the reserved one"
        if number > 0 and not re.fullmatch(rb"[A-Za-z0-9]{1,67}", names[-1]):
            yield f"manifest entry {number} has a name that options cannot say"
        if number > 0 and kind not in {1, 2}:
            yield f"manifest entry {number} is of unknown type {kind}"
    if len(set(names)) != len(names):
        yield "two devices have one name"


def nothing_more(_: Elf) -> Iterator[str]:
    """A tender loads it: all rules are stated above."""
    return iter(())


def program_of_linux(elf: Elf) -> Iterator[str]:
    """What Linux maps, it maps from the file by pages; and it asks a header about the stack."""
    for number, load in enumerate(elf.programs("PT_LOAD")):
        if (load["p_vaddr"] - load["p_offset"]) % PAGE:
            yield f"segment {number} does not lie in its page as it does in the file"
    stack = elf.programs("PT_GNU_STACK")
    if len(stack) != 1 or stack[0]["p_flags"] & EXECUTE:
        yield "nothing says that its stack is not executable"


def multiboot(elf: Elf) -> Iterator[str]:
    """A header near the start, by which the file is copied to memory as it is."""
    found = [
        at
        for at in range(0, min(MULTIBOOT_REACH, len(elf.data)) - MULTIBOOT.size + 1, 4)
        if struct.unpack_from("<I", elf.data, at)[0] == MULTIBOOT_MAGIC
    ]
    if not found:
        yield "it has no multiboot header where loaders look"
        return
    magic, flags, check, here, start, load_end, end, entry = MULTIBOOT.unpack_from(
        elf.data, found[0]
    )
    if (magic + flags + check) % (1 << 32):
        yield "its multiboot header's sum is wrong"
    if not flags & SAYS_WHERE:
        yield "its multiboot header does not say where it is to lie"
    shift = here - found[0]
    loads = elf.programs("PT_LOAD")
    for number, load in enumerate(loads):
        if load["p_vaddr"] - load["p_offset"] != shift:
            yield f"segment {number} is copied elsewhere: the file is one piece to loaders"
    if start > min(load["p_vaddr"] for load in loads):
        yield "its first segment is not loaded"
    if load_end < max(load["p_vaddr"] + load["p_filesz"] for load in loads):
        yield "its last segment is not loaded"
    if end < max(load["p_vaddr"] + load["p_memsz"] for load in loads):
        yield "its last segment is not cleared"
    code = [load for load in loads if load["p_flags"] & EXECUTE]
    if not any(load["p_vaddr"] <= entry < load["p_vaddr"] + load["p_filesz"] for load in code):
        yield "its multiboot entry point is not in code"


LOADED = {"unix": program_of_linux, "virtio": multiboot}
