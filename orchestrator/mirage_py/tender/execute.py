"""Running what was asked for, to its end."""

from __future__ import annotations

import logging
import subprocess
import tempfile
from pathlib import Path

from mirage_py.catalog.targets import Machine
from mirage_py.support import process
from mirage_py.tender.command import Request, command

log = logging.getLogger("mirage_py")

ABORTED = 255


def execute(request: Request, timeout: float | None = None) -> int:
    """Run the image; its exit status, or that of the tender if it got no further. Raises
    TimeoutError if it takes longer than `timeout` seconds."""
    with tempfile.TemporaryDirectory(prefix="mirage-py-") as folder:
        chosen = command(request, Path(folder))
        code = process.foreground(
            chosen.argv, chosen.descriptors, stdin=subprocess.DEVNULL, timeout=timeout
        )
        return code if chosen.machine is None else ended(chosen.machine, code, chosen.status)


def ended(machine: Machine, code: int, status: Path | None) -> int:
    """What a machine's end means: the status that the image told, or else the program's."""
    told = status.read_bytes() if status and status.exists() else b""
    if told:
        return told[-1]
    if code == machine.success:
        return 0
    if code == 0:
        log.error("the machine was reset, or switched off, before the image came to its end")
        return ABORTED
    return code
