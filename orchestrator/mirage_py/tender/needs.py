"""What an image needs of the machine beside its devices: memory, and KVM."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mirage_py.support.errors import MirageError
from mirage_py.tender import kvm, mend

if TYPE_CHECKING:
    from mirage_py.catalog import Target
    from mirage_py.image.elf import Contents

MIB = 1 << 20
DEFAULT_MEMORY = 512
"""MiB that tenders give when they are not told."""
LEAST_HEAP = 1 << 16
"""Bytes behind an image below which boot code does not start it."""


class TooLittleMemory(MirageError):
    def __init__(self, memory: int, least: int, why: str) -> None:
        super().__init__(
            f"`--mem={memory}` is too little: {why}", hint=f"give it `--mem={least}` or more"
        )


class NoKvm(MirageError):
    """KVM is needed and cannot be used, why, and what to do."""

    def __init__(self, target: str, why: str, hint: str) -> None:
        super().__init__(f"an image for `{target}` needs KVM, and {why}", hint=hint)


def check_memory(image: Contents, target: Target, given: int | None) -> Iterator[MirageError]:
    """Whether there is enough memory for an image to be loaded and to start."""
    memory = DEFAULT_MEMORY if given is None else given
    end = max((one.address + one.size for one in image.segments), default=0)
    # Where memory comes in steps, what is over is not used.
    steps = -(-(end + LEAST_HEAP) // (target.memory_step * MIB))
    least = max(target.min_memory, steps * target.memory_step)
    if memory >= least:
        return
    why = f"an image for `{target.name}` needs at least {least} MB"
    if least > target.min_memory:
        why = f"this image alone takes {end / MIB:.1f} MB"
    yield TooLittleMemory(memory, least, why)


def check_kvm(target: Target) -> Iterator[MirageError]:
    """Whether KVM can be used, for a target that needs it."""
    obstacle = kvm_obstacle() if target.needs_kvm else None
    if obstacle:
        why, hint = obstacle
        yield NoKvm(target.name, why, f"{hint}; or build for another target")


def kvm_obstacle() -> tuple[str, str] | None:
    """Why KVM cannot be used, and what to do; None if a virtual CPU runs."""
    if kvm.works():
        return None
    if not kvm.DEVICE.exists():
        why = f"there is no {kvm.DEVICE}"
        hint = f"`{mend.as_root('modprobe', 'kvm')}`, with virtualisation enabled in the firmware"
    elif not os.access(kvm.DEVICE, os.R_OK | os.W_OK):
        why, hint = f"this user may not open {kvm.DEVICE}", mend.join_group_of(kvm.DEVICE)
    else:
        why = f"{kvm.DEVICE} runs no code here, or not at the processor's speed"
        hint = (
            "enable virtualisation in the firmware, or nested virtualisation in the host; "
            f"{kvm.OVERRIDE}=1 tries all the same"
        )
    return why, hint
