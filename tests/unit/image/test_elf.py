"""Reading images back: what they say, and what is said of files that are none."""

from __future__ import annotations

import json
import random
import subprocess
import zlib
from pathlib import Path

import pytest

from mirage_py.cli.inspect import information, lines, texts
from mirage_py.image import elf
from mirage_py.image.link import INFO_SECTION
from tests.support.elf import ABI_NOTE, Elf
from tests.support.programs import PROGRAMS, build_image


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("elf") / "memory.spt"
    return build_image(path, PROGRAMS / "memory.c", "spt", service="net", storage="block")


def test_contents(image: Path) -> None:
    contents = elf.read(image)
    assert (contents.target, contents.abi_version) == ("spt", 2)
    assert contents.devices == (elf.Device("service", "net"), elf.Device("storage", "block"))
    assert [segment.permissions for segment in contents.segments] == ["r--", "r-x", "rw-"]
    code, data = contents.segments[1:]
    assert code.address <= contents.entry < code.address + code.size
    assert data.size - data.file_size >= 40000
    sizes = {section.name: section for section in contents.sections}
    assert sizes[".bss"].size >= 40000
    assert not sizes[".bss"].in_file
    assert sizes[".text"].in_file
    assert sizes[".text"].size == code.size
    assert ".symtab" not in sizes


def test_without_sections(image: Path, tmp_path: Path) -> None:
    """Loaders do not need the section table, so reading does not either."""
    copy = Elf(image)
    copy.data[40:48] = bytes(8)
    copy.data[58:64] = bytes(6)
    contents = elf.read(copy.write(tmp_path / "image"))
    assert (contents.target, contents.sections) == ("spt", ())


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it is not an ELF file"),
        (b"#!/bin/sh\n", "it is not an ELF file"),
        (b"\x7fELF", "the ELF file is damaged"),
        (b"\x7fELF\x02\x01\x01" + bytes(20), "the ELF file is damaged"),
    ],
)
def test_no_image(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    with pytest.raises(elf.NotAnImage, match=f"file is not an image: {why}"):
        elf.read(path)


def test_program_of_the_host() -> None:
    with pytest.raises(elf.NotAnImage, match="it has no Solo5 ABI note"):
        elf.read(Path("/bin/sh"))


def test_every_length(image: Path, tmp_path: Path) -> None:
    """A file that is cut off anywhere gives this error, or is read; never another error."""
    data = image.read_bytes()
    path = tmp_path / "cut"
    read = 0
    for size in [*range(0, 1200, 7), *range(1200, len(data), 501)]:
        path.write_bytes(data[:size])
        try:
            elf.read(path)
            read += 1
        except elf.NotAnImage:
            continue
    assert read == 0


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("abi_target", 99, "its target has the unknown number 99"),
        ("n_type", 1, "it has no Solo5 ABI note"),
        ("n_descsz", 4, "its ABI note is too short"),
    ],
)
def test_abi_note(image: Path, tmp_path: Path, field: str, value: int, why: str) -> None:
    copy = Elf(image)
    fields = copy.abi if field == "abi_target" else copy.note(ABI_NOTE)
    fields[field] = value
    with pytest.raises(elf.NotAnImage, match=why):
        elf.read(copy.write(tmp_path / "image"))


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("entries", 2, "of the wrong size"),
        ("entries", 0xFFFFFFFF, "of the wrong size"),
        ("version", 2, "not of version 1"),
    ],
)
def test_manifest(image: Path, tmp_path: Path, field: str, value: int, why: str) -> None:
    copy = Elf(image)
    copy.manifest[field] = value
    with pytest.raises(elf.NotAnImage, match=why):
        elf.read(copy.write(tmp_path / "image"))


def test_reserved_entry(image: Path, tmp_path: Path) -> None:
    copy = Elf(image)
    copy.entry(0)["type"] = 1
    with pytest.raises(elf.NotAnImage, match="reserved entry"):
        elf.read(copy.write(tmp_path / "image"))


@pytest.mark.parametrize("field", ["p_filesz", "p_offset"])
@pytest.mark.parametrize("value", [1 << 24, 1 << 40, 1 << 63])
def test_beyond_the_file(image: Path, tmp_path: Path, field: str, value: int) -> None:
    copy = Elf(image)
    copy.note_program(ABI_NOTE)[field] = value
    with pytest.raises(elf.NotAnImage, match="beyond the end of the file"):
        elf.read(copy.write(tmp_path / "image"))


def test_mutations(image: Path, tmp_path: Path) -> None:
    """Whatever is changed in an image, it is read or it is said to be damaged: no other error, and
    no memory or time beyond what a file of that size can need."""
    source = {"name": "py", "version": "1", "licence": "MIT", "texts": ["Be nice."]}
    about = {"archives": {"a": 1}, "toolchain": {"linker": "ld"}, "sources": [source]}
    info, whole = tmp_path / "info", tmp_path / "whole"
    info.write_bytes(zlib.compress(json.dumps(about).encode()))
    command = ["objcopy", f"--add-section={INFO_SECTION}={info}", str(image), str(whole)]
    subprocess.run(command, check=True, timeout=20)
    content = whole.read_bytes()
    assert information(whole) == about
    # Where the meaning is: the headers, the notes, and at the end the section table.
    table = int.from_bytes(content[40:48], "little")
    places = [*range(600), *range(table - 600, len(content))]
    dice = random.Random(5)
    path = tmp_path / "mutated"
    read = 0
    for _ in range(600):
        data = bytearray(content)
        for _ in range(dice.choice((1, 1, 2, 8))):
            at, width = dice.choice(places), dice.choice((1, 2, 4, 8))
            value = dice.choice((0, 1, (1 << (8 * width)) - 1, dice.getrandbits(8 * width)))
            data[at : at + width] = value.to_bytes(width, "little")
        path.write_bytes(data)
        try:
            found = elf.read(path)
            about = information(path)
        except elf.NotAnImage:
            continue
        read += 1
        assert [*lines(path, found, about), *texts(about)]
    assert 0 < read < 600
