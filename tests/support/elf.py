"""An image as bytes whose fields can be changed one at a time: damaged files for tests.

image = Elf(path)
image.programs("PT_LOAD")[0]["p_vaddr"] = 0x1000
image.write(other)
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HEADER = {
    "class": (4, "B"), "data": (5, "B"), "ident_version": (6, "B"),
    "e_type": (16, "H"), "e_machine": (18, "H"), "e_version": (20, "I"), "e_entry": (24, "Q"),
    "e_phoff": (32, "Q"), "e_ehsize": (52, "H"), "e_phentsize": (54, "H"), "e_phnum": (56, "H"),
}  # fmt: skip
PROGRAM = {
    "p_type": (0, "I"), "p_flags": (4, "I"), "p_offset": (8, "Q"), "p_vaddr": (16, "Q"),
    "p_filesz": (32, "Q"), "p_memsz": (40, "Q"), "p_align": (48, "Q"),
}  # fmt: skip
PROGRAM_SIZE = 56
NOTE = {"n_namesz": (0, "I"), "n_descsz": (4, "I"), "n_type": (8, "I"), "n_name": (12, "8s")}
ABI = {"abi_target": (20, "I"), "abi_version": (24, "I")}
MANIFEST = {"version": (24, "I"), "entries": (28, "I")}
ENTRY_START, ENTRY_SIZE = 32, 104
ENTRY = {
    "name": (0, "68s"), "type": (68, "I"), "block_size": (80, "H"), "attached": (96, "B"),
}  # fmt: skip
TYPES = {
    "PT_LOAD": 1, "PT_DYNAMIC": 2, "PT_INTERP": 3, "PT_NOTE": 4, "PT_TLS": 7,
    "PT_GNU_STACK": 0x6474E551,
}  # fmt: skip
ABI_NOTE, MANIFEST_NOTE = 0x31494241, 0x3154464D


@dataclass
class Fields:
    """A structure in the file, its fields as items."""

    data: bytearray
    at: int
    layout: dict[str, tuple[int, str]]

    def __getitem__(self, name: str) -> int:
        offset, kind = self.layout[name]
        return int(struct.unpack_from(f"<{kind}", self.data, self.at + offset)[0])

    def text(self, name: str) -> bytes:
        """A field that is characters."""
        offset, kind = self.layout[name]
        return bytes(struct.unpack_from(f"<{kind}", self.data, self.at + offset)[0])

    def __setitem__(self, name: str, value: int | bytes) -> None:
        offset, kind = self.layout[name]
        struct.pack_into(f"<{kind}", self.data, self.at + offset, value)


class Elf:
    """A file that is, or was, an image."""

    def __init__(self, path: Path) -> None:
        self.data = bytearray(path.read_bytes())

    def write(self, path: Path) -> Path:
        """Save it."""
        path.write_bytes(self.data)
        return path

    @property
    def header(self) -> Fields:
        return Fields(self.data, 0, HEADER)

    def all_programs(self) -> Iterator[Fields]:
        """Every program header."""
        start = self.header["e_phoff"]
        for number in range(self.header["e_phnum"]):
            yield Fields(self.data, start + number * PROGRAM_SIZE, PROGRAM)

    def programs(self, kind: str) -> list[Fields]:
        """The program headers of a type."""
        return [program for program in self.all_programs() if program["p_type"] == TYPES[kind]]

    def note(self, kind: int, layout: dict[str, tuple[int, str]] = NOTE) -> Fields:
        """Solo5's note of a type, or its content by `layout`."""
        for program in self.programs("PT_NOTE"):
            note = Fields(self.data, program["p_offset"], NOTE)
            if note["n_type"] == kind:
                return Fields(self.data, program["p_offset"], layout)
        raise KeyError(kind)

    def note_program(self, kind: int) -> Fields:
        """The program header of that note."""
        at = self.note(kind).at
        return next(p for p in self.programs("PT_NOTE") if p["p_offset"] == at)

    @property
    def abi(self) -> Fields:
        return self.note(ABI_NOTE, ABI)

    @property
    def manifest(self) -> Fields:
        return self.note(MANIFEST_NOTE, MANIFEST)

    def entry(self, number: int) -> Fields:
        """An entry of the manifest."""
        at = self.manifest.at + ENTRY_START + number * ENTRY_SIZE
        return Fields(self.data, at, ENTRY)
