"""Times from exec to exit, of several programs in turns, so that what disturbs one disturbs all."""

from __future__ import annotations

import gc
import os
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.instructions import Counts

ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}


@dataclass(frozen=True)
class Program:
    """A command whose starts are measured."""

    name: str
    argv: tuple[str, ...]
    entry: int = 0
    """Address of a guest's first instruction; 0 for a process of its own."""
    image: Path | None = None


@dataclass(frozen=True)
class Start:
    """One start, in microseconds."""

    wall: float
    """From exec to exit."""
    cpu: float
    """Of which it ran, in user mode and in the kernel: other load disturbs this less."""


@dataclass(frozen=True)
class Starts:
    """The starts of one program, and its instructions."""

    program: Program
    each: tuple[Start, ...]
    counts: Counts | None = None

    @property
    def wall(self) -> float:
        """Median."""
        return statistics.median(one.wall for one in self.each)

    @property
    def cpu(self) -> float:
        """Median."""
        return statistics.median(one.cpu for one in self.each)

    @property
    def least(self) -> float:
        return min(one.wall for one in self.each)

    @property
    def p95(self) -> float:
        return statistics.quantiles([one.wall for one in self.each], n=20)[-1]


def measure(programs: Sequence[Program], rounds: int) -> list[Starts]:
    """In every round each program starts once, in an order of its own: what comes after CPython
    finds the caches cold and its share of the processor used up."""
    taken: dict[str, list[Start]] = {program.name: [] for program in programs}
    order = list(programs)
    shuffle = random.Random(0).shuffle
    for program in programs:
        start(program)  # once into the page cache
    gc.disable()
    for _ in range(rounds):
        shuffle(order)
        for program in order:
            taken[program.name].append(start(program))
    gc.enable()
    return [Starts(program, tuple(taken[program.name])) for program in programs]


def start(program: Program) -> Start:
    """Start a program and wait for its end. The console is /dev/null."""
    quiet = [(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)]
    before = time.perf_counter_ns()
    pid = os.posix_spawn(program.argv[0], program.argv, ENVIRONMENT, file_actions=quiet)
    _, status, used = os.wait4(pid, 0)
    after = time.perf_counter_ns()
    if status != 0:
        raise RuntimeError(f"{' '.join(program.argv)} ended with {status:#x}")
    return Start((after - before) / 1000, (used.ru_utime + used.ru_stime) * 1e6)
