"""`mirage-py run` of an image that is a program of this machine, and so its own tender."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from mirage_py.tender.quote import quote_all
from tests.support.programs import PROGRAMS, build_image
from tests.support.running import running
from tests.support.unikernel import COMMAND, Unikernels, mirage_py
from tests.support.unix import Unix

PATIENCE = 20
SAYS = {
    "config.py": """\
from mirage_py import *
register("says", [main("unikernel.start", job)])
""",
    "unikernel.py": """\
def start():
    print("here")
""",
}


def test_default_target(unikernels: Unikernels) -> None:
    """Without `-t` it is built for unix and run."""
    folder = unikernels.build(SAYS, "unix").folder
    ran = mirage_py("-C", str(folder), "run", "-q", "--mem=2")
    assert (ran.status, ran.console, ran.messages) == (0, "here\n", "")
    assert "dist/says.unix" in mirage_py("-C", str(folder), "build").messages


@pytest.mark.parametrize(
    "arguments",
    [
        ["a b"],
        ['"', "\\", 'a "b" c\\'],
        ["", "  two  ", "'", "tab\tnew"],
        ["--", "--mem=1", "--help"],
    ],
)
def test_arguments(unix: Unix, arguments: list[str]) -> None:
    """They arrive as the guest's split reads them back, whatever they look like."""
    ran = mirage_py("run", str(unix.image("arguments")), "--", *arguments)
    assert (ran.status, ran.console) == (0, f"[{' '.join(quote_all(arguments))}]\n")


def test_dry_run(unix: Unix, tmp_path: Path) -> None:
    """The command that is printed is the image's own, and does the same."""
    image = unix.image("blocks", storage="block")
    (tmp_path / "disk.img").write_bytes(bytes(1024))
    words = [f"--block:storage={tmp_path / 'disk.img'}", "--mem=4"]
    ran = mirage_py("run", str(image), "-t", "unix", "--dry-run", *words, "--", "write")
    assert ran.console == f"{image} --mem=4 {words[0]} -- write\n"
    assert subprocess.run(shlex.split(ran.console), check=False, timeout=PATIENCE).returncode == 0
    assert (tmp_path / "disk.img").read_bytes() != bytes(1024)


def test_image_here(unix: Unix, tmp_path: Path) -> None:
    """A name without a slash is not looked for on PATH."""
    shutil.copy(unix.image("hello"), tmp_path / "ls")
    assert mirage_py("-C", str(tmp_path), "run", "ls").console == "Hello\n"


@pytest.mark.parametrize(
    ("program", "how", "status"),
    [("ends", "exit", 42), ("ends", "abort", 255), ("faults", "write-null", 139)],
)
def test_status(unix: Unix, program: str, how: str, status: int) -> None:
    assert mirage_py("run", str(unix.image(program)), "--", how).status == status


def test_interrupt(unix: Unix) -> None:
    with running([*COMMAND, "run", unix.image("sleeps")]) as guest:
        assert guest.stdout
        assert guest.stdout.readline() == "sleeping\n"
        guest.send_signal(signal.SIGINT)
        assert guest.wait(PATIENCE) == 130


def test_devices_are_checked_first(unix: Unix) -> None:
    ran = mirage_py("run", str(unix.image("blocks", storage="block")))
    assert ran.status == 1
    assert "add `--block:storage=PATH`" in ran.messages


def test_no_tender(unix: Unix) -> None:
    ran = mirage_py("run", "--tender=sh", str(unix.image("hello")))
    assert ran.status == 2
    assert "is a program of this machine: no tender runs it" in ran.messages


def test_not_executable(unix: Unix, tmp_path: Path) -> None:
    image = Path(shutil.copy(unix.image("hello"), tmp_path))
    image.chmod(0o644)
    ran = mirage_py("run", str(image))
    assert ran.status == 1
    assert f"hint: `chmod +x {image}`" in ran.messages


def test_inspect(unix: Unix) -> None:
    image = unix.image("hello", storage="block", service="net")
    about = json.loads(mirage_py("inspect", "--json", str(image)).console)
    assert (about["target"], about["abi_version"]) == ("unix", 1)
    assert [device["name"] for device in about["devices"]] == ["storage", "service"]


def test_environment_and_folder_are_left_alone(unix: Unix, tmp_path: Path) -> None:
    """A relative path of a disk is from where the command is typed."""
    image = unix.image("blocks", storage="block")
    (tmp_path / "disk.img").write_bytes(bytes(1024))
    relative = os.path.relpath(tmp_path / "disk.img")
    ran = mirage_py("run", str(image), f"--block:storage={relative}", "--", "write")
    assert ran.status == 0


@pytest.mark.skipif(shutil.which("gdb") is None, reason="needs gdb")
def test_gdb(unikernels: Unikernels) -> None:
    """It has the symbols, and stops where it is told to."""
    image = unikernels.build(SAYS, "unix")
    typed = "break solo5_app_main\nrun\nbacktrace\ncontinue\n"
    done = subprocess.run(
        [*COMMAND, "run", "--gdb", "--mem=4", str(image.path), "--", "--name=other"],
        input=typed, check=False, capture_output=True, text=True, timeout=PATIENCE,
    )  # fmt: skip
    assert done.returncode == 0, done
    assert "main.c:" in done.stdout
    assert "unix_switch ()" in done.stdout
    assert "Backtrace stopped" not in done.stdout + done.stderr
    assert "here\n" in done.stdout
    assert "exited normally" in done.stdout


def test_gdb_is_missing(unix: Unix, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    image = Path(shutil.copy(unix.image("hello"), tmp_path))
    ran = mirage_py("run", "--gdb", str(image))
    assert ran.status == 1
    assert f"there is no {image}.debug" in ran.messages
    shutil.copy(image, f"{image}.debug")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "`gdb` is needed to debug an image" in mirage_py("run", "--gdb", str(image)).messages


def test_gdb_is_not_for_all(tmp_path: Path) -> None:
    other = build_image(tmp_path / "hello.spt", PROGRAMS / "hello.c", "spt")
    ran = mirage_py("run", "--gdb", str(other))
    assert ran.status == 2
    assert "build with `-t hvt` or `-t unix`" in ran.messages
