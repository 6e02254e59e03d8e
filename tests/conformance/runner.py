"""MicroPython's own tests in unikernels: one image a test, its script on a block device.

What a test must print is decided as MicroPython's tests/run-tests.py does: by the file X.py.exp
beside it, else by what CPython prints for the same script.
"""

from __future__ import annotations

import dataclasses
import enum
import os
import re
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from mirage_py import catalog, sources
from mirage_py.tender.command import Request, command

HERE = Path(__file__).resolve().parent
DIRECTORIES = ("basics", "extmod", "float", "micropython", "misc", "stress", "unicode")
MEMORY = 16
"""MB of each guest."""
BLOCK = 512
TIMEOUT = 30
"""Seconds that one test may take, as in MicroPython's runner."""
ANY_LINES = b"########\n"
"""A line of X.py.exp that stands for any number of lines."""
CPYTHON = (sys.executable, "-BS", "-W", "ignore")
"""As in MicroPython's runner, and without warnings, which differ from version to version."""
DOMAIN_ERROR = re.compile(rb"expected a (?:positive|nonnegative) input(?:, got \S+)?")
"""What CPython 3.14 says for the `math domain error` of earlier ones and of MicroPython."""


class Outcome(enum.Enum):
    """How a test went."""

    PASS = "pass"  # noqa: S105 - no password
    SKIP = "skip"
    """It said so itself: something that it needs is not there."""
    FAIL = "fail"


@dataclass(frozen=True)
class Result:
    """A test that was run."""

    name: str
    """As in `basics/int1.py`."""
    outcome: Outcome
    output: str
    expected: str


def fetch_tests() -> Path:
    """The folder of MicroPython's tests, from the archive that images are made of."""
    source = catalog.vendored(catalog.share())["micropython"]
    keep = tuple(f"tests/{directory}" for directory in DIRECTORIES)
    # Our patches lie in the source's folder, and are for files that are not kept here.
    plain = dataclasses.replace(source, folder=HERE, keep=keep)
    return sources.trees([plain])[source.name] / "tests"


def names(tests: Path, directory: str) -> list[str]:
    """The tests of a directory."""
    return sorted(f"{directory}/{path.name}" for path in (tests / directory).glob("*.py"))


def run(image: Path, tests: Path, chosen: Iterable[str]) -> list[Result]:
    """Run these tests, as many at once as there are processors."""
    with tempfile.TemporaryDirectory() as disks, ThreadPoolExecutor(os.cpu_count()) as pool:
        once = partial(run_one, image, tests, Path(disks))
        results = list(pool.map(once, chosen))
        # What sleeps may miss its time on a busy machine: it gets a second chance, alone.
        return [
            once(result.name)
            if result.outcome is Outcome.FAIL and b"sleep" in (tests / result.name).read_bytes()
            else result
            for result in results
        ]


def run_one(image: Path, tests: Path, disks: Path, name: str) -> Result:
    """Run the test `name` in an image of its own."""
    disk = disks / name.replace("/", "-")
    write_disk(disk, (tests / name).read_bytes())
    output = run_guest(image, disk)
    if output == b"SKIP\n":
        return Result(name, Outcome.SKIP, "", "")
    expected = expected_output(tests / name)
    outcome = Outcome.PASS if agrees(output, expected) else Outcome.FAIL
    return Result(name, outcome, *(text.decode(errors="replace") for text in (output, expected)))


def write_disk(disk: Path, script: bytes) -> None:
    """Write `disk` as unikernel/unikernel.py reads it."""
    padding = bytes(-len(script) % BLOCK)
    disk.write_bytes(struct.pack("<Q", len(script)).ljust(BLOCK, b"\0") + script + padding)


def run_guest(image: Path, disk: Path) -> bytes:
    """What the image prints with this disk; `CRASH`, and what the tender says, if it ends badly."""
    request = Request(image, memory=MEMORY, devices=[f"--block:script={disk}"])
    try:
        done = subprocess.run(
            command(request).argv,
            check=False, stdin=subprocess.DEVNULL, capture_output=True, timeout=TIMEOUT,
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        return (late.stdout or b"") + b"TIMEOUT"
    return done.stdout + (b"CRASH\n" + done.stderr if done.returncode else b"")


def expected_output(test: Path) -> bytes:
    """What `test` must print."""
    stated = test.with_name(f"{test.name}.exp")
    if stated.exists():
        return stated.read_bytes().replace(b"\r\n", b"\n")
    done = subprocess.run(
        [*CPYTHON, str(test)],
        check=False, cwd=test.parent, env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=TIMEOUT,
    )  # fmt: skip
    printed = DOMAIN_ERROR.sub(b"math domain error", done.stdout)
    return printed if done.returncode == 0 else b"CPYTHON3 CRASH:\n" + printed


def agrees(output: bytes, expected: bytes) -> bool:
    """Whether a test printed what it must."""
    if ANY_LINES not in expected:
        return output == expected
    parts = map(re.escape, expected.split(ANY_LINES))
    return re.fullmatch(rb"(?:.*\n)*".join(parts), output) is not None
