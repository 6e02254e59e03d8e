"""`run --gdb` where the debugger runs beside what runs the image."""

from __future__ import annotations

import os
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mirage_py.tender import kvm
from tests.support.images import image

COMMAND = [sys.executable, "-m", "mirage_py", "run", "--gdb", "x.hvt", "--mem=8"]
PATIENCE = 20
TENDER = 'echo "$@" >arguments; echo $$ >number.new; mv number.new number; exec sleep 60'
GDB = 'until [ -s number ]; do sleep 0.05; done; echo "$@"'


def program(path: Path, script: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An image, and its symbols, in a folder; a machine with KVM."""
    for name in ("x.hvt", "x.hvt.debug"):
        image(tmp_path / name, "hvt")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path}/bin:/usr/bin:/bin")
    monkeypatch.setenv(kvm.OVERRIDE, "1")


def gone(number: int) -> bool:
    """Whether no process has that number."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    return False


def test_both_run_and_end(tmp_path: Path) -> None:
    """The status is the debugger's; the tender, if it is still there, ends with it."""
    program(tmp_path / "bin" / "solo5-hvt-debug", TENDER)
    program(tmp_path / "bin" / "gdb", f"{GDB}; exit 3")
    ran = subprocess.run(
        [*COMMAND, "--", "a b"], capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert ran.returncode == 3, ran
    words = (tmp_path / "arguments").read_text().split(maxsplit=4)
    port = words[1].removeprefix("--gdb-port=")
    assert words == ["--gdb", f"--gdb-port={port}", "--mem=8", "--", 'x.hvt "a b"\n']
    assert 0 < int(port) < 65536
    assert ran.stdout == f"-q x.hvt.debug -ex target remote 127.0.0.1:{port}\n"
    assert gone(int((tmp_path / "number").read_text()))


@pytest.mark.parametrize(("sent", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 0)])
def test_signals(tmp_path: Path, sent: signal.Signals, status: int) -> None:
    """A request to end reaches the debugger. An interrupt, which it gets by itself, leaves us."""
    program(tmp_path / "bin" / "solo5-hvt-debug", TENDER)
    program(tmp_path / "bin" / "gdb", f"{GDB}; read line; exit 0")
    with subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout
        assert child.stdin
        child.stdout.readline()
        child.send_signal(sent)
        if sent == signal.SIGINT:
            time.sleep(0.2)
            assert child.poll() is None
            child.stdin.write("\n")
            child.stdin.flush()
        assert child.wait(PATIENCE) == status
    assert gone(int((tmp_path / "number").read_text()))


def test_dry_run_is_lines_to_paste(tmp_path: Path) -> None:
    program(tmp_path / "bin" / "mydebug", "")
    program(tmp_path / "bin" / "gdb", "")
    ran = subprocess.run(
        [*COMMAND, "--dry-run", "--tender=mydebug"],
        capture_output=True, text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip
    tender, gdb = ran.stdout.splitlines()
    assert shlex.split(tender)[0] == f"{tmp_path}/bin/mydebug"
    assert tender.endswith(" -- x.hvt &")
    port = shlex.split(tender)[2].removeprefix("--gdb-port=")
    assert shlex.split(gdb)[-1] == f"target remote 127.0.0.1:{port}"
