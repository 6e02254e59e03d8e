"""The guest's side of unix: what the Solo5 API does in a program of Linux."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.running import running
from tests.support.unix import Unix

PATIENCE = 20


def test_boot_messages(unix: Unix) -> None:
    ran = unix.run(unix.image("arguments"), args=["--solo5:info", "a"])
    lines = ran.console.splitlines()
    assert lines[0] == "mirage: unix, memory ends at 0x200000"
    assert lines[-2:] == ["[a]", "mirage: exit 0x0"]


@pytest.mark.parametrize("mem", [2, 3, 64])
def test_memory(unix: Unix, mem: int) -> None:
    ran = unix.run(unix.image("memory"), mem=mem)
    assert (ran.status, ran.console) == (0, "SUCCESS\n")


def test_too_little_memory(unix: Unix) -> None:
    """An image that fits, with hardly anything left for heap and stack."""
    image = unix.image("memory", "-DROOM=980000")
    ran = unix.run(image)
    assert ran.status == 255
    assert ran.console.startswith("mirage: ABORT: not enough memory")
    assert unix.run(image, mem=3).status == 0


def test_clocks(unix: Unix) -> None:
    before = int(time.time())
    ran = unix.run(unix.image("clocks"))
    wall, result = ran.console.splitlines()
    assert (ran.status, result) == (0, "SUCCESS")
    assert before <= int(wall) <= time.time()


def test_stack_protector_differs(unix: Unix) -> None:
    image = unix.image("guard")
    values = {int(unix.run(image).console) for _ in range(8)}
    assert len(values) == 8
    assert all(value & 0xFF00 == 0 and value >> 32 for value in values)


@pytest.fixture
def sleeping(unix: Unix) -> Iterator[subprocess.Popen[str]]:
    """A guest that sleeps."""
    with running([unix.image("sleeps")]) as guest:
        assert guest.stdout
        assert guest.stdout.readline() == "sleeping\n"
        yield guest


def test_sleep_is_sleep(sleeping: subprocess.Popen[str]) -> None:
    stat = Path(f"/proc/{sleeping.pid}/stat")
    before = stat.read_text(encoding="utf-8").split()[13:15]
    time.sleep(0.5)
    after = stat.read_text(encoding="utf-8").split()[13:15]
    assert sum(map(int, after)) - sum(map(int, before)) <= 1


def test_interrupt_ends_it(sleeping: subprocess.Popen[str]) -> None:
    sleeping.send_signal(signal.SIGINT)
    assert sleeping.wait(PATIENCE) == -signal.SIGINT


def test_memory_is_never_writable_and_executable(sleeping: subprocess.Popen[str]) -> None:
    """As the kernel has it: image, heap, and the stack that Linux gave."""
    maps = Path(f"/proc/{sleeping.pid}/maps").read_text(encoding="utf-8").splitlines()
    low = [line.split()[:2] for line in maps if int(line.split("-")[0], 16) < 0x20000000]
    assert [permissions for _, permissions in low][:3] == ["r--p", "r-xp", "rw-p"]
    assert low[0][0].startswith("00100000-")
    assert low[-1][0].endswith("-20000000")
    assert not [line for line in maps if "wx" in line.split()[1]]


def test_memory_costs_when_it_is_touched(sleeping: subprocess.Popen[str]) -> None:
    """512 MB by default, of which next to nothing is there."""
    status = Path(f"/proc/{sleeping.pid}/status").read_text(encoding="utf-8")
    fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    assert int(fields["VmSize"].split()[0]) > 500 * 1024
    assert int(fields["VmRSS"].split()[0]) < 4 * 1024


def test_no_undefined_behaviour(unix: Unix, tmp_path: Path) -> None:
    """Boot code that stops at undefined behaviour, which a program that has some shows, runs."""
    flags = ("-fsanitize=undefined", "-fsanitize-undefined-trap-on-error", "-Wno-error")
    for program in ("memory", "clocks", "arguments"):
        assert unix.run(unix.image(program, *flags), "--mem=3", args=["a", "b"]).status == 0
    disk = tmp_path / "disk.img"
    disk.write_bytes(bytes(2048))
    image = unix.image("blocks", *flags, storage="block")
    for what in ("write", "read", "wrong"):
        assert unix.run(image, f"--block:storage={disk}", args=[what]).status == 0
    ran = unix.run(image, f"--block:storage={disk}", "--mem=18446744073709551616")
    assert (ran.status, ran.messages) == (1, "blocks.unix: Malformed argument to --mem\n")
    assert unix.run(unix.image("undefined", *flags)).status == -signal.SIGILL
    assert unix.run(unix.image("undefined")).status == 0
