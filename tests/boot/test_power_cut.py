"""The power goes at every single write to a disk: what was acknowledged is there at the next boot.

A layer in the guest (power/recorder.py) writes down each block that it writes and each step that
is done. From that, every disk that a cut could have left is made, given to an image, and what the
image finds is compared with what the steps that were done make.
"""

from __future__ import annotations

import hashlib
import importlib.util
import shutil
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from mirage_py.disk import ccm, opened
from tests.boot.test_stores import formatted
from tests.support.bench import Bench
from tests.support.unikernel import mirage_py

FOLDER = Path(__file__).parent / "power"
BLOCK = 512
SIZE = 64 << 10
RECORD = struct.Struct("<4sIQ")

State = dict[str, str]


@pytest.fixture(scope="module")
def power(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bool], Path]:
    """The image, on a plain disk or on an encrypted one."""
    root = tmp_path_factory.mktemp("power")
    built: dict[bool, Path] = {}

    def build(sealed: bool) -> Path:
        if sealed not in built:
            folder = root / str(sealed)
            shutil.copytree(FOLDER, folder)
            keys = ["--sealed"] if sealed else []
            ran = mirage_py("-C", str(folder), "build", *keys, timeout=600)
            assert ran.status == 0, ran
            built[sealed] = folder / "dist" / "power.unix"
        return built[sealed]

    return build


def steps() -> list[tuple[str, tuple[Any, ...]]]:
    """Those of the guest."""
    spec = importlib.util.spec_from_file_location("steps", FOLDER / "steps.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return list(module.steps())


def states() -> list[State]:
    """What the store holds before the first step, and after each: sha256 by key."""
    values: dict[str, bytes] = {}
    found: list[State] = []
    for name, args in [("", ()), *steps()]:
        if name == "set":
            values[args[0]] = args[1]
        elif name == "set_partial":
            key, offset, data = args
            old = values[key]
            offset = min(offset, len(old))
            values[key] = old[:offset] + data + old[offset + len(data) :]
        elif name == "rename":
            values[args[1]] = values.pop(args[0])
        elif name == "remove":
            del values[args[0]]
        found.append({key: hashlib.sha256(data).hexdigest() for key, data in values.items()})
    return found


@dataclass(frozen=True)
class Cut:
    """A disk as the power left it, and how many steps were acknowledged then."""

    disk: bytes
    done: int


def cuts(disk: bytes, journal: bytes, torn: bool) -> Iterator[Cut]:
    """What every cut leaves: behind each write or, if `torn`, in the middle of it, at a place that
    is another for each."""
    now, done, at = bytearray(disk), 0, BLOCK
    yield Cut(bytes(now), 0)
    while True:
        kind, number, _ = RECORD.unpack_from(journal, at)
        at += RECORD.size
        if kind == b"A\0\0\0":
            done = number + 1
        elif kind == b"W\0\0\0":
            block = journal[at : at + BLOCK]
            at += BLOCK
            place = number * BLOCK
            if torn:
                part = 1 + (at // BLOCK * 37) % (BLOCK - 1)
                yield Cut(bytes(now[:place]) + block[:part] + bytes(now[place + part :]), done)
            now[place : place + BLOCK] = block
            if not torn:
                yield Cut(bytes(now), done)
        else:
            return


@dataclass(frozen=True)
class Case:
    """How a disk is, and where the power goes."""

    sealed: bool
    torn: bool
    least: int
    """Cuts that there are at least."""


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(Case(False, False, 400), id="between"),
        pytest.param(Case(False, True, 400), id="torn"),
        pytest.param(Case(True, False, 700), id="encrypted-between"),
        pytest.param(Case(True, True, 700), id="encrypted-torn"),
    ],
)
def test_littlefs(case: Case, power: Callable[[bool], Path], bench: Bench, tmp_path: Path) -> None:
    image = power(case.sealed)
    storage, journal = formatted(tmp_path / "storage", size=SIZE), tmp_path / "journal"
    if case.sealed:
        ccm.encrypt(storage, storage, "00" * 16, BLOCK)
    before = storage.read_bytes()
    journal.write_bytes(bytes(4 << 20))
    disks = {"storage": storage, "journal": journal}
    ran = bench.run(image, disks=disks, mem=4)
    assert (ran.status, ran.console) == (0, ""), ran
    expected = states()
    tried = list(cuts(before, journal.read_bytes(), case.torn))
    assert tried[-1].done >= len(expected) - 2
    assert len(tried) > case.least
    journal.write_bytes(b"show".ljust(1 << 20, b"\0"))
    for number, cut in enumerate(tried):
        storage.write_bytes(cut.disk)
        ran = bench.run(image, disks=disks, mem=4)
        assert ran.status == 0, (number, ran)
        found = {line.split()[1]: line.split()[2] for line in ran.lines}
        # The step that was under way is done, or not.
        assert found in expected[cut.done : cut.done + 2], (number, cut.done)
    # The host finds the same, even where the superblock was moved from the first blocks.
    storage.write_bytes(tried[-1].disk)
    if case.sealed and not case.torn:
        ccm.decrypt(storage, storage, "00" * 16, BLOCK)
        values = {key for key, size in opened(storage).entries(storage) if size is not None}
        assert values - {".mirage-new"} in [set(state) for state in expected[-2:]]
