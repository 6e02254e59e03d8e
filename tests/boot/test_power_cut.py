"""The power goes at every single write to a disk: what was acknowledged is there at the next boot.

A layer in the guest (power/recorder.py) writes down each block that it writes and each step that
is done. From that, every disk that a cut could have left is made, given to an image, and what the
image finds is compared with what the steps that were done make.
"""

from __future__ import annotations

import hashlib
import importlib.util
import random
import shutil
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
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
How = Callable[[bytes, "list[Event]"], Iterator[bytes]]
"""What a cut leaves of a disk and of what has been written to it, and not been synchronized."""


@pytest.fixture(scope="module")
def power(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The image, with a store that is called by name."""
    root = tmp_path_factory.mktemp("power")
    built: dict[str, Path] = {}

    def build(store: str) -> Path:
        if store not in built:
            folder = root / store
            shutil.copytree(FOLDER, folder)
            ran = mirage_py("-C", str(folder), "build", f"--store={store}", timeout=600)
            assert ran.status == 0, ran
            built[store] = folder / "dist" / "power.unix"
        return built[store]

    return build


def steps(store: str) -> list[tuple[str, tuple[Any, ...]]]:
    """Those of the guest."""
    spec = importlib.util.spec_from_file_location("steps", FOLDER / "steps.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return list(module.appends() if store == "tar" else module.steps())


def states(store: str) -> list[State]:
    """What the store holds before the first step, and after each: sha256 by key."""
    values: dict[str, bytes] = {}
    found: list[State] = []
    for name, args in [("", ()), *steps(store)]:
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


@dataclass(frozen=True)
class Event:
    """A record of the guest's: a block that it wrote, a step that is done, or neither."""

    number: int
    block: bytes | None = None
    done: bool = False


def events(journal: bytes) -> Iterator[Event]:
    """What the guest wrote down. An event that is neither of these is that it synchronized."""
    at = BLOCK
    while True:
        kind, number, _ = RECORD.unpack_from(journal, at)
        at += RECORD.size
        if kind == b"W\0\0\0":
            yield Event(number, journal[at : at + BLOCK])
            at += BLOCK
        elif kind in (b"A\0\0\0", b"S\0\0\0"):
            yield Event(number, done=kind == b"A\0\0\0")
        else:
            return


def written(disk: bytes, writes: Iterable[Event]) -> bytes:
    """A disk after these writes."""
    now = bytearray(disk)
    for one in writes:
        assert one.block is not None
        now[one.number * BLOCK : one.number * BLOCK + len(one.block)] = one.block
    return bytes(now)


def between(disk: bytes, writes: list[Event]) -> Iterator[bytes]:
    """The last write is done."""
    yield written(disk, writes)


def torn(disk: bytes, writes: list[Event]) -> Iterator[bytes]:
    """The last write was cut in its middle, at a place that is another for each."""
    *before, last = writes
    assert last.block is not None
    part = 1 + zlib.crc32(last.block) % (BLOCK - 1)
    yield written(disk, [*before, replace(last, block=last.block[:part])])


def reordered(disk: bytes, writes: list[Event]) -> Iterator[bytes]:
    """Of what was not synchronized, the last write alone is done; and any of them are."""
    *before, last = writes
    yield written(disk, [last])
    chosen = random.Random(len(writes) + last.number)
    yield written(disk, [one for one in before if chosen.random() < 0.5] + [last])


def cuts(disk: bytes, journal: bytes, how: How) -> Iterator[Cut]:
    """What a cut at every write leaves."""
    done, writes = 0, list[Event]()
    yield Cut(disk, 0)
    for event in events(journal):
        if event.block is not None:
            writes.append(event)
            for left in how(disk, writes):
                yield Cut(left, done)
        elif event.done:
            done = event.number + 1
        else:
            disk, writes = written(disk, writes), []


@dataclass(frozen=True)
class Case:
    """How a disk is, and where the power goes."""

    store: str
    how: How
    least: int
    """Cuts that there are at least."""


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(Case("littlefs", between, 400), id="between"),
        pytest.param(Case("littlefs", torn, 400), id="torn"),
        pytest.param(Case("sealed", between, 700), id="encrypted-between"),
        pytest.param(Case("sealed", torn, 700), id="encrypted-torn"),
        pytest.param(Case("littlefs", reordered, 800), id="reordered"),
        pytest.param(Case("sealed", reordered, 1400), id="encrypted-reordered"),
        pytest.param(Case("tar", between, 130), id="tar"),
    ],
)
def test_cuts(case: Case, power: Callable[[str], Path], bench: Bench, tmp_path: Path) -> None:
    image = power(case.store)
    storage, journal = formatted(tmp_path / "storage", size=SIZE), tmp_path / "journal"
    if case.store == "tar":
        storage.write_bytes(bytes(SIZE))
    if case.store == "sealed":
        ccm.encrypt(storage, storage, "00" * 16, BLOCK)
    before = storage.read_bytes()
    journal.write_bytes(bytes(4 << 20))
    disks = {"storage": storage, "journal": journal}
    ran = bench.run(image, disks=disks, mem=4)
    assert (ran.status, ran.console) == (0, ""), ran
    expected = states(case.store)
    tried = list(cuts(before, journal.read_bytes(), case.how))
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
    if case.store == "sealed" and case.how is between:
        ccm.decrypt(storage, storage, "00" * 16, BLOCK)
        values = {key for key, size in opened(storage).entries(storage) if size is not None}
        assert values - {".mirage-new"} in [set(state) for state in expected[-2:]]
