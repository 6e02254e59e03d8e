"""A checkout that packages are made of."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.checkout import LEFT_OUT, ROOT


@pytest.fixture(scope="session")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this checkout with the bytecode that running from it leaves behind."""
    copy = tmp_path_factory.mktemp("checkout") / "mirage-py"
    shutil.copytree(ROOT, copy, ignore=LEFT_OUT, symlinks=True)
    for folder in ("orchestrator/mirage_py", "orchestrator/mirage_py/dsl", "bindings/log"):
        left = copy / folder / "__pycache__" / "left.cpython-311.pyc"
        left.parent.mkdir()
        left.write_bytes(b"")
    return copy
