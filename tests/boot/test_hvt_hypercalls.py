"""Guests that are bent on harm: our tender does not trust a number of theirs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.hvt import Hvt, tap
from tests.support.unikernel import Ran


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    path = tmp_path / "disk.img"
    path.write_bytes(bytes(64 * 1024))
    return path


def attempt(hvt: Hvt, disk: Path, what: str) -> Ran:
    return hvt.run(
        hvt.image("hypercalls", storage="block", service="net"),
        f"--block:storage={disk}", "--net:service=tap0", args=[what],
        before=tap("tap0"),
    )  # fmt: skip


@pytest.mark.parametrize("what", ["refused", "strict"])
def test_refused(mirage_hvt: Hvt, disk: Path, what: str) -> None:
    ran = attempt(mirage_hvt, disk, what)
    assert (ran.status, ran.console, ran.messages) == (0, "SUCCESS\n", "")
    assert disk.read_bytes() == bytes(65536)


def test_allowed(mirage_hvt: Hvt, disk: Path) -> None:
    ran = attempt(mirage_hvt, disk, "allowed")
    assert (ran.status, ran.console) == (0, "odd\nSUCCESS\n")
    assert len(disk.read_bytes()) == 65536


@pytest.mark.parametrize(("what", "status"), [("large-status", 7), ("cookie", 3)])
def test_halt(mirage_hvt: Hvt, disk: Path, what: str, status: int) -> None:
    ran = attempt(mirage_hvt, disk, what)
    assert (ran.status, ran.console) == (status, "")


@pytest.mark.parametrize(
    "what",
    [
        "call-beyond", "call-far-beyond", "call-across-end", "call-into-code",
        "call-into-constant", "puts-beyond", "puts-across-end", "puts-wraps", "puts-all",
        "puts-negative", "block-read-beyond", "block-read-across-end", "block-read-into-code",
        "block-read-across-code", "block-write-beyond", "net-write-beyond", "net-write-wraps",
        "net-read-beyond", "net-read-into-code", "cookie-beyond",
    ],
)  # fmt: skip
def test_addresses(mirage_hvt: Hvt, disk: Path, what: str) -> None:
    ran = attempt(mirage_hvt, disk, what)
    assert (ran.status, ran.console) == (1, "")
    assert ran.messages.startswith("mirage-hvt: Invalid guest access: gpa=0x"), ran
    assert disk.read_bytes() == bytes(65536)


@pytest.mark.parametrize(
    ("what", "port"),
    [
        ("port-reserved", "500"), ("port-after-last", "509"), ("port-other", "3f8"),
        ("port-bytes", "501"), ("port-words", "501"), ("port-read", "501"),
    ],
)  # fmt: skip
def test_ports(mirage_hvt: Hvt, disk: Path, what: str, port: str) -> None:
    ran = attempt(mirage_hvt, disk, what)
    message = f"mirage-hvt: Invalid guest port access: port=0x{port}\n"
    assert (ran.status, ran.console, ran.messages) == (1, "", message)


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("halt-processor", "KVM: unhandled exit: exit_reason=0x5, rip=0x10"),
        ("triple-fault", "KVM: unhandled exit: exit_reason=0x8, rip=0x"),
        ("write-code", "KVM: host/guest translation fault: rip=0x10"),
        ("write-constant", "KVM: host/guest translation fault: rip=0x10"),
        ("memory-beyond", "KVM: unhandled exit: exit_reason=0x6, rip=0x10"),
        ("memory-far-beyond", "KVM: unhandled exit: exit_reason=0x6, rip=0x10"),
    ],
)
def test_machine(mirage_hvt: Hvt, disk: Path, what: str, message: str) -> None:
    """A guest with page tables that let it do anything."""
    ran = attempt(mirage_hvt, disk, what)
    assert (ran.status, ran.console) == (1, "")
    assert ran.messages.startswith(f"mirage-hvt: {message}"), ran


def test_what_the_tender_wrote(mirage_hvt: Hvt, disk: Path) -> None:
    ran = attempt(mirage_hvt, disk, "tenders-tables")
    assert (ran.status, ran.console) == (0, "done\n")
