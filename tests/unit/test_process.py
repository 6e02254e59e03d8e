"""Programs that run for us end with what they run for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mirage_py.lock.toolchain import OVERRIDE
from mirage_py.support.fork import Fork
from mirage_py.support.process import end, foreground, run
from mirage_py.support.terminate import STATUS, Terminated, terminable

PATIENCE = 20
TELL = "echo $$ >number; mv number began"


def gone(number: int) -> bool:
    """Whether no process has that number."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    return False


@pytest.mark.parametrize("script", ["exec sleep 60", "trap '' TERM INT; while :; do sleep 1; done"])
def test_a_request_to_terminate_ends_what_runs(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What does not obey is killed; a second request does not disturb that."""
    monkeypatch.setattr("mirage_py.support.process.PATIENCE", 0.2)

    def main() -> int:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the second may come when all is over
        try:
            with terminable():
                run(["sh", "-c", f"{TELL}; {script}"], cwd=tmp_path)
        except Terminated:
            return STATUS
        return 0

    fork = Fork(main)
    while not (tmp_path / "began").exists():
        assert not fork.ended(0.01)
    number = int((tmp_path / "began").read_text())
    os.kill(fork.pid, signal.SIGTERM)
    os.kill(fork.pid, signal.SIGTERM)
    assert fork.ended(PATIENCE)
    assert (fork.status, gone(number)) == (128 + signal.SIGTERM, True)


def test_an_interrupt_while_it_is_ended_already(monkeypatch: pytest.MonkeyPatch) -> None:
    """What took too long has, whatever else comes."""

    def interrupted(child: subprocess.Popen[bytes]) -> int:
        os.kill(os.getpid(), signal.SIGINT)
        return end(child)

    monkeypatch.setattr("mirage_py.support.process.end", interrupted)

    def main() -> int:
        with pytest.raises(TimeoutError):
            foreground(["sleep", "60"], timeout=0.05)
        return 7

    fork = Fork(main)
    assert fork.ended(PATIENCE)
    assert fork.status == 7


def test_the_command_ends_with_its_tools(tmp_path: Path) -> None:
    """`mirage-py`, while a compiler runs for it."""
    (tmp_path / "cc").write_text(f"#!/bin/sh\ncd {tmp_path}; {TELL}; exec sleep 60\n")
    (tmp_path / "cc").chmod(0o755)
    (tmp_path / "config.py").write_text(
        'from mirage_py import *\nregister("t", [main("unikernel.start", job)])\n'
    )
    (tmp_path / "unikernel.py").write_text("def start(): pass\n")
    words = [sys.executable, "-m", "mirage_py", "-C", tmp_path, "build", "-t", "spt"]
    with subprocess.Popen(words, env={**os.environ, OVERRIDE: str(tmp_path / "cc")}) as child:
        while not (tmp_path / "began").exists():
            time.sleep(0.01)
            assert child.poll() is None
        number = int((tmp_path / "began").read_text())
        child.terminate()
        assert child.wait(PATIENCE) == STATUS
    assert gone(number)
