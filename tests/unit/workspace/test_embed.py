"""Packs of embedded directories: what the guest reads in place."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

TOOL = Path(__file__).resolve().parents[3] / "runtime_c" / "tools" / "embed.py"


def load() -> ModuleType:
    """The tool as a module."""
    spec = importlib.util.spec_from_file_location("embed", TOOL)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["embed"] = module  # where dataclasses look for it
    spec.loader.exec_module(module)
    return module


embed: Any = load()


def pack(directory: Path, out: Path, *latest: str) -> bytes:
    """The pack of a directory."""
    out.mkdir(exist_ok=True)
    subprocess.run([sys.executable, TOOL, directory, "0", out, *latest], check=True)
    return (out / "embedded-0.pack").read_bytes()


def filled(root: Path, times: int) -> Path:
    (root / "sub").mkdir(parents=True)
    for name in ("a", "sub/b"):
        (root / name).write_text(name)
    for path in (root / "a", root / "sub" / "b", root / "sub", root):
        os.utime(path, (times, times))
    return root


@pytest.mark.parametrize("count", [1, 2, 3, 7, 100, 3000])
def test_every_key_has_a_slot_of_its_own(count: int) -> None:
    """And one look finds it, or nothing."""
    keys = [f"dir{number % 7}/file{number}" for number in range(count)]
    displacements, slots = embed.perfect(keys)
    bits = len(slots).bit_length() - 1
    for number, key in enumerate(keys):
        value = embed.hash_of(key)
        displacement = displacements[value % len(displacements)]
        assert slots[embed.slot_of(value, displacement, bits)] == number + 1
    assert sorted(slots)[-count:] == list(range(1, count + 1))
    assert len(slots) <= max(2, 2.5 * count)


def test_hash_is_fnv1a() -> None:
    """Test vectors of the FNV draft (draft-eastlake-fnv, appendix C)."""
    assert embed.hash_of("") == 0xCBF29CE484222325
    assert embed.hash_of("foobar") == 0x85944171F73967E8


def test_same_bytes_in_another_place(tmp_path: Path) -> None:
    first = pack(filled(tmp_path / "x", 10**9), tmp_path / "out")
    assert pack(filled(tmp_path / "y" / "z", 10**9), tmp_path / "out") == first
    later = filled(tmp_path / "later", 2 * 10**9)
    assert pack(later, tmp_path / "out") != first
    assert pack(later, tmp_path / "out", str(10**9)) == first


def test_what_was_read_is_named(tmp_path: Path) -> None:
    pack(filled(tmp_path / "a b", 10**9), tmp_path / "out")
    names = (tmp_path / "out" / "embedded-0.d").read_text()
    for name in ("", "/a", "/sub", "/sub/b"):
        assert f"/a\\ b{name}" in names


def test_links(tmp_path: Path) -> None:
    """A link to a file is the file; one to a directory, which could lead round, is refused."""
    root = filled(tmp_path / "x", 10**9)
    (root / "link").symlink_to("a")
    assert [entry.key for entry in embed.scan(root, 1 << 62)] == ["", "a", "link", "sub", "sub/b"]
    (root / "round").symlink_to(".")
    with pytest.raises(SystemExit, match="round: a link to a directory"):
        embed.scan(root, 1 << 62)


def test_name_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff")).write_text("")
    with pytest.raises(SystemExit, match="not UTF-8"):
        embed.scan(tmp_path, 1 << 62)
