"""What a tender and its host are to an image: clocks, boot arguments, disks, chance."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mirage_py.shim.disks import Disk, Tree

Hook = Callable[[], object]
BEGINNING = 1_767_225_600_000_000_000
"""2026-01-01 00:00:00 UTC, in nanoseconds: when the time of a test begins."""


class HostClock:
    """The host's own clocks."""

    @property
    def wall_ns(self) -> int:
        """Nanoseconds since 1970-01-01 00:00 UTC."""
        return time.time_ns()

    @property
    def monotonic_ns(self) -> int:
        """Nanoseconds since some moment; never goes back."""
        return time.monotonic_ns()


@dataclass
class Clock:
    """Clocks that stand still until they are moved."""

    wall_ns: int = BEGINNING
    """Nanoseconds since 1970-01-01 00:00 UTC. It can be set."""
    monotonic_ns: int = 0
    """Nanoseconds since the boot."""

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        passed = -(-int(seconds * 1e12) // 1000)  # rounded up, for sleepers wake late, never early
        self.wall_ns += passed
        self.monotonic_ns += passed


@dataclass
class Machine:
    """One of them. Drivers ask `current`."""

    clock: HostClock | Clock = field(default_factory=HostClock)
    args: dict[str, Any] = field(default_factory=dict)
    """Boot arguments that were given, by name."""
    project: Path | None = None
    """The folder of its config.py."""
    disks: dict[str, Disk] = field(default_factory=dict)
    trees: list[Tree] = field(default_factory=list)
    random_bytes: Callable[[int], bytes] = os.urandom
    enter: Hook | None = None
    """What is called before the event loop waits."""
    leave: Hook | None = None
    """What is called after that."""
    at_exit: Hook | None = None


def predictable(clock: Clock, args: dict[str, Any], project: Path | None) -> Machine:
    """A machine on which everything happens the same way each time."""
    return Machine(clock, args, project, random_bytes=random.Random(0).randbytes)  # noqa: S311 - the same numbers in each run


current = Machine()
