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


def test_hashes(freeze: ModuleType) -> None:
    """They are frozen of what may be a name; of megabytes they are left to the image."""

    def compute(text: bytes, size: int) -> int:
        assert len(text) < 256
        return len(text) + size

    config = SimpleNamespace(MICROPY_QSTR_BYTES_IN_LEN=1)
    tool: Any = SimpleNamespace(qstrutil=SimpleNamespace(compute_hash=compute), config=config)
    freeze.hashes_of_names(tool)
    found = [tool.qstrutil.compute_hash(bytes(size), 2) for size in (0, 255, 256, 10**7)]
    assert found == [2, 257, 0, 0]
