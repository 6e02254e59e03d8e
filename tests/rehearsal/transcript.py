"""What a command printed and when, and what README promises of it."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from itertools import pairwise

LOG = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-00:00: \[INFO\] \[application\] hello$")

Lines = list[tuple[float, str]]


def follow(command: list[str]) -> tuple[Lines, int]:
    """Each line that `command` prints, shown, with the second it came at; and its exit status."""
    lines: Lines = []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        text=True, errors="replace",
    ) as process:  # fmt: skip
        assert process.stdout is not None
        for line in process.stdout:
            lines.append((time.monotonic(), line.rstrip("\n")))
            sys.stdout.write(line)
            sys.stdout.flush()
    return lines, process.returncode


def complaints(target: str, lines: Lines, status: int) -> list[str]:
    """What is not as README says."""
    found = [] if status == 0 else [f"exit status {status}"]
    if target == "hello":
        at = [second for second, line in lines if LOG.match(line)]
        gaps = [later - earlier for earlier, later in pairwise(at)]
        if len(at) != 4:
            found.append(f"{len(at)} log lines, not four")
        if not all(0.8 < gap < 1.6 for gap in gaps):
            found.append(f"log lines that are {gaps} seconds apart, not about one each")
    return found
