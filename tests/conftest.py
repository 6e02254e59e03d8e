"""What all tests share: images are built by the command, as users build them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.golden import golden, pytest_addoption
from tests.support.unikernel import Unikernels

__all__ = ["golden", "pytest_addoption"]

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def unikernels(tmp_path_factory: pytest.TempPathFactory) -> Unikernels:
    """Builds unikernels, each once, and runs their images: see tests/support/unikernel.py."""
    return Unikernels(tmp_path_factory.mktemp("unikernels"))
