"""The options that a unix image takes in a tender's place, and what else it does in that place."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import pytest

from tests.support.tenders import run_tender
from tests.support.unix import Unix

LONG = "a" * 68
"""A name longer than a device's can be."""


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        ([], ""),
        (["a", "b  c", "", "d"], "a b  c  d"),
        (["--mem=2", "a", "--mem=3"], "a --mem=3"),
        (["--mem=2", "--", "--mem=3", "--", "--help"], "--mem=3 -- --help"),
        (["--memory=2", "--mem=3"], "--memory=2 --mem=3"),
        (["--hello=x", "--", "y"], "--hello=x -- y"),
        (["-h"], "-h"),
        (["--mem"], "--mem"),
        (["--network:a=b"], "--network:a=b"),
        (["--net"], "--net"),
        (["", "--mem=0"], "--mem=0"),
        (["--solo5:quiet", "a"], "a"),
        (["--mem=2", "--solo5:warn", "--solo5:quiet", "a"], "a"),
        (["--solo5:quietly"], "--solo5:quietly"),
    ],
)
def test_arguments(unix: Unix, words: list[str], seen: str) -> None:
    """From the first word that is no option they are the application's."""
    ran = run_tender(unix.image("arguments"), *words)
    assert (ran.status, ran.console, ran.messages) == (0, f"[{seen}]\n", "")


def test_longest_arguments(unix: Unix) -> None:
    ran = unix.run(unix.image("arguments"), args=["x" * 8000, "y" * 190])
    assert (ran.status, len(ran.console)) == (0, 8191 + len("[]\n"))


@pytest.mark.parametrize("arguments", [["x" * 8192], ["x" * 8000, "y" * 191], ["x"] * 4097])
def test_too_long_arguments(unix: Unix, arguments: list[str]) -> None:
    ran = unix.run(unix.image("arguments"), args=arguments)
    message = "arguments.unix: Guest command line too long (max=8191 characters)\n"
    assert (ran.status, ran.console, ran.messages) == (1, "", message)


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("--mem=", "Malformed argument to --mem"),
        ("--mem=0", "Malformed argument to --mem"),
        ("--mem=-2", "Malformed argument to --mem"),
        ("--mem=2M", "Malformed argument to --mem"),
        ("--mem=99999999999999999999", "Malformed argument to --mem"),
        ("--mem=18446744073709551618", "Malformed argument to --mem"),
        ("--mem=1", "does not fit into the guest's memory of 1 MB: increase --mem"),
        ("--mem=134217728", "Error allocating guest memory: Cannot allocate memory"),
        ("--net:=tap0", "Invalid option: `--net:=tap0'. See --help for syntax."),
        ("--net:a", "Invalid option: `--net:a'. See --help for syntax."),
        ("--net:a=", "Invalid option: `--net:a='. See --help for syntax."),
        (
            f"--block:{'a' * 68}=b",
            f"Invalid option: `--block:{'a' * 68}=b'. See --help for syntax.",
        ),
        ("--net:a=tap0", "Resource not declared in manifest: 'a'"),
        ("--net-mac:a=02:00:00:00:00:01", "Resource not declared in manifest: 'a'"),
        ("--block:a=/dev/null", "Resource not declared in manifest: 'a'"),
        ("--block-sector-size:a=512", "Resource not declared in manifest: 'a'"),
    ],
)
def test_mistakes(unix: Unix, option: str, message: str) -> None:
    ran = run_tender(unix.image("hello"), option)
    assert (ran.status, ran.console, ran.messages) == (1, "", f"hello.unix: {message}\n")


def test_help(unix: Unix) -> None:
    image = unix.image("hello", storage="block")
    for words in (["--help"], ["--mem=2", "--help", "x"]):
        ran = run_tender(image, *words)
        assert (ran.status, ran.messages) == (0, "")
        assert ran.lines[0] == "usage: hello.unix [OPTIONS] [--] [ARGS...]"


def test_devices_that_are_missing(unix: Unix, tmp_path: Path) -> None:
    image = unix.image("hello", storage="block", service="net", other="block")
    (tmp_path / "disk.img").write_bytes(bytes(512))
    ran = unix.run(image, f"--block:other={tmp_path / 'disk.img'}")
    assert ran.status == 1
    assert ran.messages.splitlines() == [
        "hello.unix: Device 'storage' of type BLOCK_BASIC declared but not attached.",
        "hello.unix: Device 'service' of type NET_BASIC declared but not attached.",
        "hello.unix: All declared devices must be attached. See --help for syntax.",
    ]


def test_devices_that_are_surplus(unix: Unix, tmp_path: Path) -> None:
    image = unix.image("hello", storage="block")
    (tmp_path / "disk.img").write_bytes(bytes(512))
    disk = f"--block:storage={tmp_path / 'disk.img'}"
    assert unix.run(image, disk).status == 0
    for options, message in (
        ([disk, "--net:storage=tap0"], "Resource not declared in manifest: 'storage'"),
        ([disk, f"--block:stor={tmp_path}"], "Resource not declared in manifest: 'stor'"),
        ([disk, disk], "Device 'storage' is attached twice"),
    ):
        ran = unix.run(image, *options)
        assert (ran.status, ran.messages) == (1, f"hello.unix: {message}\n")


def test_most_devices(unix: Unix, tmp_path: Path) -> None:
    """63 devices; the last of them is the one that is used."""
    names = [f"disk{number}" for number in range(62)] + ["storage"]
    for name in names:
        (tmp_path / name).write_bytes(bytes(2048))
    image = unix.image("blocks", **dict.fromkeys(names, "block"))
    options = [f"--block:{name}={tmp_path / name}" for name in names]
    for what in ("write", "read", "wrong"):
        ran = unix.run(image, *options, args=[what])
        assert (ran.status, ran.console) == (0, "2048/512\nSUCCESS\n")
    assert (tmp_path / "disk61").read_bytes() == bytes(2048)
    assert (tmp_path / "storage").read_bytes() != bytes(2048)


def test_a_closed_console_is_not_the_disk(unix: Unix, tmp_path: Path) -> None:
    """Or what is printed would be written there."""
    disk = tmp_path / "disk.img"
    disk.write_bytes(bytes(2048))
    image = unix.image("blocks", storage="block")
    line = 'exec "$1" "--block:storage=$2" -- wrong 0<&- 1>&- 2>&-'
    done = subprocess.run(["/bin/sh", "-c", line, "sh", image, disk], check=False, timeout=60)
    assert done.returncode == 0
    assert disk.read_bytes() == bytes(2048)


def test_no_executable_heap(unix: Unix) -> None:
    """Even under the personality of Linux in which all that is readable can be executed."""
    setarch = Path("/usr/bin/setarch")
    ran = run_tender(setarch, "x86_64", "-X", unix.image("faults"), "run-heap")
    assert (ran.status, ran.console) == (-signal.SIGSEGV, "")
