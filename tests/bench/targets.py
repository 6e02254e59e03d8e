"""Every target: how soon an image prints, how large it is, how little memory it starts in; beside a
program in C that is linked for the same target."""

from __future__ import annotations

import os
import shlex
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from mirage_py.tender import kvm
from mirage_py.tender.command import Request, command
from tests.bench.programs import build, write_project
from tests.support.bench import Bench
from tests.support.hvt import Tender
from tests.support.kvm import Machine, why_not
from tests.support.programs import PROGRAMS, ROOT, build_image, cc

HELPER = Path(__file__).with_name("first_print.c")
PACKAGES = ROOT / ".pytest_cache" / "d" / "kvm"
"""Where tests keep those of the machine with a KVM."""
MOST_MEMORY = 64
EMULATED_ROUNDS = 10
"""Starts where an emulator makes each a matter of a fraction of a second."""
PATIENCE = 300


@dataclass(frozen=True)
class Image:
    """What was measured of one image; times in microseconds."""

    first_print: list[float]
    """From exec to the first byte on standard output."""
    end: list[float]
    """From exec to exit."""
    size: int
    least_memory: int
    """MB."""


@dataclass(frozen=True)
class Measured:
    """A target, and where its images ran."""

    target: str
    where: str
    python: Image
    c: Image


def measure(folder: Path, rounds: int) -> list[Measured]:
    """Every target that can be run here."""
    folder.mkdir()
    machine = Machine(PACKAGES, folder)
    bench = Bench(folder, lambda: machine)
    cc("-O2", "-static", HELPER, "-o", folder / "first_print")
    try:
        return [
            measured(bench, target, folder, rounds)
            for target, about in bench.targets.items()
            if not about.needs_kvm or why_not() is None
        ]
    finally:
        machine.stop()


def measured(bench: Bench, target: str, folder: Path, rounds: int) -> Measured:
    """One target."""
    about = bench.targets[target]
    printer = build(write_project(folder / f"printer-{target}"), target)
    hello = build_image(folder / f"hello.{target}", PROGRAMS / "hello.c", target, "-s")
    images = [printer, hello]
    # fmt: off
    where, run = (
        ("a KVM that QEMU emulates", in_machine) if about.needs_kvm else
        ("QEMU, emulated", natively) if about.machine else
        ("natively", natively)
    )
    # fmt: on
    times = run(bench, target, images, rounds if where == "natively" else EMULATED_ROUNDS)
    python, c = (
        Image(
            [printed for printed, _ in each],
            [ended for _, ended in each],
            image.stat().st_size,
            least_memory(bench, image),
        )
        for image, each in zip(images, times, strict=True)
    )
    return Measured(target, where, python, c)


def least_memory(bench: Bench, image: Path) -> int:
    """The least --mem with which an image ends well."""
    step = bench.targets[image.suffix.removeprefix(".")].memory_step
    for mem in range(step, MOST_MEMORY + 1, step):
        if bench.run(image, mem=mem).status == 0:
            return mem
    raise RuntimeError(f"{image} does not run in {MOST_MEMORY} MB")


def natively(
    bench: Bench, target: str, images: Sequence[Path], rounds: int
) -> list[list[tuple[float, float]]]:
    """The times of each image, by the command that `mirage-py run` would run."""
    mem = bench.targets[target].min_memory
    with mock.patch.dict(os.environ, {kvm.OVERRIDE: "0"}):
        commands = [command(Request(image, target, mem)).argv for image in images]
    script = alternating(str(bench.root / "first_print"), commands, rounds)
    done = subprocess.run(
        ["sh", "-c", script], check=True, capture_output=True, text=True, timeout=PATIENCE,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return times_of(done.stdout, len(images))


def in_machine(
    bench: Bench, target: str, images: Sequence[Path], rounds: int
) -> list[list[tuple[float, float]]]:
    """The same in the machine that has a KVM, in our tender."""
    program = bench.tender(target, None)
    assert program
    tender = Tender.of(program)
    mem = bench.targets[target].min_memory
    names = [f"image{number}" for number in range(len(images))]
    commands = [[*shlex.split(tender.command), f"--mem={mem}", "--", name] for name in names]
    files = dict(zip(names, images, strict=True))
    files |= {**tender.files, "first_print": bench.root / "first_print"}
    ran = bench.machine().run(files, alternating("./first_print", commands, rounds), PATIENCE)
    return times_of(ran.console, len(images))


def alternating(helper: str, commands: Sequence[Sequence[str]], rounds: int) -> str:
    """Shell that starts each command once in every round. How a machine ends is its own affair."""
    lines = [f"{shlex.join([helper, *words])} || :" for words in commands]
    return "\n".join([f"for round in $(seq {rounds}); do", *lines, "done"])


def times_of(said: str, images: int) -> list[list[tuple[float, float]]]:
    """What `alternating` printed, by image."""
    times = [(float(first), float(end)) for first, end in map(str.split, said.splitlines())]
    assert len(times) % images == 0
    assert all(0 < first <= end for first, end in times)
    return [times[number::images] for number in range(images)]


def lines(found: Sequence[Measured]) -> list[list[str]]:
    """A table of them: medians."""
    table = [["start to first print, us", "Python", "C", "bytes", "C", "least --mem", "C", ""]]
    for one in found:
        times = [statistics.median(image.first_print) for image in (one.python, one.c)]
        table.append(
            [
                one.target,
                *(f"{time:,.0f}" for time in times),
                *(f"{image.size:,}" for image in (one.python, one.c)),
                *(str(image.least_memory) for image in (one.python, one.c)),
                one.where,
            ]
        )
    return table
