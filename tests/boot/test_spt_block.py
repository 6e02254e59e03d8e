"""The filter of system calls that block devices in our spt tender have."""

from __future__ import annotations

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


def test_capacity_beyond_32_bits(spt_tender: Spt, disk: Path) -> None:
    """The filter compares offsets as 64-bit numbers."""
    with disk.open("r+b") as file:
        file.truncate(5 << 30)
    assert blocks(spt_tender, "good-call", f"--block:storage={disk}").status == 0
    assert blocks(spt_tender, "grow", f"--block:storage={disk}").status == -signal.SIGSYS


@pytest.mark.parametrize("what", ["grow", "grow-far", "short", "long"])
def test_calls_around_the_boot_code(spt_tender: Spt, disk: Path, what: str) -> None:
    ran = blocks(spt_tender, what, f"--block:storage={disk}")
    assert (ran.status, ran.console) == (-signal.SIGSYS, "")
    assert disk.read_bytes() == bytes(65536)


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
