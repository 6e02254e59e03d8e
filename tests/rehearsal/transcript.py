"""What a command printed, and what README promises of it."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import datetime
from itertools import pairwise

LOG = re.compile(r"^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d-00:00): \[INFO\] \[application\] hello$")


def follow(command: list[str]) -> tuple[list[str], int]:
    """Each line that `command` prints, which is shown as it comes; and its exit status."""
    lines = []
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        text=True, errors="replace",
    ) as process:  # fmt: skip
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line.rstrip("\n"))
            sys.stdout.write(line)
            sys.stdout.flush()
    return lines, process.returncode


def complaints(target: str, lines: list[str], status: int) -> list[str]:
    """What is not as README says."""
    found = [] if status == 0 else [f"exit status {status}"]
    if target == "hello":
        # When they were written: how soon they are read is the machine's affair.
        at = [datetime.fromisoformat(log[1]) for line in lines if (log := LOG.match(line))]
        gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(at)]
        if len(at) != 4:
            found.append(f"{len(at)} log lines, not four")
        # Of whole seconds; a busy machine may be late, but not every time.
        elif min(gaps) < 1 or min(gaps) > 2:
            found.append(f"log lines that are {gaps} seconds apart, not about one each")
    return found
