"""Reading an image back: what it is for, which devices it needs, what it is made of.

The formats are those of targets/include/elf_abi.h and mft_abi.h.
"""

from __future__ import annotations

import struct
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from elftools.common.exceptions import ELFError
from elftools.elf.constants import P_FLAGS, SH_FLAGS
from elftools.elf.elffile import ELFFile

from mirage_py import catalog
from mirage_py.support.errors import MirageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NOTE_HEADER = struct.Struct("<III8s")
NOTE_START = struct.Struct("<III")
NOTE_NAME = b"Solo5\0"
ABI_NOTE, MANIFEST_NOTE = 0x31494241, 0x3154464D
ABI = struct.Struct("<IIII")
MANIFEST_HEAD = struct.Struct("<4xII")  # the padding that aligns it to 8 in its note, then counts
MANIFEST_ENTRY = struct.Struct("<68sI32x")
TARGETS = {1: "hvt", 2: "spt", 3: "virtio", 4: "muen", 5: "genode", 6: "xen"}
"""Solo5's; a target that has a number of its own says so in its target.toml."""
DEVICES = {1: "block", 2: "net"}
RESERVED_FIRST = 1 << 30
PROGRAM_HEADER_SIZE, SECTION_HEADER_SIZE = 56, 64


class NotAnImage(MirageError):
    """A file that no tender could run, and why."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(
            f"{path} is not an image: {why}",
            hint="an image is what `mirage-py build` leaves in dist/",
        )


@dataclass(frozen=True)
class Device:
    """A device that must be attached for the image to run."""

    name: str
    kind: str
    """"block" or "net"."""


@dataclass(frozen=True)
class Segment:
    """Memory that the image's loader fills."""

    address: int
    size: int
    file_size: int
    offset: int
    """In the file."""
    permissions: str
    """Like "r-x"."""


@dataclass(frozen=True)
class Section:
    """A part of the image, as the linker named it."""

    name: str
    address: int
    size: int
    in_file: bool


@dataclass(frozen=True)
class Contents:
    """What an image says about itself."""

    target: str
    abi_version: int
    devices: tuple[Device, ...]
    entry: int
    segments: tuple[Segment, ...]
    sections: tuple[Section, ...]
    """Those that take memory; empty if the section table was stripped."""
    arch: str = "x86_64"
    """The processor it is for, by ELF's name for it."""


def read(path: Path) -> Contents:
    """What the image at `path` says about itself. Raises NotAnImage."""
    with opened(path) as elf:
        return contents(path, elf)


def section(path: Path, name: str) -> bytes | None:
    """What the section `name` holds in the file, if there is one. Raises NotAnImage."""
    with opened(path) as elf:
        found = next((part for part in elf.iter_sections() if part.name == name), None)
        if found is None or found["sh_type"] == "SHT_NOBITS":
            return None
        # Not `found.data()`, which decompresses: a few bytes can claim to be any number.
        check_within(elf, found["sh_offset"], found["sh_size"])
        elf.stream.seek(found["sh_offset"])
        return bytes(elf.stream.read(found["sh_size"]))


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """The ELF file at `path`. What goes wrong while it is read becomes NotAnImage."""
    try:
        with path.open("rb") as file:
            if file.read(4) != b"\x7fELF":
                raise NotAnImage(path, "it is not an ELF file")
            elf = ELFFile(file)
            check_tables(elf)
            yield elf
    except MirageError:
        raise
    except OSError as error:
        raise NotAnImage(path, f"it cannot be read ({error.strerror or error})") from None
    # What pyelftools raises for damaged files depends on where the damage is.
    except Exception as error:
        said = str(error) or type(error).__name__
        raise NotAnImage(path, f"the ELF file is damaged ({said})") from None


def check_tables(elf: Any) -> None:
    """Raise ELFError unless all that the headers speak of lies within the file: pyelftools would
    reserve memory for any size it is told, and seek anywhere."""
    sizes = (("e_phentsize", PROGRAM_HEADER_SIZE), ("e_shentsize", SECTION_HEADER_SIZE))
    for field, size in sizes:
        if elf[field] not in (0, size):
            raise ELFError(f"{field} is {elf[field]}")
    if elf["e_phoff"]:
        check_within(elf, elf["e_phoff"], elf.num_segments() * PROGRAM_HEADER_SIZE)
        for program in elf.iter_segments():
            check_within(elf, program["p_offset"], program["p_filesz"])
    if elf["e_shoff"]:
        check_within(elf, elf["e_shoff"], SECTION_HEADER_SIZE)  # where a long count would be
        check_within(elf, elf["e_shoff"], elf.num_sections() * SECTION_HEADER_SIZE)


def check_within(elf: Any, offset: int, size: int) -> None:
    """Raise ELFError if that is not a part of the file."""
    if offset + size > elf.stream_len:
        raise ELFError("something lies beyond the end of the file")


def contents(path: Path, elf: Any) -> Contents:
    """What an opened ELF file says. Raises NotAnImage, and what pyelftools raises."""
    programs = list(elf.iter_segments())
    target, version = abi(path, programs)
    return Contents(
        target=target,
        abi_version=version,
        devices=devices(path, programs),
        entry=elf["e_entry"],
        segments=tuple(segment(program) for program in programs if program["p_type"] == "PT_LOAD"),
        sections=tuple(
            Section(part.name, part["sh_addr"], part["sh_size"], part["sh_type"] != "SHT_NOBITS")
            for part in elf.iter_sections()
            if part["sh_flags"] & SH_FLAGS.SHF_ALLOC
        ),
        arch=str(elf["e_machine"]).removeprefix("EM_").lower(),
    )


def segment(program: Any) -> Segment:
    """A PT_LOAD."""
    flags = program["p_flags"]
    letters = ((P_FLAGS.PF_R, "r"), (P_FLAGS.PF_W, "w"), (P_FLAGS.PF_X, "x"))
    permissions = "".join(letter if flags & flag else "-" for flag, letter in letters)
    return Segment(
        program["p_vaddr"],
        program["p_memsz"],
        program["p_filesz"],
        program["p_offset"],
        permissions,
    )


def note(programs: list[Any], kind: int) -> bytes | None:
    """The descriptor of Solo5's note of that kind. Loaders read the first note of each PT_NOTE,
    which tests/contract holds images to; linkers of the host put several in one."""
    for program in programs:
        data = program.data() if program["p_type"] == "PT_NOTE" else b""
        at = 0
        while at + NOTE_HEADER.size <= len(data):
            name_size, size, found, name = NOTE_HEADER.unpack_from(data, at)
            if name_size == len(NOTE_NAME) and name.startswith(NOTE_NAME) and found == kind:
                return data[at + NOTE_HEADER.size :][:size]
            at += NOTE_START.size + padded(name_size) + padded(size)
    return None


def padded(size: int) -> int:
    """What `size` bytes of a note take."""
    return -(-size // 4) * 4


def abi(path: Path, programs: list[Any]) -> tuple[str, int]:
    """Target and ABI version. Raises NotAnImage."""
    found = note(programs, ABI_NOTE)
    if found is None:
        raise NotAnImage(path, "it has no Solo5 ABI note")
    if len(found) < ABI.size:
        raise NotAnImage(path, "its ABI note is too short")
    target, version, _, _ = ABI.unpack_from(found)
    own = {one.abi_number: name for name, one in catalog.targets(catalog.share()).items()}
    name = TARGETS.get(target) or own.get(target)
    if name is None:
        raise NotAnImage(path, f"its target has the unknown number {target}")
    return name, version


def devices(path: Path, programs: list[Any]) -> tuple[Device, ...]:
    """The manifest's devices, in its order. Raises NotAnImage."""
    found = note(programs, MANIFEST_NOTE)
    if found is None:
        raise NotAnImage(path, "it has no manifest")
    version, count = MANIFEST_HEAD.unpack_from(found.ljust(MANIFEST_HEAD.size, b"\0"))
    if version != 1 or len(found) != MANIFEST_HEAD.size + count * MANIFEST_ENTRY.size:
        raise NotAnImage(path, "its manifest is not of version 1, or of the wrong size")
    entries = [
        (name.partition(b"\0")[0].decode("ascii", "replace"), kind)
        for name, kind in MANIFEST_ENTRY.iter_unpack(found[MANIFEST_HEAD.size :])
    ]
    if not entries or entries[0] != ("", RESERVED_FIRST):
        raise NotAnImage(path, "its manifest does not begin with the reserved entry")
    return tuple(Device(name, DEVICES.get(kind, f"type {kind}")) for name, kind in entries[1:])
