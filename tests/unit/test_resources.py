"""Files of packages, as images have them (library/importlib/resources.py)."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest

from mirage_py.catalog import share


def test_folders(monkeypatch: pytest.MonkeyPatch) -> None:
    table = ModuleType("_resources")
    monkeypatch.setattr(
        table, "FILES", {"one/a.txt": b"a", "one/in/b.txt": b"b", "other/c": b""}, raising=False
    )
    monkeypatch.setitem(sys.modules, "_resources", table)
    path = share() / "library" / "importlib" / "resources.py"
    spec = importlib.util.spec_from_file_location("guest_resources", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    below = [*module.files("one").iterdir()]
    assert [(str(one), one.is_file(), one.is_dir()) for one in below] == [
        ("one/a.txt", True, False), ("one/in", False, True),
    ]  # fmt: skip
    assert [one.read_text() for one in below[1].iterdir()] == ["b"]
    assert module.contents("one") == ["a.txt", "in"]
