"""What `run` says of memory and KVM before it starts."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from mirage_py import catalog
from mirage_py.image.elf import Contents, Segment
from mirage_py.support.errors import MirageError
from mirage_py.tender import kvm
from mirage_py.tender.needs import check_kvm, check_memory
from tests.support.programs import ROOT

MIB = 1 << 20
TARGET = catalog.targets(ROOT)["spt"]


def image(end: int) -> Contents:
    """An image that ends at that address."""
    segments = (Segment(MIB, 1, 1, 0, "r-x"), Segment(MIB + 4096, end - MIB - 4096, 1, 1, "rw-"))
    return Contents("spt", 2, (), MIB, segments, ())


def messages(mistakes: list[MirageError]) -> list[tuple[str, str | None]]:
    return [(mistake.message, mistake.hint) for mistake in mistakes]


@pytest.mark.parametrize(
    ("end", "step", "least"),
    [
        (MIB + 8192, 1, 2),  # the target's own minimum
        (2 * MIB - 65536, 1, 2),
        (2 * MIB - 65535, 1, 3),  # room for the least heap is over by a byte
        (2 * MIB - 65535, 2, 4),
        (40 * MIB, 1, 41),
        (700 * MIB, 2, 702),
    ],
)
def test_memory(end: int, step: int, least: int) -> None:
    target = replace(TARGET, memory_step=step)
    assert list(check_memory(image(end), target, least)) == []
    ((message, hint),) = messages(list(check_memory(image(end), target, least - 1)))
    assert message.startswith(f"`--mem={least - 1}` is too little: ")
    assert hint == f"give it `--mem={least}` or more"
    given_nothing = list(check_memory(image(end), target, None))
    assert bool(given_nothing) is (least > 512)


def test_message_says_what_takes_the_memory() -> None:
    ((message, _),) = messages(list(check_memory(image(5 * MIB), TARGET, 4)))
    assert message == "`--mem=4` is too little: this image alone takes 5.0 MB"


@pytest.mark.parametrize(
    ("there", "rights", "why"),
    [
        (False, True, "there is no {}"),
        (True, False, "this user may not open {}"),
        (True, True, "{} runs no code here"),
    ],
)
def test_kvm(
    there: bool, rights: bool, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is not KVM, one that may not be opened, none at all."""
    device = tmp_path / "kvm"
    if there:
        device.write_bytes(b"")
    monkeypatch.setattr(kvm, "DEVICE", device)
    monkeypatch.setattr(os, "access", lambda *_: rights)
    monkeypatch.setenv(kvm.OVERRIDE, "0")
    ((message, hint),) = messages(list(check_kvm(replace(TARGET, needs_kvm=True))))
    assert message.startswith(f"an image for `spt` needs KVM, and {why.format(device)}")
    assert str(hint).endswith("; or build for another target")
    assert list(check_kvm(replace(TARGET, needs_kvm=False))) == []
    monkeypatch.setenv(kvm.OVERRIDE, "1")
    assert list(check_kvm(replace(TARGET, needs_kvm=True))) == []


def test_hvt_needs_kvm() -> None:
    """And nothing else does."""
    needing = {name for name, target in catalog.targets(ROOT).items() if target.needs_kvm}
    assert needing == {"hvt"}
