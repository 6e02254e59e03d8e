"""`run`: the tender's end is ours, whatever it is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from mirage_py.cli.at_boot import InterfaceAtBoot, refuse_strangers
from mirage_py.graph.model import Attachment
from mirage_py.support.errors import Position
from mirage_py.tender import kvm
from tests.support.images import image
from tests.support.running import running

COMMAND = [sys.executable, "-m", "mirage_py", "run"]
PATIENCE = 20


@pytest.fixture
def tender(tmp_path: Path):
    """Makes a tender that does what this shell script says, and the command that runs it."""

    def make(script: str) -> list[str]:
        path = tmp_path / "tender"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return [*COMMAND, f"--tender={path}", str(image(tmp_path / "x.spt", a="block"))]

    (tmp_path / "disk.img").write_bytes(bytes(512))
    return make


def test_status_and_streams(tender, tmp_path: Path) -> None:
    command = tender('echo "$@"; echo message >&2; exit 7')
    options = [f"--block:a={tmp_path}/disk.img", "--mem", "8", "--", "a b", "--help"]
    ran = subprocess.run(
        [*command, *options], capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert ran.returncode == 7
    expected = f'--mem=8 --block:a={tmp_path}/disk.img -- {tmp_path}/x.spt "a b" --help\n'
    assert (ran.stdout, ran.stderr) == (expected, "message\n")


def test_dry_run_is_a_line_to_paste(tender, tmp_path: Path) -> None:
    command = tender("exit 7")
    options = ["--dry-run", f"--block:a={tmp_path}/disk.img", "--", "a b"]
    ran = subprocess.run(
        [*command, *options], capture_output=True, text=True, check=False, timeout=PATIENCE
    )
    assert ran.returncode == 0
    line = f"{tmp_path}/tender --block:a={tmp_path}/disk.img -- {tmp_path}/x.spt '\"a b\"'\n"
    assert ran.stdout == line


def test_dry_run_needs_no_kvm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The line may be for another machine."""
    monkeypatch.setenv(kvm.OVERRIDE, "0")
    words = [*COMMAND, "--tender=true", str(image(tmp_path / "x.hvt", target="hvt"))]
    ran = subprocess.run([*words, "--dry-run"], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.endswith(f"/true -- {tmp_path}/x.hvt\n")
    ran = subprocess.run(words, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "needs KVM" in ran.stderr


def test_killed_by_a_signal(tender, tmp_path: Path) -> None:
    command = [*tender("kill -SYS $$"), f"--block:a={tmp_path}/disk.img"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert ran.returncode == 128 + signal.SIGSYS
    assert "was killed by SIGSYS" in ran.stderr


def test_a_reader_that_had_enough_is_no_error(tender, tmp_path: Path) -> None:
    command = [*tender("kill -PIPE $$"), f"--block:a={tmp_path}/disk.img"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert ran.returncode == 128 + signal.SIGPIPE
    assert ran.stderr == ""


@pytest.mark.parametrize(
    ("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 128 + signal.SIGTERM)]
)
@pytest.mark.parametrize("script", ["", "trap '' INT TERM"])
def test_an_interrupt_ends_the_tender(tender, tmp_path: Path, sent, status, script) -> None:
    """Sent to us alone, as by a supervisor; a tender that does not obey is killed."""
    command = [*tender(f"{script}\necho $$\nexec sleep 60"), f"--block:a={tmp_path}/disk.img"]
    with running(command) as child:
        assert child.stdout
        number = int(child.stdout.readline())
        child.send_signal(sent)
        assert child.wait(PATIENCE) == status
    assert gone(number)


def gone(number: int) -> bool:
    """Whether no process has that number any more, or soon has not."""
    for _ in range(100):
        try:
            os.kill(number, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize(
    ("word", "device"), [("--interface=tap7", "service"), ("--other-interface=tap7", "other")]
)
def test_an_interface_is_no_boot_argument(word: str, device: str) -> None:
    """MirageOS's name of one is answered by the option that is meant."""
    position = Position("config.py", 3)
    networks = [Attachment(name, "net", position) for name in ("service", "other")]
    graph = SimpleNamespace(arguments=(), manifest=networks, config=SimpleNamespace(keys=()))
    with pytest.raises(InterfaceAtBoot) as raised:
        refuse_strangers(cast("Any", graph), [word])
    assert raised.value.hint == f"give `--net:{device}=tap7` before the `--`"
