"""The guest's side of spt: what the Solo5 API does in our tender, and what holds the guest."""

from __future__ import annotations

import signal
import time

import pytest

from tests.support.spt import Spt


@pytest.mark.parametrize("level", ["info", "debug"])
def test_boot_messages(spt_tender: Spt, level: str) -> None:
    ran = spt_tender.run(spt_tender.image("arguments"), args=[f"--solo5:{level}", "a"])
    lines = ran.console.splitlines()
    assert lines[0] == "mirage: spt, memory ends at 0x200000"
    assert lines[-2:] == ["[a]", "mirage: exit 0x0"]


@pytest.mark.parametrize(
    ("arguments", "seen"),
    [
        ([], ""),
        (["a", "b  c", "", "d"], "a b  c  d"),
        (["--", "--mem=7", "--help"], "-- --mem=7 --help"),
        (["--solo5:quiet", "--solo5:warn", "a"], "a"),
        (["--solo5:error"], ""),
        (["  --solo5:quiet\ta"], "a"),
        (["--solo5:quietly"], "--solo5:quietly"),
        (["--solo5:qui"], "--solo5:qui"),
        (["a", "--solo5:info"], "a --solo5:info"),
    ],
)
def test_arguments(spt_tender: Spt, arguments: list[str], seen: str) -> None:
    ran = spt_tender.run(spt_tender.image("arguments"), args=arguments)
    assert (ran.status, ran.console) == (0, f"[{seen}]\n")


def test_longest_arguments(spt_tender: Spt) -> None:
    ran = spt_tender.run(spt_tender.image("arguments"), args=["x" * 8000, "y" * 190])
    assert (ran.status, len(ran.console)) == (0, 8191 + len("[]\n"))


@pytest.mark.parametrize("mem", [2, 3, 64])
def test_memory(spt_tender: Spt, mem: int) -> None:
    ran = spt_tender.run(spt_tender.image("memory"), mem=mem)
    assert (ran.status, ran.console) == (0, "SUCCESS\n")


def test_too_little_memory(spt_tender: Spt) -> None:
    """An image that fits, with hardly anything left for heap and stack."""
    image = spt_tender.image("memory", "-DROOM=1000000")
    ran = spt_tender.run(image)
    assert ran.status == 255
    assert ran.console.startswith("mirage: ABORT: not enough memory")
    assert spt_tender.run(image, mem=3).status == 0


def test_clocks(spt_tender: Spt) -> None:
    before = int(time.time())
    ran = spt_tender.run(spt_tender.image("clocks"))
    wall, result = ran.console.splitlines()
    assert (ran.status, result) == (0, "SUCCESS")
    assert before <= int(wall) <= time.time()


def test_stack_protector_differs(spt_tender: Spt) -> None:
    """Another value in every run, with a zero in its second byte and elsewhere as it comes."""
    image = spt_tender.image("guard")
    values = {int(spt_tender.run(image).console) for _ in range(8)}
    assert len(values) == 8
    assert all(value & 0xFF00 == 0 and value >> 32 for value in values)


def test_32_bit_system_call(spt_tender: Spt) -> None:
    """Kernels that have none of them fault."""
    ran = spt_tender.run(spt_tender.image("calls"), args=["32-bit-exit"])
    assert ran.status in {-signal.SIGSYS, -signal.SIGSEGV}
    assert ran.console == ""
