"""Counting the instructions of a program in user mode, exactly, on any machine.

    counter = Counter.build(folder)
    counts = counter.count(["/bin/mirage-spt", "--mem=2", "hello.spt"], entry=entry_of(image))
    counts.start      # from the guest's first instruction to its first write to the console

Many machines, virtual ones above all, offer no hardware counters. So a small C program steps
through the other (instructions.c): some 10 microseconds for each, the same number every time.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from elftools.elf.elffile import ELFFile

SOURCE = Path(__file__).with_suffix(".c")
TIMEOUT = 300
"""Seconds that counting one run may take."""


@dataclass(frozen=True)
class Counts:
    """Instructions of one run, up to and including each system call."""

    before: int
    """Until the guest's entry: what the tender executes, its dynamic loader included."""
    start: int
    """From the guest's entry until it wants to write to the console for the first time."""
    rest: int
    """From that first write to the end."""
    status: int
    """The exit status, or the negative number of the signal that ended the program."""

    @property
    def guest(self) -> int:
        return self.start + self.rest

    @property
    def total(self) -> int:
        return self.before + self.guest


@dataclass(frozen=True)
class Counter:
    """The built program that counts."""

    program: Path

    @classmethod
    def build(cls, folder: Path) -> Counter:
        program = folder / "instructions"
        subprocess.run(
            ["cc", "-O2", "-Wall", "-Wextra", "-Werror", SOURCE, "-o", program], check=True
        )
        return cls(program)

    def count(self, argv: Sequence[str | Path], *, entry: int = 0) -> Counts:
        """The instructions of `argv`, whose first word is a path. Without an `entry` everything
        counts as the guest's."""
        done = subprocess.run(
            [self.program, hex(entry), *argv],
            check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True, timeout=TIMEOUT,
        )  # fmt: skip
        before, start, rest, status = (int(word) for word in done.stderr.splitlines()[-1].split())
        return Counts(before, start, rest, status)


def entry_of(image: Path) -> int:
    """The address of an image's first instruction."""
    with image.open("rb") as file:
        return int(ELFFile(file).header["e_entry"])
