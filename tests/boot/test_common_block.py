"""Block devices of what is a process of Linux: an image in our spt tender, and one for unix."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.spt import Spt
from tests.support.unikernel import Ran
from tests.support.unix import Unix

Process = Spt | Unix


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    path = tmp_path / "disk.img"
    path.write_bytes(bytes(64 * 1024))
    return path


def blocks(process: Process, what: str, *options: str) -> Ran:
    return process.run(process.image("blocks", storage="block"), *options, args=[what])


def says(process: Process, ran: Ran) -> str:
    """The one line of messages that ran, without the name of who says it."""
    name, _, text = ran.messages.rstrip("\n").partition(": ")
    assert name == process.speaker(Path("blocks.unix"))
    return text


@pytest.mark.parametrize("size", [512, 4096, 32768])
def test_write_and_read_back(process: Process, disk: Path, size: int) -> None:
    options = [f"--block:storage={disk}", f"--block-sector-size:storage={size}"]
    for what in ("write", "read"):
        ran = blocks(process, what, *options)
        assert (ran.status, ran.console) == (0, f"65536/{size}\nSUCCESS\n")
    expected = [
        (number * 31 + at * 7 + 1) & 255 for number in range(65536 // size) for at in range(size)
    ]
    assert disk.read_bytes() == bytes(expected)


def test_sector_size_may_come_first(process: Process, disk: Path) -> None:
    options = ["--block-sector-size:storage=1024", f"--block:storage={disk}"]
    assert blocks(process, "", *options).console == "65536/1024\nSUCCESS\n"


def test_calls_that_are_refused(process: Process, disk: Path) -> None:
    ran = blocks(process, "wrong", f"--block:storage={disk}")
    assert (ran.status, ran.console) == (0, "65536/512\nSUCCESS\n")
    assert disk.read_bytes() == bytes(65536)


def test_capacity_beyond_32_bits(process: Process, disk: Path) -> None:
    with disk.open("r+b") as file:
        file.truncate(5 << 30)
    ran = blocks(process, "wrong", f"--block:storage={disk}")
    assert (ran.status, ran.console) == (0, f"{5 << 30}/512\nSUCCESS\n")


@pytest.mark.parametrize("size", ["256", "521", "0", "65536", "-512", "512x", " 512", "4096k"])
def test_wrong_sector_size(process: Process, disk: Path, size: str) -> None:
    options = [f"--block:storage={disk}", f"--block-sector-size:storage={size}"]
    ran = blocks(process, "", *options)
    assert ran.status == 1
    assert "Block size must be a multiple of 2 greater than or equal 512" in ran.messages


@pytest.mark.parametrize(
    ("length", "message"),
    [
        (512 * 3, "storage: Backing storage size must be block aligned (4096 bytes)"),
        (0, "storage: Backing storage must be at least 1 block (4096 bytes) in size"),
    ],
)
def test_wrong_capacity(process: Process, disk: Path, length: int, message: str) -> None:
    disk.write_bytes(bytes(length))
    ran = blocks(process, "", f"--block:storage={disk}", "--block-sector-size:storage=4096")
    assert (ran.status, says(process, ran)) == (1, message)


def test_what_is_no_disk(process: Process, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for path, reason in (
        (tmp_path / "none", "No such file or directory"),
        (tmp_path, "Is a directory"),
        (pipe, "neither a file nor a disk"),
        (loop, "Too many levels of symbolic links"),
        (Path("/dev/null"), "neither a file nor a disk"),
        (Path("/proc/self/mem/x"), "Not a directory"),
        (tmp_path / ("x" * 300), "File name too long"),
    ):
        ran = blocks(process, "", f"--block:storage={path}")
        assert ran.status == 1
        assert says(process, ran) == f"Could not open block device: {path}: {reason}"
