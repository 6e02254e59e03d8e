"""`--sanitize`: a unix image as a program of the host's C library, with the compiler's address and
undefined behaviour sanitizers in everything that is ours to compile."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from mirage_py import catalog
from mirage_py.lock.toolchain import compiler_command
from mirage_py.workspace.cross import compile_flags, link_flags
from mirage_py.workspace.manifest import manifest_source
from tests.support.expect import example_runs
from tests.support.unikernel import Ran, mirage_py

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "tutorial" / "hello"
COMPILE_TIMEOUT, BUILD_TIMEOUT = 120, 900
ABORT = 255
CONFIG = """\
from mirage_py import *
register("mistaken", [main("unikernel.start", job)])
"""
UNIKERNEL = """\
import gc
import uctypes

TEXT = b"a constant that is frozen into the image"


def deep(n):
    return deep(n + 1)


def work():
    # What is unusual in an interpreter and right: jumps out of C, and looking through the stack.
    for _ in range(5):
        try:
            deep(0)
        except RecursionError:
            pass
        kept = [bytearray(100) for _ in range(1000)]
        try:
            bytearray(1 << 40)
        except MemoryError:
            pass
        gc.collect()
    assert all(one == bytes(100) for one in kept)
    assert 2 ** 200 % 1000003 == pow(2, 200, 1000003)
    assert int.from_bytes(b"\\xff" * 12, "big") == (1 << 96) - 1
    print(sorted([3.5, -1, 1e30]), {"a": 1}, "%d" % -(1 << 63))


def start():
    work()
    address = uctypes.addressof(TEXT)
    print(uctypes.bytes_at(address, len(TEXT)) == TEXT)
    uctypes.bytes_at(address, len(TEXT) + 2)
    print("not seen")
"""
PROGRAM = """\
#include "solo5.h"

static volatile unsigned char table[8];

__attribute__((noinline)) static int use(volatile unsigned char *bytes, size_t size)
{
    size_t i;

    for (i = 0; i < size; i++)
        bytes[i] = 1;
    return bytes[0];
}

int solo5_app_main(const struct solo5_start_info *info)
{
    volatile unsigned char local[8];
    volatile int most = 0x7fffffff;
    size_t more = info->cmdline[0] != 'r';

    solo5_console_write("begun\\n", 6);
    switch (info->cmdline[1]) {
    case 'g':
        return use(table, sizeof table + more) - 1;
    case 'l':
        return use(local, sizeof local + more) - 1;
    case 'o':
        return (most + (int)more) == 0;
    case 'n':
        return more ? *(volatile int *)(uintptr_t)(info->heap_size & 1) : 0;
    }
    return 1;
}
"""
MISTAKES = {
    "g": "AddressSanitizer: global-buffer-overflow",
    "l": "AddressSanitizer: stack-buffer-overflow",
    "o": "runtime error: signed integer overflow:",
    "n": "runtime error: load of null pointer",
}


@pytest.fixture(scope="module")
def mistaken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A C program that does something wrong, or right, with the boot code of the target."""
    folder = tmp_path_factory.mktemp("mistaken")
    known = catalog.targets(catalog.share())
    target = catalog.sanitized_target(known["unix"], known)
    (arch,) = target.arches
    (folder / "program.c").write_text(PROGRAM)
    (folder / "manifest.c").write_text(manifest_source(()))
    words = [
        *compiler_command(), *compile_flags(arch, sanitized=True), "-Werror",
        f"-I{catalog.share() / 'targets' / 'include'}", *target.sources,
        folder / "program.c", folder / "manifest.c",
        *link_flags(arch, sanitized=True), "-o", folder / "mistaken.unix",
    ]  # fmt: skip
    subprocess.run([str(word) for word in words], check=True, timeout=COMPILE_TIMEOUT)
    return folder / "mistaken.unix"


@pytest.mark.parametrize("which", MISTAKES)
def test_mistake(mistaken: Path, which: str) -> None:
    """It is reported with its line and those that led there, and nothing follows it; what is right
    is not."""
    assert mirage_py("run", str(mistaken), "--", f"r{which}").status == 0
    ran = mirage_py("run", str(mistaken), "--", f"w{which}")
    assert (ran.status, ran.console) == (ABORT, "begun\n")
    assert MISTAKES[which] in ran.messages
    assert re.search(r"in solo5_app_main .*program\.c:\d+", ran.messages)
    assert re.search(r"in unix_run .*hosted\.c:\d+", ran.messages)


def test_options(mistaken: Path, tmp_path: Path) -> None:
    """It takes those of the target."""
    assert "usage: mistaken.unix" in run(mistaken, "--help").console
    assert "Malformed argument to --mem" in run(mistaken, "--mem=x").messages
    ran = run(mistaken, f"--block:storage={tmp_path}")
    assert "Resource not declared in manifest: 'storage'" in ran.messages
    ran = run(mistaken, "--mem=134217728", "--", "rg")
    assert (ran.status, ran.messages[:15]) == (1, "mistaken.unix: ")


def run(image: Path, *words: str) -> Ran:
    done = subprocess.run(
        [str(image), *words], check=False, capture_output=True, text=True, timeout=60
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def test_example(tmp_path: Path) -> None:
    """An example does what it does without; its folder and its runtime are of their own."""
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "hello"))
    (expected,) = example_runs(folder)
    words = ("-C", str(folder), "run", "-q", "-t", "unix", "--sanitize")
    ran = mirage_py(*words, timeout=BUILD_TIMEOUT)
    expected.check(ran, catalog.targets(catalog.share())["unix"])
    assert [path.name for path in (folder / "_build").iterdir()] == ["unix-sanitize"]
    image = folder / "dist" / "hello.unix"
    sanitized = image.read_bytes()
    assert json.loads(mirage_py("inspect", "--json", str(image)).console)["target"] == "unix"

    assert mirage_py("-C", str(folder), "build", timeout=BUILD_TIMEOUT).status == 0
    assert b"__asan" in sanitized
    assert b"__asan" not in image.read_bytes()


def test_interpreter(tmp_path: Path) -> None:
    """What Python does is no mistake, until it is told to read behind a variable."""
    (tmp_path / "config.py").write_text(CONFIG)
    (tmp_path / "unikernel.py").write_text(UNIKERNEL)
    ran = mirage_py("-C", str(tmp_path), "build", "--sanitize", timeout=BUILD_TIMEOUT)
    assert ran.status == 0, ran
    assert "next: mirage-py run" in ran.messages
    ran = mirage_py("run", str(tmp_path / "dist" / "mistaken.unix"))
    assert ran.lines == ["[-1, 3.5, 1e+30] {'a': 1} -9223372036854775808", "True"], ran
    assert ran.status == ABORT
    assert "AddressSanitizer: global-buffer-overflow" in ran.messages
    assert re.search(r"moductypes\.c:\d+", ran.messages)


@pytest.mark.parametrize("target", ["spt", "hvt", "virtio"])
def test_other_targets(target: str, tmp_path: Path) -> None:
    """They say what does."""
    shutil.copytree(EXAMPLE, tmp_path, dirs_exist_ok=True)
    for verb in ("build", "run"):
        ran = mirage_py("-C", str(tmp_path), verb, "-t", target, "--sanitize")
        assert ran.status == 2
        assert f"`--sanitize` does not work with images for `{target}`" in ran.messages
        assert "hint: build with `-t unix`" in ran.messages
    assert not (tmp_path / "_build").exists()


def test_image_that_is_built(mistaken: Path) -> None:
    ran = mirage_py("run", "--sanitize", str(mistaken))
    assert ran.status == 2
    assert "`--sanitize` says how to build an image" in ran.messages
