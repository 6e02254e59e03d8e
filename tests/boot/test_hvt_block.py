"""Block devices of hvt under a real KVM."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.hvt import Hvt
from tests.support.unikernel import Ran


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    path = tmp_path / "disk.img"
    path.write_bytes(bytes(64 * 1024))
    return path


def blocks(hvt: Hvt, what: str, *options: str) -> Ran:
    return hvt.run(hvt.image("blocks", storage="block"), *options, args=[what])


@pytest.mark.parametrize("size", [512, 4096, 32768])
def test_write_and_read_back(hvt: Hvt, disk: Path, size: int) -> None:
    options = [f"--block:storage={disk}", f"--block-sector-size:storage={size}"]
    for what in ("write", "read"):
        ran = blocks(hvt, what, *options)
        assert (ran.status, ran.console) == (0, f"65536/{size}\nSUCCESS\n")
    expected = [
        (number * 31 + at * 7 + 1) & 255 for number in range(65536 // size) for at in range(size)
    ]
    assert disk.read_bytes() == bytes(expected)


def test_calls_that_are_refused(hvt: Hvt, disk: Path) -> None:
    ran = blocks(hvt, "wrong", f"--block:storage={disk}")
    assert (ran.status, ran.console) == (0, "65536/512\nSUCCESS\n")
    assert disk.read_bytes() == bytes(65536)


def test_capacity_beyond_32_bits(hvt: Hvt) -> None:
    ran = hvt.run(
        hvt.image("blocks", storage="block"), "--block:storage=large", args=["last"],
        before="truncate -s 5G large",
    )  # fmt: skip
    assert (ran.status, ran.console) == (0, f"{5 << 30}/512\nSUCCESS\n")


def test_most_devices(hvt: Hvt, tmp_path: Path) -> None:
    """63 devices. The last of them is the one that is used."""
    names = [f"disk{number}" for number in range(62)] + ["storage"]
    for name in names:
        (tmp_path / name).write_bytes(bytes(2048))
    image = hvt.image("blocks", **dict.fromkeys(names, "block"))
    options = [f"--block:{name}={tmp_path / name}" for name in names]
    for what in ("write", "read", "wrong"):
        ran = hvt.run(image, *options, args=[what])
        assert (ran.status, ran.console) == (0, "2048/512\nSUCCESS\n")
    assert (tmp_path / "disk61").read_bytes() == bytes(2048)
    assert (tmp_path / "storage").read_bytes() != bytes(2048)
