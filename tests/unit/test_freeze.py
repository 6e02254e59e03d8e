"""What the image's freeze step changes in mpy-tool."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

TOOL = Path(__file__).resolve().parents[2] / "runtime_c" / "tools" / "freeze.py"


@pytest.fixture
def freeze() -> ModuleType:
    spec = importlib.util.spec_from_file_location("freeze", TOOL)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("size", [1, 2])
def test_hashes(freeze: ModuleType, size: int) -> None:
    """They are the interpreter's (py/qstr.c), of any number of bytes; of megabytes, too."""
    tool: Any = SimpleNamespace(qstrutil=SimpleNamespace())
    freeze.short_hashes(tool)
    for text in (b"", b"a", b"mirage", bytes(range(256)) * 8):
        whole = 5381
        for byte in text:
            whole = whole * 33 ^ byte
        assert tool.qstrutil.compute_hash(text, size) == (whole % 256**size or 1)
    assert 0 < tool.qstrutil.compute_hash(bytes(2**20), size) < 256**size
