"""The tender's command line, what it leaves of itself, and how it loads images."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.running import running
from tests.support.spt import Spt
from tests.support.tenders import build_tender, run_tender

NOBODY = 65534


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Missing KERNEL operand. See --help for syntax."),
        (["--mem=2"], "Missing KERNEL operand. See --help for syntax."),
        (["--"], "Missing KERNEL operand. See --help for syntax."),
        (["--memory=2", "KERNEL"], "Invalid option: `--memory=2'. See --help for syntax."),
        (["-v", "KERNEL"], "Invalid option: `-v'. See --help for syntax."),
        (["--mem=", "KERNEL"], "Malformed argument to --mem"),
        (["--mem=0", "KERNEL"], "Malformed argument to --mem"),
        (["--mem=-2", "KERNEL"], "Malformed argument to --mem"),
        (["--mem=2M", "KERNEL"], "Malformed argument to --mem"),
        (["--mem=99999999999999999999", "KERNEL"], "Malformed argument to --mem"),
        (["--mem=17592186044416", "KERNEL"], "Malformed argument to --mem"),
        (["--net:=tap0", "KERNEL"], "Invalid option: `--net:=tap0'. See --help for syntax."),
        (["--net:a", "KERNEL"], "Invalid option: `--net:a'. See --help for syntax."),
        (["--net:a=", "KERNEL"], "Invalid option: `--net:a='. See --help for syntax."),
        (["--network=a", "KERNEL"], "Invalid option: `--network=a'. See --help for syntax."),
        (["--net:a=tap0", "KERNEL"], "Resource not declared in manifest: 'a'"),
        (["--net-mac:a=02:00:00:00:00:01", "KERNEL"], "Resource not declared in manifest: 'a'"),
        (["--block:a=/dev/null", "KERNEL"], "Resource not declared in manifest: 'a'"),
        (["--block-sector-size:a=512", "KERNEL"], "Resource not declared in manifest: 'a'"),
        (["no-such-file"], "no-such-file: Could not open: No such file or directory"),
        (["/"], "/: Could not open: not a file"),
    ],
)
def test_mistakes(spt_tender: Spt, arguments: list[str], message: str) -> None:
    image = str(spt_tender.image("hello"))
    ran = run_tender(spt_tender.tender, *(word.replace("KERNEL", image) for word in arguments))
    assert (ran.status, ran.console, ran.messages) == (1, "", f"mirage-spt: {message}\n")


def test_help_and_version(spt_tender: Spt) -> None:
    ran = run_tender(spt_tender.tender, "--help")
    assert (ran.status, ran.messages) == (0, "")
    assert ran.lines[0] == "usage: mirage-spt [OPTIONS] [--] KERNEL [ARGS...]"
    ran = run_tender(spt_tender.tender, "--version")
    assert (ran.status, ran.lines) == (0, ["mirage-spt tender, version 0", "ABI version 2"])


def test_options_after_the_image_are_the_guests(spt_tender: Spt) -> None:
    image = spt_tender.image("arguments")
    ran = run_tender(spt_tender.tender, "--mem=2", image, "--mem=4", "--help", "--", "x")
    assert (ran.status, ran.console) == (0, "[--mem=4 --help -- x]\n")


def test_default_memory(spt_tender: Spt) -> None:
    ran = run_tender(spt_tender.tender, spt_tender.image("arguments"), "--solo5:info")
    assert ran.lines[0] == "mirage: spt, memory ends at 0x20000000"


def test_least_memory(spt_tender: Spt) -> None:
    image = spt_tender.image("hello")
    ran = spt_tender.run(image, mem=1)
    assert ran.status == 1
    assert "does not fit into the guest's memory of 1 MB: increase --mem" in ran.messages
    assert spt_tender.run(image, mem=2).status == 0


def test_most_memory(spt_tender: Spt) -> None:
    """More than there are addresses, or than there are below the tender: told, not tried."""
    for mem in (1 << 26, 1 << 27):
        ran = spt_tender.run(spt_tender.image("hello"), mem=mem)
        assert ran.status == 1
        assert ran.messages.startswith("mirage-spt: Error allocating guest memory")


def test_memory_where_the_tender_is(spt_tender: Spt, tmp_path: Path) -> None:
    """A tender at a low, fixed address does not give its own memory away."""
    tender = build_tender(tmp_path / "low", "spt", "-fno-pie", "-no-pie", "-static")
    image = spt_tender.image("hello")
    assert run_tender(tender, "--mem=2", image).console == "Hello\n"
    ran = run_tender(tender, "--mem=8", image)
    assert ran.status == 1
    assert "8 MB overlap the tender itself; decrease --mem" in ran.messages


@pytest.mark.parametrize("arguments", [["x" * 8192], ["x" * 8000, "y" * 191], ["x"] * 4097])
def test_too_long_arguments(spt_tender: Spt, arguments: list[str]) -> None:
    ran = spt_tender.run(spt_tender.image("arguments"), args=arguments)
    assert (ran.status, ran.console) == (1, "")
    assert "Guest command line too long (max=8191 characters)" in ran.messages


def test_devices_that_are_missing(spt_tender: Spt, tmp_path: Path) -> None:
    image = spt_tender.image("hello", storage="block", service="net", other="block")
    (tmp_path / "disk.img").write_bytes(bytes(512))
    ran = spt_tender.run(image, f"--block:other={tmp_path / 'disk.img'}")
    assert ran.status == 1
    assert ran.messages.splitlines() == [
        "mirage-spt: Device 'storage' of type BLOCK_BASIC declared but not attached.",
        "mirage-spt: Device 'service' of type NET_BASIC declared but not attached.",
        "mirage-spt: All declared devices must be attached. See --help for syntax.",
    ]


def test_devices_that_are_surplus(spt_tender: Spt, tmp_path: Path) -> None:
    image = spt_tender.image("hello", storage="block")
    (tmp_path / "disk.img").write_bytes(bytes(512))
    disk = f"--block:storage={tmp_path / 'disk.img'}"
    assert spt_tender.run(image, disk).status == 0
    for options, message in (
        ([disk, "--net:storage=tap0"], "Resource not declared in manifest: 'storage'"),
        ([disk, f"--block:stor={tmp_path}"], "Resource not declared in manifest: 'stor'"),
        ([disk, disk], "Device 'storage' is attached twice"),
    ):
        ran = spt_tender.run(image, *options)
        assert (ran.status, ran.messages) == (1, f"mirage-spt: {message}\n")


def status_of(process: int) -> dict[str, str]:
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return dict(line.split(":\t", 1) for line in lines if ":\t" in line)


@pytest.fixture
def sleeping(spt_tender: Spt) -> Iterator[subprocess.Popen[str]]:
    """A guest that sleeps, run as a user that is not root: root may look at anything."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        tender, image = (
            shutil.copy(path, folder) for path in (spt_tender.tender, spt_tender.image("sleeps"))
        )
        user = NOBODY if os.geteuid() == 0 else None
        with running([tender, "--mem=2", image], user=user) as guest:
            assert guest.stdout
            assert guest.stdout.readline() == "sleeping\n"
            yield guest


def test_what_is_left_of_its_rights(sleeping: subprocess.Popen[str]) -> None:
    """A filter, no way to new rights, and no other process of its user may look in."""
    status = status_of(sleeping.pid)
    assert status["NoNewPrivs"] == "1"
    assert status["Seccomp"] == "2"
    assert Path(f"/proc/{sleeping.pid}/mem").stat().st_uid == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to have capabilities to drop")
def test_capabilities(spt_tender: Spt) -> None:
    with running([spt_tender.tender, "--mem=2", spt_tender.image("sleeps")]) as guest:
        assert guest.stdout
        assert guest.stdout.readline() == "sleeping\n"
        status = status_of(guest.pid)
        for kind in ("CapInh", "CapPrm", "CapEff", "CapAmb"):
            assert int(status[kind], 16) == 0
        check_memory(Path(f"/proc/{guest.pid}/maps"))


def test_sleep_is_sleep(sleeping: subprocess.Popen[str]) -> None:
    stat = Path(f"/proc/{sleeping.pid}/stat")
    before = stat.read_text(encoding="utf-8").split()[13:15]
    time.sleep(0.5)
    after = stat.read_text(encoding="utf-8").split()[13:15]
    assert sum(map(int, after)) - sum(map(int, before)) <= 1


def check_memory(maps: Path) -> None:
    """The guest's memory, as the kernel has it: nothing low but what its README says, and nothing
    writable and executable."""
    low = []
    for line in maps.read_text(encoding="utf-8").splitlines():
        span, permissions = line.split()[:2]
        assert "wx" not in permissions
        start, end = (int(number, 16) for number in span.split("-"))
        if start < 0x200000:
            low.append((start, end, permissions))
    assert low[0] == (0x11000, 0x15000, "rw-p")
    assert low[1][0] == 0x100000
    assert low[-1][1] == 0x200000
    assert {permissions for _, _, permissions in low} == {"r--p", "r-xp", "rw-p"}


def test_image_on_a_filesystem_without_exec(spt_tender: Spt, tmp_path: Path) -> None:
    """Its pages cannot be mapped there: they are read."""
    if os.geteuid() != 0:
        pytest.skip("needs root to mount a filesystem")
    script = (
        'mount -t tmpfs -o noexec none "$1" && cp "$2" "$1/image" && exec "$3" --mem=2 "$1/image"'
    )
    ran = run_tender(
        Path("/usr/bin/unshare"), "-m", "sh", "-c", script, "sh",
        tmp_path, spt_tender.image("memory"), spt_tender.tender,
    )  # fmt: skip
    assert (ran.status, ran.console) == (0, "SUCCESS\n"), ran


def test_image_is_no_program_of_the_host(spt_tender: Spt) -> None:
    with pytest.raises(FileNotFoundError):
        subprocess.run([spt_tender.image("hello")], check=False)
