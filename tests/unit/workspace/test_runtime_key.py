"""What the key of a runtime in the cache is made of."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from mirage_py.lock import Toolchain
from mirage_py.sources import Cache
from mirage_py.workspace import runtime


def key(tmp_path: Path, *, sanitized: bool = False) -> str:
    """The key of a runtime without sources."""
    target = SimpleNamespace(arches=("x86_64",), sanitized=sanitized)
    graph = SimpleNamespace(config=SimpleNamespace(features=()), target=target)
    lock: Any = SimpleNamespace(graph=graph, sources=(), toolchain=Toolchain("gcc", "ld"))
    return runtime.runtime_of(lock, Cache(tmp_path)).key


def test_the_compiler_s_command_is_in_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = []
    for command in ("gcc", "gcc -O0", "gcc", "'gcc' -O0"):
        monkeypatch.setenv("MIRAGE_PY_CC", command)
        keys.append(key(tmp_path))
    assert keys[0] == keys[2] != keys[1] == keys[3]


def test_our_own_version_is_in_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = key(tmp_path)
    monkeypatch.setattr(runtime, "version", lambda: "99")
    assert key(tmp_path) != before


def test_the_sanitizers_are_in_the_key(tmp_path: Path) -> None:
    assert key(tmp_path, sanitized=True) != key(tmp_path)


def test_only_what_is_compiled_of_the_bindings_is_in_the_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = tmp_path / "house"
    driver = house / "bindings" / "disk"
    driver.mkdir(parents=True)
    for name in runtime.GUEST:
        (house / name).mkdir(parents=True)
    monkeypatch.setattr(runtime, "share", lambda: house)
    (driver / "disk.pyx").write_text("")
    before = key(tmp_path)
    (driver / "__init__.py").write_text("")
    assert key(tmp_path) == before
    (driver / "disk.pyx").write_text("x = 1\n")
    assert key(tmp_path) != before
