"""Every rule notices an image that breaks it, and each of our images breaks none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mirage_py import catalog
from tests.contract.rules import MULTIBOOT_MAGIC, violations
from tests.support.bench import Bench
from tests.support.elf import ABI_NOTE, MANIFEST_NOTE, Elf, Fields
from tests.support.expect import Run, runs
from tests.support.programs import PROGRAMS, ROOT, build_image
from tests.support.unikernel import Unikernels

TARGETS = catalog.targets(catalog.share())
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").rglob("expect.toml"))
IMAGES = {f"{run.program}-{'-'.join(list(run.devices)[:2])}": run for run in runs(PROGRAMS)}
"""A run of each image of the programs in C: they differ in devices, too."""


@pytest.mark.parametrize("run", IMAGES.values(), ids=list(IMAGES))
@pytest.mark.parametrize("target", sorted(TARGETS))
def test_programs_in_c(bench: Bench, target: str, run: Run) -> None:
    path = bench.programs(target).image(run.program, **run.devices)
    assert violations(path, TARGETS[target].abi) == []


@pytest.mark.parametrize("target", sorted(TARGETS))
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_examples(target: str, example: Path, unikernels: Unikernels) -> None:
    path = unikernels.build(example, target, beside=TARGETS).path
    assert violations(path, TARGETS[target].abi) == []


@pytest.fixture(scope="module")
def images(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A C program with two devices, for each ABI that has rules of its own."""
    folder = tmp_path_factory.mktemp("contract")
    return {
        target: build_image(
            folder / f"hello.{target}", PROGRAMS / "hello.c", target, storage="block", service="net"
        )
        for target in ("spt", "unix", "virtio")
    }


def put(fields: Callable[[Elf], Fields], name: str, value: int | bytes) -> Callable[[Elf], None]:
    return lambda elf: fields(elf).__setitem__(name, value)


def load(number: int) -> Callable[[Elf], Fields]:
    return lambda elf: elf.programs("PT_LOAD")[number]


def note(kind: int) -> Callable[[Elf], Fields]:
    return lambda elf: elf.note(kind)


def note_program(kind: int) -> Callable[[Elf], Fields]:
    return lambda elf: elf.note_program(kind)


def entry(number: int) -> Callable[[Elf], Fields]:
    return lambda elf: elf.entry(number)


def header(elf: Elf) -> Fields:
    return elf.header


def hide(kind: str) -> Callable[[Elf], None]:
    def change(elf: Elf) -> None:
        for program in elf.programs(kind):
            program["p_type"] = 0

    return change


def abi_note_first(elf: Elf) -> None:
    first, other = elf.programs("PT_NOTE")[0], elf.note_program(ABI_NOTE)
    for field in ("p_offset", "p_filesz"):
        first[field], other[field] = other[field], first[field]


def notes_in_one(elf: Elf) -> None:
    """What linkers do unless they are told otherwise."""
    first, other = elf.note_program(ABI_NOTE), elf.note_program(MANIFEST_NOTE)
    first["p_filesz"] = other["p_offset"] + other["p_filesz"] - first["p_offset"]
    other["p_type"] = 0


def descend(elf: Elf) -> None:
    first, second = elf.programs("PT_LOAD")[:2]
    for field in first.layout:
        first[field], second[field] = second[field], first[field]


BROKEN: dict[str, Callable[[Elf], None]] = {
    "it is not an ELF file": lambda elf: elf.data.__setitem__(0, 0),
    "class is 1, not 2": put(header, "class", 1),
    "data is 2, not 1": put(header, "data", 2),
    "ident_version is 0, not 1": put(header, "ident_version", 0),
    "e_type is 3, not 2": put(header, "e_type", 3),
    "e_machine is 183, not 62": put(header, "e_machine", 183),
    "e_version is 0, not 1": put(header, "e_version", 0),
    "e_ehsize is 52, not 64": put(header, "e_ehsize", 52),
    "e_phentsize is 32, not 56": put(header, "e_phentsize", 32),
    "it has no program headers": put(header, "e_phnum", 0),
    "its program headers are cut off": put(header, "e_phoff", 1 << 40),
    "it has no segment to load": hide("PT_LOAD"),
    "it wants a dynamic linker": put(lambda elf: elf.programs("PT_TLS")[0], "p_type", 2),
    "it ends at 0x200001000 and cannot run in 2 MB": put(load(2), "p_vaddr", 0x200000000),
    "its entry point is not in code": put(header, "e_entry", 0x100200),
    "segment 0 is not aligned to pages": put(load(0), "p_align", 16),
    "segment 1 is not aligned to pages": put(load(1), "p_align", 0x1001),
    "segment 0 is below 0x100000": put(load(0), "p_vaddr", 0xFFFF0),
    "segment 1 is not above the one before it, on pages of its own": descend,
    "segment 2 has no bytes in the file: loaders pass over it": put(load(2), "p_filesz", 0),
    "segment 2 is larger in the file than in memory": put(load(2), "p_memsz", 1),
    "segment 2 is cut off": put(load(2), "p_offset", 1 << 40),
    "segment 1 is writable and executable": put(load(1), "p_flags", 7),
    "segment 0 is not readable": put(load(0), "p_flags", 0),
    "it has 0 interpreters, not one": hide("PT_INTERP"),
    "its interpreter could exist": lambda elf: elf.data.__setitem__(
        elf.programs("PT_INTERP")[0]["p_offset"], ord(".")
    ),
    "the first note does not say that it is not OpenBSD's": abi_note_first,
    "note 1 is shorter than a note's header": put(note_program(ABI_NOTE), "p_filesz", 19),
    "note 1 does not fill its PT_NOTE: a loader would not see what follows": notes_in_one,
    "it has no ABI note": put(note(ABI_NOTE), "n_name", b"Solo"),
    "its ABI note is not spt's": put(lambda elf: elf.abi, "abi_version", 3),
    "it has no manifest": put(note(MANIFEST_NOTE), "n_type", 1),
    "its manifest is of version 2": put(lambda elf: elf.manifest, "version", 2),
    "its manifest of 4 entries has 324 bytes": put(lambda elf: elf.manifest, "entries", 4),
    "manifest entry 1 is filled in already": put(entry(1), "attached", 1),
    "manifest entry 0 is not the reserved one": put(entry(0), "type", 1),
    "manifest entry 2 has a name that options cannot say": put(entry(2), "name", b"a-b"),
    "manifest entry 1 is of unknown type 9": put(entry(1), "type", 9),
    "two devices have one name": put(entry(1), "name", b"service"),
}


def multiboot(elf: Elf) -> Fields:
    at = elf.data.index(MULTIBOOT_MAGIC.to_bytes(4, "little"))
    names = ("magic", "flags", "sum", "here", "start", "load_end", "end", "entry")
    return Fields(elf.data, at, {name: (4 * number, "I") for number, name in enumerate(names)})


BROKEN_FOR: dict[str, dict[str, Callable[[Elf], None]]] = {
    "spt": BROKEN,
    "unix": {
        "it has an interpreter: it cannot be run": put(
            lambda elf: elf.programs("PT_TLS")[0], "p_type", 3
        ),
        "segment 1 does not lie in its page as it does in the file": put(
            load(1), "p_vaddr", 0x103008
        ),
        "nothing says that its stack is not executable": hide("PT_GNU_STACK"),
    },
    "virtio": {
        "it has no multiboot header where loaders look": put(multiboot, "magic", 0),
        "its multiboot header's sum is wrong": put(multiboot, "sum", 0),
        "its multiboot header does not say where it is to lie": put(multiboot, "flags", 2),
        "segment 2 is copied elsewhere: the file is one piece to loaders": put(
            load(2), "p_vaddr", 0x108000
        ),
        "its first segment is not loaded": put(multiboot, "start", 0x101000),
        "its last segment is not loaded": put(multiboot, "load_end", 0x101000),
        "its last segment is not cleared": put(multiboot, "end", 0x104010),
        "its multiboot entry point is not in code": put(multiboot, "entry", 0x100000),
    },
}


@pytest.mark.parametrize(
    ("target", "violation"),
    [(target, violation) for target, broken in BROKEN_FOR.items() for violation in broken],
)
def test_rule_notices(images: dict[str, Path], tmp_path: Path, target: str, violation: str) -> None:
    elf = Elf(images[target])
    assert violations(images[target], target) == []
    BROKEN_FOR[target][violation](elf)
    assert violation in violations(elf.write(tmp_path / "broken"), target)


def test_other_target(images: dict[str, Path]) -> None:
    assert violations(images["spt"], "hvt") == ["its ABI note is not hvt's"]
