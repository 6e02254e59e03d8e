"""The hvt tender's command line and its loader. What it refuses it refuses before it opens
/dev/kvm, so that most of this runs on the host, in a tender compiled with sanitizers."""

from __future__ import annotations

import random
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.boot.test_spt_tender_damage import DAMAGE
from tests.support.elf import ABI_NOTE, Elf
from tests.support.hvt import Hvt
from tests.support.programs import PROGRAMS, build_image
from tests.support.tenders import build_tender, run_tender
from tests.support.unikernel import Ran


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """mirage-hvt, which notices its own mistakes: out of bounds, undefined, overflow."""
    flags = ("-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-g")
    return build_tender(tmp_path_factory.mktemp("hvt-checked") / "mirage-hvt", "hvt", *flags)


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("hvt-image") / "hello.hvt"
    return build_image(path, PROGRAMS / "hello.c", "hvt", storage="block")


@pytest.fixture
def run(checked: Path) -> Callable[[Path], Ran]:
    """Without the image's device, so that what is in order ends there."""
    return lambda path: run_tender(checked, "--mem=2", "--", path)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Missing KERNEL operand. See --help for syntax."),
        (["--memory=2", "KERNEL"], "Invalid option: `--memory=2'. See --help for syntax."),
        (["--mem=0", "KERNEL"], "Malformed argument to --mem"),
        (["--net:a=tap0", "KERNEL"], "Resource not declared in manifest: 'a'"),
        (["--block:storage=/nothing", "KERNEL"],
         "Could not open block device: /nothing: No such file or directory"),
        (["--mem=4098", "KERNEL"],
         "guest memory size 4297064448 bytes exceeds the max size 4294967296 bytes"),
        (["no-such-file"], "no-such-file: Could not open: No such file or directory"),
    ],
)  # fmt: skip
def test_mistakes(checked: Path, image: Path, arguments: list[str], message: str) -> None:
    ran = run_tender(checked, *(word.replace("KERNEL", str(image)) for word in arguments))
    assert (ran.status, ran.console, ran.messages) == (1, "", f"mirage-hvt: {message}\n")


def test_device_that_is_missing(checked: Path, image: Path) -> None:
    ran = run_tender(checked, "--mem=2", image)
    assert ran.status == 1
    assert ran.messages.splitlines() == [
        "mirage-hvt: Device 'storage' of type BLOCK_BASIC declared but not attached.",
        "mirage-hvt: All declared devices must be attached. See --help for syntax.",
    ]


def test_help_and_version(checked: Path) -> None:
    ran = run_tender(checked, "--help")
    assert (ran.status, ran.messages) == (0, "")
    assert ran.lines[0] == "usage: mirage-hvt [OPTIONS] [--] KERNEL [ARGS...]"
    ran = run_tender(checked, "--version")
    assert (ran.status, ran.lines) == (0, ["mirage-hvt tender, version 0", "ABI version 2"])


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage(run: Callable[[Path], Ran], image: Path, tmp_path: Path, damage: str) -> None:
    """What the spt tender refuses, this one does in the same words."""
    change, message = DAMAGE[damage]
    elf = Elf(image)
    change(elf)
    if damage == "other target":
        elf.abi["abi_target"] = 2
    ran = run(elf.write(tmp_path / "damaged"))
    assert (ran.status, ran.console) == (1, ""), ran
    assert ran.messages.startswith("mirage-hvt: ")
    assert message.replace("solo5-spt", "solo5-hvt") in ran.messages


def test_random_damage(run: Callable[[Path], Ran], image: Path, tmp_path: Path) -> None:
    """Bytes changed at random in the part that the tender reads."""
    chance = random.Random(20260101)
    whole = image.read_bytes()
    assert Elf(image).note(ABI_NOTE).at < 0x300
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 1, 2, 8))):
            data[chance.randrange(0x300)] = chance.choice(
                (0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256))
            )
        path = tmp_path / "random"
        path.write_bytes(data)
        ran = run(path)
        assert "Sanitizer" not in ran.messages, (data[:0x300], ran)
        assert "runtime error" not in ran.messages, (data[:0x300], ran)
        assert ran.status == 1


def test_code_that_is_only_executable(mirage_hvt: Hvt, tmp_path: Path) -> None:
    """As the official toolchain has it."""
    elf = Elf(mirage_hvt.image("hello"))
    elf.programs("PT_LOAD")[1]["p_flags"] = 1
    assert mirage_hvt.run(elf.write(tmp_path / "image")).console == "Hello\n"


@pytest.mark.parametrize(("mem", "end"), [(1, 2), (3, 2), (5, 4)])
def test_memory_is_whole_large_pages(mirage_hvt: Hvt, mem: int, end: int) -> None:
    ran = mirage_hvt.run(mirage_hvt.image("arguments"), mem=mem, args=["--solo5:info"])
    assert ran.lines[0] == f"mirage: hvt, memory ends at {end << 20:#x}"
    message = f"mirage-hvt: adjusting memory to {end << 20} bytes\n"
    assert ran.messages == message


def test_default_memory(mirage_hvt: Hvt) -> None:
    ran = mirage_hvt.run(mirage_hvt.image("arguments"), mem=None, args=["--solo5:info"])
    assert ran.lines[0] == "mirage: hvt, memory ends at 0x20000000"


def test_too_long_arguments(mirage_hvt: Hvt) -> None:
    ran = mirage_hvt.run(mirage_hvt.image("arguments"), args=["x" * 8192])
    assert (ran.status, ran.console) == (1, "")
    assert "Guest command line too long (max=8191 characters)" in ran.messages


def test_no_kvm(mirage_hvt: Hvt) -> None:
    ran = mirage_hvt.run(
        mirage_hvt.image("hello"), before="mv /dev/kvm /dev/gone", after="mv /dev/gone /dev/kvm"
    )
    message = "mirage-hvt: Could not open: /dev/kvm: No such file or directory\n"
    assert (ran.status, ran.messages) == (1, message)


def test_what_is_left_of_its_rights(mirage_hvt: Hvt) -> None:
    """No capability, no way to one, and a filter, while the guest runs."""
    ran = mirage_hvt.run(
        mirage_hvt.image("sleeps"),
        before=(
            "status() { cat /proc/$(pidof mirage-hvt)/status 2>/dev/null; }\n"
            "(while ! status | grep -q Seccomp:.2; do :; done; status >&2; killall mirage-hvt) &"
        ),
        after="wait",
    )  # fmt: skip
    status = dict(line.split(":\t", 1) for line in ran.messages.splitlines() if ":\t" in line)
    assert ran.status == 128 + signal.SIGTERM
    for kind in ("CapInh", "CapPrm", "CapEff", "CapAmb"):
        assert int(status[kind], 16) == 0
    assert (status["NoNewPrivs"], status["Seccomp"], status["Threads"]) == ("1", "2", "1")
