"""The figures as tables for people, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from tests.bench.builds import Builds
from tests.bench.starts import Starts
from tests.bench.targets import Measured


@dataclass(frozen=True)
class Figure:
    """A figure beside the goal that was set for it: at most this much, or at least."""

    name: str
    value: float
    goal: float
    unit: str = ""
    remark: str = ""
    at_least: bool = False

    def line(self) -> list[str]:
        good = self.value >= self.goal if self.at_least else self.value <= self.goal
        goal = f"{'at least' if self.at_least else 'at most'} {self.number(self.goal)}"
        reached = "reached" if good else "missed"
        return [self.name, self.number(self.value), goal, reached, self.remark]

    def number(self, value: float) -> str:
        text = f"{value:,.0f}" if float(value).is_integer() else f"{value:.2f}"
        return f"{text} {self.unit}".strip()


IMAGE_SIZES = {"hvt": 280_000, "virtio": 330_000}
"""Goals for the stripped images of targets, in bytes."""
LEAST_MEMORY = 2
"""The goal for each target, in MB."""


def figures(
    starts: Sequence[Starts],
    sizes: dict[str, int],
    least_mem: dict[str, int],
    builds: Builds | None,
    targets: Sequence[Measured],
) -> list[Figure]:
    """What has a goal."""
    wall = {one.program.name: one.wall for one in starts}
    ours = wall["Python print, mirage-spt"]
    found = [
        Figure("Python print / C hello, in mirage-spt", ours / wall["C hello, mirage-spt"], 1.10),
        Figure("Python print / static C return 0", ours / wall["static C return 0"], 1.50),
        Figure("stripped image, Python print", sizes["Python print"], 270_000, "bytes"),
        Figure("least --mem, Python print", least_mem["Python print"], LEAST_MEMORY, "MB"),
    ]
    for one in targets:
        if goal := IMAGE_SIZES.get(one.target):
            found.append(Figure(f"stripped image, {one.target}", one.python.size, goal, "bytes"))
        memory = one.python.least_memory
        found.append(Figure(f"least --mem, {one.target}", memory, LEAST_MEMORY, "MB"))
    if builds is not None:
        goals = {
            "first build, sources cached": (builds.first, 40),
            "second target after the first": (builds.second_target, 3),
            "second project's first build": (builds.second_project, 3),
            "rebuild after an edit": (builds.edit, 1),
        }
        found += [
            Figure(name, one.wall, goal, "s", f"{one.cpu:.1f} s of processors")
            for name, (one, goal) in goals.items()
        ]
    return found


def start_lines(starts: Sequence[Starts]) -> list[list[str]]:
    """One line a program: times in microseconds, instructions."""
    lines = [["exec to exit, us", "median", "least", "p95", "cpu", "instructions", "of the guest"]]
    for one in starts:
        counted = one.counts
        guests = f"{counted.guest:,}" if counted and one.program.entry else ""
        lines.append(
            [
                one.program.name,
                *(f"{value:,.0f}" for value in (one.wall, one.least, one.p95, one.cpu)),
                f"{counted.total:,}" if counted else "not counted",
                guests,
            ]
        )
    return lines


def table(lines: list[list[str]]) -> str:
    """Columns: the first to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def goals(figures: Sequence[Figure]) -> str:
    """A table of figures beside their goals."""
    return table([["", "measured", "goal", "", ""], *(one.line() for one in figures)])


def as_json(
    starts: Sequence[Starts],
    sizes: dict[str, int],
    least_mem: dict[str, int],
    builds: Builds | None,
    targets: Sequence[Measured],
) -> dict[str, object]:
    """Everything measured, every single start included."""
    return {
        "starts": {
            one.program.name: {
                "argv": one.program.argv,
                "microseconds": [asdict(each) for each in one.each],
                "instructions": asdict(one.counts) if one.counts else None,
            }
            for one in starts
        },
        "sizes": sizes,
        "least_mem": least_mem,
        "builds": asdict(builds) if builds else None,
        "targets": [asdict(one) for one in targets],
        "figures": [asdict(one) for one in figures(starts, sizes, least_mem, builds, targets)],
    }
