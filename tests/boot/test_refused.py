"""Images that are not what they should be: of another ABI, for another processor, damaged, or with
one device too many. Each tender refuses them before a guest starts, and so does `mirage-py run`,
which stands before targets whose tender does not look."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from mirage_py import catalog
from tests.support import tenders
from tests.support.bench import Bench
from tests.support.elf import ABI_NOTE, MANIFEST_NOTE, Elf
from tests.support.unikernel import mirage_py

TARGETS = catalog.targets(catalog.share())
TENDERS = [
    (target, tender)
    for target, about in sorted(TARGETS.items())
    if about.own_tender
    for tender in tenders.names(target)
]
AARCH64 = 183
MOST = 63


def newer_abi(elf: Elf) -> None:
    elf.abi["abi_version"] = 99


def older_abi(elf: Elf) -> None:
    elf.abi["abi_version"] = 0


def other_target(elf: Elf) -> None:
    elf.abi["abi_target"] = 0x7FFF


def other_processor(elf: Elf) -> None:
    elf.header["e_machine"] = AARCH64


def not_elf(elf: Elf) -> None:
    elf.data[0] = 0


def cut_off(elf: Elf) -> None:
    del elf.data[600:]


def no_abi(elf: Elf) -> None:
    elf.note(ABI_NOTE)["n_type"] = 0


def no_manifest(elf: Elf) -> None:
    elf.note(MANIFEST_NOTE)["n_type"] = 0


def note_beyond_its_segment(elf: Elf) -> None:
    elf.note(ABI_NOTE)["n_descsz"] = 0xFFFFFFFF


def too_many_entries(elf: Elf) -> None:
    elf.manifest["entries"] = MOST + 2


DAMAGE = [other_target, other_processor, not_elf, cut_off, no_abi, no_manifest, too_many_entries]
FOR_TENDERS = [newer_abi, older_abi, note_beyond_its_segment]
"""What is a tender's to find: `mirage-py run` may be given one of another version."""


def damaged(bench: Bench, target: str, damage: Callable[[Elf], None], folder: Path) -> Path:
    """An image with that damage."""
    elf = Elf(bench.programs(target).image("hello"))
    damage(elf)
    path = elf.write(folder / f"hello.{target}")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("damage", [*DAMAGE, *FOR_TENDERS])
@pytest.mark.parametrize(("target", "tender"), TENDERS)
def test_tender(
    bench: Bench, tmp_path: Path, target: str, tender: str, damage: Callable[[Elf], None]
) -> None:
    ran = bench.run(damaged(bench, target, damage, tmp_path), tender=tender)
    assert (ran.status, ran.console) == (1, ""), ran
    assert f"{tender}: " in ran.messages


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("target", sorted(TARGETS))
def test_run(bench: Bench, tmp_path: Path, target: str, damage: Callable[[Elf], None]) -> None:
    """`mirage-py run` tells it in its own words."""
    image = damaged(bench, target, damage, tmp_path)
    ran = mirage_py("run", "-q", str(image))
    assert (ran.status, ran.console) == (1, ""), ran
    assert ran.messages.startswith("error: "), ran


@pytest.mark.parametrize("target", sorted(TARGETS))
def test_run_by_the_host(bench: Bench, target: str) -> None:
    """Only an image that is a program of the host starts there; others fail at once."""
    image = bench.programs(target).image("hello")
    if TARGETS[target].runs_itself:
        assert subprocess.check_output([image], text=True) == "Hello\n"
    else:
        with pytest.raises(FileNotFoundError):  # its interpreter
            subprocess.run([image], check=False)


@pytest.mark.parametrize("count", [MOST, MOST + 1])
def test_one_device_too_many(tmp_path: Path, count: int) -> None:
    devices = [{"name": f"disk{number}", "type": "BLOCK_BASIC"} for number in range(count)]
    manifest = {"type": "solo5.manifest", "version": 1, "devices": devices}
    source = tmp_path / "manifest.json"
    source.write_text(json.dumps(manifest))
    ran = mirage_py("manifest", str(source), "-o", str(tmp_path / "manifest.c"))
    if count > MOST:
        assert ran.status == 1
        assert "64 devices are declared, and an image can have 63" in ran.messages
    else:
        assert ran.status == 0, ran
