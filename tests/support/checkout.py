"""This checkout, and commands that work on copies of it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "build", "dist", "_build", "test_results", "__pycache__", ".*_cache",
    "mirage-py.lock",
)  # fmt: skip
"""What is in a checkout that was worked in, and not in one that is new."""


def run(*command: str | Path, cwd: Path | None = None, timeout: int = 600) -> str:
    """Run a command that has to succeed; what it printed."""
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=timeout, cwd=cwd,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout
