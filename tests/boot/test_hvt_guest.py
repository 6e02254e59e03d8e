"""The guest's side of hvt: what the Solo5 API does under a real KVM, in our tender and, where it is
installed, in the official one."""

from __future__ import annotations

import re
import time

import pytest

from tests.support.elf import Elf
from tests.support.hvt import Hvt

TABLES = "-DKEPT=0x10000"
"""Page tables stand between the image and its heap."""


@pytest.mark.parametrize("level", ["info", "debug"])
def test_boot_messages(hvt: Hvt, level: str) -> None:
    lines = hvt.run(hvt.image("arguments"), args=[f"--solo5:{level}", "a"]).lines
    assert lines[0] == "mirage: hvt, memory ends at 0x200000"
    assert lines[-2:] == ["[a]", "mirage: exit 0x0"]


@pytest.mark.parametrize(
    ("arguments", "seen"),
    [
        ([], ""),
        (["a", "b  c", "", "d"], "a b  c  d"),
        (["--", "--mem=7", "--help"], "-- --mem=7 --help"),
        (["--solo5:quiet", "--solo5:warn", "a"], "a"),
        (["--solo5:quietly"], "--solo5:quietly"),
        (["a", "--solo5:info"], "a --solo5:info"),
        (["x" * 8000, "y" * 190], "x" * 8000 + " " + "y" * 190),
    ],
)
def test_arguments(hvt: Hvt, arguments: list[str], seen: str) -> None:
    ran = hvt.run(hvt.image("arguments"), args=arguments)
    assert (ran.status, ran.console) == (0, f"[{seen}]\n")


@pytest.mark.parametrize("mem", [2, 4, 64, 1024, 4096])
def test_memory(hvt: Hvt, mem: int) -> None:
    """All of it, and at any size that tenders give."""
    flags = ["-DSTEP=0x200000"] if mem > 64 else []
    ran = hvt.run(hvt.image("memory", TABLES, *flags), mem=mem)
    assert (ran.status, ran.console) == (0, "SUCCESS\n")


def test_image_larger_than_a_page_table(hvt: Hvt) -> None:
    """Its data lies in several regions of 2 MiB."""
    ran = hvt.run(hvt.image("memory", TABLES, "-DROOM=5000000"), mem=8)
    assert (ran.status, ran.console) == (0, "SUCCESS\n")


def test_too_little_memory(hvt: Hvt) -> None:
    """An image that fits, with hardly anything left for heap and stack."""
    image = hvt.image("memory", TABLES, "-DROOM=1000000")
    ran = hvt.run(image)
    assert ran.status == 255
    assert ran.console.startswith("mirage: ABORT: not enough memory")
    assert hvt.run(image, mem=4).status == 0


def test_clocks(hvt: Hvt) -> None:
    before = int(time.time())
    ran = hvt.run(hvt.image("clocks"))
    wall, result = ran.lines
    assert (ran.status, result) == (0, "SUCCESS")
    assert before - 1 <= int(wall) <= time.time() + 1


def test_stack_protector_is_random(hvt: Hvt) -> None:
    values = {hvt.run(hvt.image("guard")).console for _ in range(4)}
    assert len(values) == 4


def test_registers(hvt: Hvt) -> None:
    """What is printed when the guest's code is wrong: what and where, then every register."""
    image = hvt.image("faults")
    ran = hvt.run(image, args=["undefined"])
    assert ran.status == 255
    first, *rest = ran.lines
    found = re.fullmatch(r"mirage: ABORT: exception #UD at 0x(\w+)", first)
    assert found
    code = next(s for s in Elf(image).programs("PT_LOAD") if s["p_flags"] & 1)
    assert 0 <= int(found[1], 16) - code["p_vaddr"] < code["p_filesz"]
    registers = dict(re.findall(r" (\w+) 0x(\w+)", "\n".join(rest)))
    assert set(registers) == {
        "rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "rsp", "r8", "r9", "r10", "r11", "r12",
        "r13", "r14", "r15", "code", "rflags", "cs", "ss",
    }  # fmt: skip
    values = [registers[name] for name in ("rax", "rbx", "r8", "r15", "code", "cs", "ss")]
    assert values == ["aaaa", "bbbb", "1111", "1515", "0", "8", "10"]
    assert 0x100000 < int(registers["rsp"], 16) < 0x200000
