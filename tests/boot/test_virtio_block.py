"""Block devices of virtio."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest

from tests.support.unikernel import Ran
from tests.support.virtio import Virtio

MACHINES = ["pc", "q35"]
KINDS = [
    pytest.param([], id="events"),
    pytest.param([("virtio-blk-pci,", "virtio-blk-pci,event_idx=off,")], id="no-events"),
    pytest.param([("virtio-blk-pci,", "virtio-blk-pci,queue-size=4,seg-max-adjust=on,")], id="4"),
    pytest.param([("virtio-blk-pci,", "virtio-blk-pci,ioeventfd=off,")], id="no-ioeventfd"),
    pytest.param([("virtio-blk-pci,", "virtio-blk-pci,queue-size=1024,")], id="1024"),
]


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    path = tmp_path / "disk.img"
    path.write_bytes(bytes(64 * 1024))
    return path


def blocks(virtio: Virtio, what: str, disk: Path, *options: str, **more: object) -> Ran:
    return virtio.run(
        virtio.image("blocks", storage="block"),
        f"--block:storage={disk}", *options,
        args=[what], **more,
    )  # fmt: skip


def pattern(size: int) -> bytes:
    """What blocks.c writes."""
    return bytes(
        (number * 31 + at * 7 + 1) & 255 for number in range(65536 // size) for at in range(size)
    )


@pytest.mark.parametrize("size", [512, 4096, 32768])
def test_write_and_read_back(virtio: Virtio, disk: Path, size: int) -> None:
    for what in ("write", "read"):
        ran = blocks(virtio, what, disk, f"--block-sector-size:storage={size}")
        assert (ran.status, ran.console) == (0, f"65536/{size}\nSUCCESS\n")
    assert disk.read_bytes() == pattern(size)


@pytest.mark.parametrize("changes", KINDS)
def test_kinds_of_devices(virtio: Virtio, disk: Path, changes: list[tuple[str, str]]) -> None:
    for what in ("write", "read"):
        ran = blocks(virtio, what, disk, changes=changes)
        assert (ran.status, ran.console) == (0, "65536/512\nSUCCESS\n"), ran
    assert disk.read_bytes() == pattern(512)


def test_least_memory(virtio: Virtio, disk: Path) -> None:
    ran = blocks(virtio, "write", disk, mem=2)
    assert (ran.status, ran.console) == (0, "65536/512\nSUCCESS\n")


def test_calls_that_are_refused(virtio: Virtio, disk: Path) -> None:
    ran = blocks(virtio, "wrong", disk)
    assert (ran.status, ran.console) == (0, "65536/512\nSUCCESS\n")
    assert disk.read_bytes() == bytes(65536)


def test_capacity_beyond_32_bits(virtio: Virtio, disk: Path) -> None:
    with disk.open("r+b") as file:
        file.truncate(5 << 40)
    ran = blocks(virtio, "wrong", disk)
    assert (ran.status, ran.console) == (0, f"{5 << 40}/512\nSUCCESS\n")


def test_part_of_a_block(virtio: Virtio, disk: Path) -> None:
    """What does not fill a block at the end is not there."""
    with disk.open("r+b") as file:
        file.truncate(4096 * 2 + 512)
    ran = blocks(virtio, "", disk, changes=[("block_size=512", "block_size=4096")])
    assert (ran.status, ran.console) == (0, "8192/4096\nSUCCESS\n")


def test_names_of_files(virtio: Virtio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """QEMU reads meaning into commas and colons."""
    monkeypatch.chdir(tmp_path)
    path = Path("nbd:a, b=c,,d")
    path.write_bytes(bytes(65536))
    assert blocks(virtio, "write", path).status == 0
    assert path.read_bytes() == pattern(512)


def two_disks(virtio: Virtio, folder: Path, what: str, **more: object) -> Ran:
    for name, size in (("a.img", 8192), ("b.img", 4096)):
        (folder / name).write_bytes(bytes(size))
    return virtio.run(
        virtio.image("disks", first="block", second="block"),
        f"--block:second={folder / 'b.img'}", f"--block:first={folder / 'a.img'}",
        args=[what], **more,
    )  # fmt: skip


@pytest.mark.parametrize("machine", MACHINES)
def test_two_disks(virtio: Virtio, tmp_path: Path, machine: str) -> None:
    """Given in another order than that of the manifest."""
    ran = two_disks(virtio, tmp_path, "", machine=machine)
    assert (ran.status, ran.console) == (0, "SUCCESS\n")
    for name, first, count in (("a.img", 1, 16), ("b.img", 100, 8)):
        expected = b"".join(bytes([first + number] * 512) for number in range(count))
        assert (tmp_path / name).read_bytes() == expected


@pytest.mark.parametrize(
    "what", ["into-constant", "into-null", "into-boot-codes", "over-the-end", "from-beyond"]
)
def test_memory_that_is_not_the_callers(virtio: Virtio, tmp_path: Path, what: str) -> None:
    ran = two_disks(virtio, tmp_path, what)
    assert ran.status == 255
    assert ran.console == "mirage: ABORT: block: the memory given is not the caller's\n"


def test_host_that_refuses(virtio: Virtio, tmp_path: Path) -> None:
    changes = [("if=none,", "if=none,readonly=on,")]
    ran = two_disks(virtio, tmp_path, "fails", changes=changes)
    assert (ran.status, ran.console) == (0, "SUCCESS\n")


def test_waiting_leaves_the_processor_alone(virtio: Virtio, disk: Path) -> None:
    """The host is slow: 128 blocks at 100 a second."""
    changes = [("if=none,", "if=none,throttling.iops-total=100,")]
    with virtio.running(
        virtio.image("blocks", storage="block"),
        f"--block:storage={disk}", args=["write"], changes=changes,
    ) as child:  # fmt: skip
        start = time.monotonic()
        _, _, usage = os.wait4(child.pid, 0)
        took = time.monotonic() - start
    assert took > 1
    assert usage.ru_utime + usage.ru_stime < took / 2
    assert disk.read_bytes() == pattern(512)


def test_devices_of_another_kind(virtio: Virtio, disk: Path) -> None:
    """Neither a device that is not in the manifest nor one of a kind that is unknown is touched."""
    extra = [
        "-device", "virtio-rng-pci,addr=10", "-device", "virtio-balloon-pci,addr=11",
        "-netdev", "user,id=more,restrict=on",
        "-device", "virtio-net-pci,netdev=more,romfile=,addr=12",
    ]  # fmt: skip
    ran = blocks(virtio, "write", disk, extra=extra)
    assert ran.status == 0
    assert re.fullmatch(
        "mirage: the manifest has no entry for the device at PCI 0x[0-9a-f]+\n65536/512\nSUCCESS\n",
        ran.console,
    )
    assert disk.read_bytes() == pattern(512)


def test_device_without_the_interface(virtio: Virtio, disk: Path) -> None:
    changes = [("virtio-blk-pci", "virtio-blk-pci-non-transitional")]
    ran = blocks(virtio, "", disk, changes=changes)
    assert ran.status == 255
    assert re.fullmatch(
        r"mirage: no legacy interface \(disable-legacy=off\) to the device at PCI 0x[0-9a-f]+\n"
        "mirage: ABORT: no virtio device for the block device `storage`\n",
        ran.console,
    )


def test_device_that_is_missing(virtio: Virtio, disk: Path) -> None:
    changes = [("virtio-blk-pci,drive=storage,addr=2,queue-size=16,", "scsi-hd,drive=storage,")]
    ran = blocks(virtio, "", disk, changes=changes, extra=["-device", "virtio-scsi-pci"])
    assert ran.status == 255
    assert ran.console == "mirage: ABORT: no virtio device for the block device `storage`\n"


@pytest.mark.parametrize(
    ("machine", "bridge"), [("pc", "pci-bridge,chassis_nr=1"), ("q35", "pcie-pci-bridge")]
)
def test_device_behind_a_bridge(virtio: Virtio, disk: Path, machine: str, bridge: str) -> None:
    changes = [("virtio-blk-pci,", "virtio-blk-pci,bus=bridge,")]
    extra = ["-device", f"{bridge},id=bridge"]
    ran = blocks(virtio, "write", disk, machine=machine, changes=changes, extra=extra)
    assert (ran.status, ran.console) == (0, "65536/512\nSUCCESS\n")
    assert disk.read_bytes() == pattern(512)
