"""Damaged images: the tender refuses each with a message and status 1, and never trips over it.
It is compiled with sanitizers here, whose reports would show."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.elf import ABI_NOTE, MANIFEST_NOTE, Elf
from tests.support.spt import Spt
from tests.support.tenders import run_tender
from tests.support.unikernel import Ran

TOP = (1 << 64) - 1
Change = Callable[[Elf], object]


def header(field: str, value: int) -> Change:
    return lambda elf: elf.header.__setitem__(field, value)


def load(number: int, field: str, value: int) -> Change:
    return lambda elf: elf.programs("PT_LOAD")[number].__setitem__(field, value)


def note(kind: int, field: str, value: int | bytes) -> Change:
    return lambda elf: elf.note(kind).__setitem__(field, value)


def note_program(kind: int, field: str, value: int) -> Change:
    return lambda elf: elf.note_program(kind).__setitem__(field, value)


def abi(field: str, value: int) -> Change:
    return lambda elf: elf.abi.__setitem__(field, value)


def manifest(field: str, value: int) -> Change:
    return lambda elf: elf.manifest.__setitem__(field, value)


def entry(number: int, field: str, value: int | bytes) -> Change:
    return lambda elf: elf.entry(number).__setitem__(field, value)


def cut(size: int) -> Change:
    def change(elf: Elf) -> None:
        del elf.data[size:]

    return change


def swap_segments(elf: Elf) -> None:
    first, second = elf.programs("PT_LOAD")[:2]
    for field in first.layout:
        first[field], second[field] = second[field], first[field]


def same_segment_twice(elf: Elf) -> None:
    first, second = elf.programs("PT_LOAD")[:2]
    for field in first.layout:
        second[field] = first[field]


def no_segment(elf: Elf) -> None:
    for program in elf.programs("PT_LOAD"):
        program["p_type"] = 0


def many_segments(elf: Elf) -> None:
    """More than there is room for, each on a page of its own."""
    program = elf.programs("PT_LOAD")[0]
    template = bytes(elf.data[program.at : program.at + 56])
    start = len(elf.data)
    for number in range(40):
        elf.data += template
        elf.header["e_phnum"] = number + 1
    elf.header["e_phoff"] = start
    for number, copy in enumerate(elf.all_programs()):
        copy["p_vaddr"] = 0x100000 + number * 0x1000
        copy["p_offset"], copy["p_filesz"], copy["p_memsz"] = 0, 16, 16
    # Notes have to be found first, so keep them in front.
    old = [bytes(elf.data[64 + 56 * n : 64 + 56 * (n + 1)]) for n in range(8)]
    notes = b"".join(one for one in old if one[0] == 4)
    elf.data[start : start + len(notes)] = notes


INVALID = "invalid executable"
NOTE_SIZE = "note does not fall within valid size"
NO_ABI = "No Solo5 ABI information found in executable"
NO_MANIFEST = "No Solo5 manifest found in executable"
BAD_MANIFEST = "Solo5 manifest is invalid"

DAMAGE: dict[str, tuple[Change, str]] = {
    "empty": (cut(0), "not an ELF file"),
    "three bytes": (cut(3), "not an ELF file"),
    "only a magic number": (cut(4), "cut off"),
    "half a header": (cut(40), "cut off"),
    "no program headers": (cut(64), "cut off"),
    "half the program headers": (cut(300), "cut off"),
    "ends before the notes": (cut(600), "cut off"),
    "ends in the code": (cut(2000), "beyond the end of the file"),
    "32 bits": (header("class", 1), INVALID),
    "big endian": (header("data", 2), INVALID),
    "other version": (header("e_version", 2), INVALID),
    "other version in ident": (header("ident_version", 0), INVALID),
    "shared object": (header("e_type", 3), INVALID),
    "other machine": (header("e_machine", 183), INVALID),
    "other header size": (header("e_ehsize", 65), INVALID),
    "other program header size": (header("e_phentsize", 32), INVALID),
    "no program header": (header("e_phnum", 0), INVALID),
    "too many program headers": (header("e_phnum", 65), INVALID),
    "most program headers": (header("e_phnum", 65535), INVALID),
    "program headers beyond the file": (header("e_phoff", 1 << 40), "cut off"),
    "program headers wrap": (header("e_phoff", TOP - 100), "cut off"),
    "entry is 0": (header("e_entry", 0), "entry point"),
    "entry below memory": (header("e_entry", 0x11000), "entry point"),
    "entry in data": (header("e_entry", 0x100220), "entry point"),
    "entry beyond memory": (header("e_entry", 0x200000), "entry point"),
    "entry is all ones": (header("e_entry", TOP), "entry point"),
    "no segment": (no_segment, "no segment to load"),
    "many segments": (many_segments, "more than 16 segments"),
    "segments descend": (swap_segments, "ascending order"),
    "segments overlap": (same_segment_twice, "overlaps"),
    "segments share a page": (load(1, "p_vaddr", 0x100FF0), "overlaps"),
    "segment below memory": (load(0, "p_vaddr", 0xFF000), "below the guest's memory"),
    "segment on the boot info": (load(0, "p_vaddr", 0x11000), "below the guest's memory"),
    "segment at 0": (load(0, "p_vaddr", 0), "below the guest's memory"),
    "segment beyond memory": (load(2, "p_vaddr", 0x200000), "does not fit"),
    "segment ends beyond memory": (load(2, "p_memsz", 0x100000), "does not fit"),
    "segment far beyond memory": (load(2, "p_vaddr", 1 << 46), "does not fit"),
    "segment wraps": (load(2, "p_memsz", TOP), "64 bits"),
    "segment wraps when rounded": (load(2, "p_vaddr", TOP - 0x40), "64 bits"),
    "smaller in memory": (load(2, "p_memsz", 1), "larger in the file"),
    "larger than the file": (load(2, "p_filesz", 0x20000), "larger in the file"),
    "offset beyond the file": (load(2, "p_offset", 1 << 40), "beyond the end of the file"),
    "offset wraps": (load(2, "p_offset", TOP), "beyond the end of the file"),
    "alignment 0": (load(0, "p_align", 0), "alignment"),
    "alignment 1": (load(0, "p_align", 1), "alignment"),
    "alignment of less than a page": (load(0, "p_align", 2048), "alignment"),
    "alignment no power of two": (load(0, "p_align", 0x3000), "alignment"),
    "alignment of everything": (load(0, "p_align", 1 << 63), "below the guest's memory"),
    "writable and executable": (load(2, "p_flags", 7), "WRITE and EXEC"),
    "writable code": (load(1, "p_flags", 7), "WRITE and EXEC"),
    "code not executable": (load(1, "p_flags", 4), "entry point"),
    "of no use": (load(0, "p_flags", 0), "neither readable nor executable"),
    "ABI note of other type": (note(ABI_NOTE, "n_type", 1), NO_ABI),
    "ABI note of other name": (note(ABI_NOTE, "n_name", b"Solo6"), NO_ABI),
    "ABI note's name longer": (note(ABI_NOTE, "n_namesz", 7), NO_ABI),
    "ABI note empty": (note(ABI_NOTE, "n_descsz", 0), NOTE_SIZE),
    "ABI note short": (note(ABI_NOTE, "n_descsz", 8), NO_ABI),
    "ABI note long": (note(ABI_NOTE, "n_descsz", 17), NOTE_SIZE),
    "ABI note huge": (note(ABI_NOTE, "n_descsz", 0xFFFFFFFF), NOTE_SIZE),
    "ABI note beyond the file": (note_program(ABI_NOTE, "p_offset", TOP - 8), "cut off"),
    "ABI note cut by its header": (note_program(ABI_NOTE, "p_filesz", 35), NOTE_SIZE),
    "ABI note less than a note": (note_program(ABI_NOTE, "p_filesz", 11), NOTE_SIZE),
    "ABI note hidden": (note_program(ABI_NOTE, "p_type", 0), NO_ABI),
    "other target": (abi("abi_target", 1), "not for the solo5-spt target"),
    "unknown target": (abi("abi_target", 99), "not for the solo5-spt target"),
    "older ABI": (abi("abi_version", 1), "unsupported ABI version 1"),
    "newer ABI": (abi("abi_version", 3), "unsupported ABI version 3"),
    "manifest missing": (note_program(MANIFEST_NOTE, "p_type", 0), NO_MANIFEST),
    "manifest of other type": (note(MANIFEST_NOTE, "n_type", 1), NO_MANIFEST),
    "manifest note huge": (note(MANIFEST_NOTE, "n_descsz", 0xFFFFFFFF), NOTE_SIZE),
    "manifest note of padding": (note(MANIFEST_NOTE, "n_descsz", 4), NOTE_SIZE),
    "manifest note of a count": (note(MANIFEST_NOTE, "n_descsz", 8), BAD_MANIFEST),
    "manifest note an entry short": (note(MANIFEST_NOTE, "n_descsz", 12 + 104), BAD_MANIFEST),
    "manifest note cut by its header": (note_program(MANIFEST_NOTE, "p_filesz", 100), NOTE_SIZE),
    "manifest of other version": (manifest("version", 2), BAD_MANIFEST),
    "manifest empty": (manifest("entries", 0), BAD_MANIFEST),
    "manifest without devices": (manifest("entries", 1), BAD_MANIFEST),
    "manifest too long": (manifest("entries", 65), BAD_MANIFEST),
    "manifest's size wraps": (manifest("entries", 0xFFFFFFFF), BAD_MANIFEST),
    "manifest's size wraps to its own": (manifest("entries", (1 << 29) + 2), BAD_MANIFEST),
    "first entry not reserved": (entry(0, "type", 1), BAD_MANIFEST),
    "first entry named": (entry(0, "name", b"a"), BAD_MANIFEST),
    "second entry reserved": (entry(1, "type", 1 << 30), BAD_MANIFEST),
    "device of unknown type": (entry(1, "type", 3), BAD_MANIFEST),
    "device without name": (entry(1, "name", b""), BAD_MANIFEST),
    "device's name without end": (entry(1, "name", b"a" * 68), BAD_MANIFEST),
    "device's name for the terminal": (entry(1, "name", b"a\x1b[2J"), BAD_MANIFEST),
    "device's name an option": (entry(1, "name", b"a=b"), BAD_MANIFEST),
}


@pytest.fixture(scope="module")
def image(checked_tender: Spt) -> Path:
    return checked_tender.image("hello", storage="block")


@pytest.fixture
def run(checked_tender: Spt, tmp_path: Path) -> Callable[[Path], Ran]:
    disk = tmp_path / "disk.img"
    disk.write_bytes(bytes(1024))
    return lambda path: checked_tender.run(path, f"--block:storage={disk}")


def test_whole(run: Callable[[Path], Ran], image: Path) -> None:
    """What the damage below is done to is in order, and the sanitized tender can run it."""
    ran = run(image)
    assert (ran.status, ran.console, ran.messages) == (0, "Hello\n", "")


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage(run: Callable[[Path], Ran], image: Path, tmp_path: Path, damage: str) -> None:
    change, message = DAMAGE[damage]
    elf = Elf(image)
    change(elf)
    assert bytes(elf.data) != image.read_bytes()
    ran = run(elf.write(tmp_path / "damaged"))
    assert (ran.status, ran.console) == (1, ""), ran
    assert ran.messages.startswith("mirage-spt: ")
    assert message in ran.messages
    assert len(ran.lines) <= 1


@pytest.mark.parametrize(
    ("number", "field", "value"), [(1, "block_size", 3), (1, "attached", 1), (0, "attached", 1)]
)
def test_what_is_the_tenders_to_say(
    run: Callable[[Path], Ran],
    image: Path,
    tmp_path: Path,
    checked_tender: Spt,
    number: int,
    field: str,
    value: int,
) -> None:
    """An image cannot claim to be attached already, or choose the block size."""
    elf = Elf(image)
    elf.entry(number)[field] = value
    path = elf.write(tmp_path / "claims")
    assert run(path).console == "Hello\n"
    ran = run_tender(checked_tender.tender, "--mem=2", path)
    assert "Device 'storage' of type BLOCK_BASIC declared but not attached." in ran.messages


def test_pages_of_the_file_elsewhere(
    run: Callable[[Path], Ran], image: Path, tmp_path: Path
) -> None:
    """Segments whose bytes cannot be mapped, as the file's pages are not memory's, are read."""
    elf = Elf(image)
    for program in elf.programs("PT_LOAD"):
        start, size = program["p_offset"], program["p_filesz"]
        program["p_offset"] = len(elf.data) + 1
        elf.data += b"?" + elf.data[start : start + size]
    assert run(elf.write(tmp_path / "moved")).console == "Hello\n"


def test_random_damage(run: Callable[[Path], Ran], image: Path, tmp_path: Path) -> None:
    """Bytes changed at random in the part that the tender reads: whatever becomes of the guest, the
    tender's own sanitizers have nothing to say."""
    chance = random.Random(20260101)
    whole = image.read_bytes()
    refused = 0
    for _ in range(250):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 1, 2, 8))):
            data[chance.randrange(0x300)] = chance.choice(
                (0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256))
            )
        path = tmp_path / "random"
        path.write_bytes(data)
        ran = run(path)
        assert "Sanitizer" not in ran.messages, (data[:0x300], ran)
        assert "runtime error" not in ran.messages, (data[:0x300], ran)
        if ran.messages:
            assert ran.status == 1
            refused += 1
    assert refused > 100
