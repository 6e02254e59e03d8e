"""Block devices in our spt tender."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.support.spt import Spt
from tests.support.unikernel import Ran


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    path = tmp_path / "disk.img"
    path.write_bytes(bytes(64 * 1024))
    return path


def blocks(spt: Spt, what: str, *options: str) -> Ran:
    return spt.run(spt.image("blocks", storage="block"), *options, args=[what])


@pytest.mark.parametrize("size", [512, 4096, 32768])
def test_write_and_read_back(spt_tender: Spt, disk: Path, size: int) -> None:
    options = [f"--block:storage={disk}", f"--block-sector-size:storage={size}"]
    for what in ("write", "read"):
        ran = blocks(spt_tender, what, *options)
        assert (ran.status, ran.console) == (0, f"65536/{size}\nSUCCESS\n")
    expected = [
        (number * 31 + at * 7 + 1) & 255 for number in range(65536 // size) for at in range(size)
    ]
    assert disk.read_bytes() == bytes(expected)


def test_sector_size_may_come_first(spt_tender: Spt, disk: Path) -> None:
    options = ["--block-sector-size:storage=1024", f"--block:storage={disk}"]
    assert blocks(spt_tender, "", *options).console == "65536/1024\nSUCCESS\n"


def test_calls_that_are_refused(spt_tender: Spt, disk: Path) -> None:
    ran = blocks(spt_tender, "wrong", f"--block:storage={disk}")
    assert (ran.status, ran.console) == (0, "65536/512\nSUCCESS\n")
    assert disk.read_bytes() == bytes(65536)


def test_capacity_beyond_32_bits(spt_tender: Spt, disk: Path) -> None:
    """The filter compares offsets as 64-bit numbers."""
    with disk.open("r+b") as file:
        file.truncate(5 << 30)
    for what in ("good-call", "wrong"):
        assert blocks(spt_tender, what, f"--block:storage={disk}").status == 0
    assert blocks(spt_tender, "grow", f"--block:storage={disk}").status == -signal.SIGSYS


@pytest.mark.parametrize("what", ["grow", "grow-far", "short", "long"])
def test_calls_around_the_boot_code(spt_tender: Spt, disk: Path, what: str) -> None:
    ran = blocks(spt_tender, what, f"--block:storage={disk}")
    assert (ran.status, ran.console) == (-signal.SIGSYS, "")
    assert disk.read_bytes() == bytes(65536)


@pytest.mark.parametrize("size", ["256", "521", "0", "65536", "-512", "512x", " 512", "4096k"])
def test_wrong_sector_size(spt_tender: Spt, disk: Path, size: str) -> None:
    options = [f"--block:storage={disk}", f"--block-sector-size:storage={size}"]
    ran = blocks(spt_tender, "", *options)
    assert ran.status == 1
    assert "Block size must be a multiple of 2 greater than or equal 512" in ran.messages


@pytest.mark.parametrize(
    ("length", "message"),
    [
        (512 * 3, "storage: Backing storage size must be block aligned (4096 bytes)"),
        (0, "storage: Backing storage must be at least 1 block (4096 bytes) in size"),
    ],
)
def test_wrong_capacity(spt_tender: Spt, disk: Path, length: int, message: str) -> None:
    disk.write_bytes(bytes(length))
    ran = blocks(spt_tender, "", f"--block:storage={disk}", "--block-sector-size:storage=4096")
    assert (ran.status, ran.messages) == (1, f"mirage-spt: {message}\n")


def test_what_is_no_disk(spt_tender: Spt, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path, reason in (
        (tmp_path / "none", "No such file or directory"),
        (tmp_path, "Is a directory"),
        (pipe, "neither a file nor a disk"),
        (Path("/dev/null"), "neither a file nor a disk"),
    ):
        ran = blocks(spt_tender, "", f"--block:storage={path}")
        assert ran.status == 1
        assert ran.messages == f"mirage-spt: Could not open block device: {path}: {reason}\n"


def test_most_devices(spt_tender: Spt, tmp_path: Path) -> None:
    """63 devices: the longest filter there is. The last of them is the one that is used."""
    names = [f"disk{number}" for number in range(62)] + ["storage"]
    for name in names:
        (tmp_path / name).write_bytes(bytes(2048))
    image = spt_tender.image("blocks", **dict.fromkeys(names, "block"))
    options = [f"--block:{name}={tmp_path / name}" for name in names]
    for what in ("write", "read", "wrong"):
        ran = spt_tender.run(image, *options, args=[what])
        assert (ran.status, ran.console) == (0, "2048/512\nSUCCESS\n")
    assert (tmp_path / "disk61").read_bytes() == bytes(2048)
    assert (tmp_path / "storage").read_bytes() != bytes(2048)
