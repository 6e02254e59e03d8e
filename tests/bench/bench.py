"""Measure, and print what was measured beside the goals.

python -m tests.bench.bench [--starts N] [--mem MB] [--json FILE]
                            [--no-builds] [--no-counts] [--no-targets]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.bench import builds, report, starts, targets
from tests.bench.programs import programs
from tests.bench.starts import Program
from tests.support.instructions import Counter, Counts

TOOLS = {
    ("perf", "stat", "-x,", "-e", "instructions:u"): r"^(\d+),",
    ("valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"): (
        r"I\s+refs:\s+([\d,]+)"
    ),
}
"""What else counts instructions, and where the number stands in its messages."""


def counted(program: Program, counter: Counter) -> Counts | None:
    """The program's instructions: step by step, unless that would take minutes."""
    if program.entry or "python" not in Path(program.argv[0]).name:
        return counter.count(program.argv, entry=program.entry)
    total = by_tool(program.argv)
    return None if total is None else Counts(0, 0, total, 0)


def by_tool(argv: Sequence[str]) -> int | None:
    """Instructions in user mode: by perf, if the machine has counters, else by valgrind, if it is
    installed."""
    for tool, pattern in TOOLS.items():
        try:
            done = subprocess.run([*tool, *argv], check=True, capture_output=True, text=True)
        except (OSError, subprocess.CalledProcessError):
            continue
        if found := re.search(pattern, done.stderr, re.MULTILINE):
            return int(found[1].replace(",", ""))
    return None


def least_memory(program: Program) -> int:
    """The least --mem with which the program ends well."""
    for mem in range(1, 65):
        argv = [program.argv[0], f"--mem={mem}", *program.argv[2:]]
        if subprocess.run(argv, check=False, capture_output=True).returncode == 0:
            return mem
    raise RuntimeError(f"{program.name} does not run in 64 MB")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--starts", type=int, default=300, help="starts of each program")
    parser.add_argument("--mem", type=int, default=2, help="memory of the guests, in MB")
    parser.add_argument("--no-builds", action="store_true", help="leave builds out")
    parser.add_argument("--no-targets", action="store_true", help="leave other targets out")
    parser.add_argument("--no-counts", action="store_true", help="leave instructions out")
    parser.add_argument("--json", type=Path, help="also write everything to this file")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="mirage-py-bench.") as name:
        folder = Path(name)
        compared = programs(folder, options.mem)
        counter = None if options.no_counts else Counter.build(folder)
        measured = starts.measure(compared, options.starts)
        if counter:
            measured = [replace(one, counts=counted(one.program, counter)) for one in measured]
        guests = {one.name.split(",")[0]: one for one in reversed(compared) if one.image}
        sizes = {what: one.image.stat().st_size for what, one in guests.items() if one.image}
        least = {what: least_memory(one) for what, one in guests.items()}
        each = [] if options.no_targets else targets.measure(folder / "targets", options.starts)
        built = None if options.no_builds else builds.measure(folder / "builds")

    print(f"{platform.platform()}, {os.cpu_count()} processors; {options.starts} starts in turns,")
    print(f"guests with --mem={options.mem}\n")
    print(report.table(report.start_lines(measured)))
    lines = [["", "bytes", "least --mem"]]
    lines += [[f"{what}, image", f"{sizes[what]:,}", str(least[what])] for what in sizes]
    print("\n" + report.table(lines))
    if each:
        print("\n" + report.table(targets.lines(each)))
    found = report.figures(measured, sizes, least, built, each)
    print("\n" + report.goals(found))
    if options.json:
        everything = report.as_json(measured, sizes, least, built, each)
        options.json.write_text(json.dumps(everything, indent=2) + "\n")


if __name__ == "__main__":
    main()
