"""What all tests share: images are built by the command, as users build them."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.support.bench import Bench
from tests.support.golden import golden, pytest_addoption
from tests.support.hvt import Hvt
from tests.support.kvm_fixture import (
    hvt,
    machine,
    mirage_hvt,
    pytest_terminal_summary,
    pytest_testnodedown,
)
from tests.support.require import pytest_runtest_makereport
from tests.support.unikernel import Runner, Unikernels

__all__ = [
    "golden",
    "hvt",
    "machine",
    "mirage_hvt",
    "pytest_addoption",
    "pytest_runtest_makereport",
    "pytest_terminal_summary",
    "pytest_testnodedown",
]

# A shell starts what it puts in the background with SIGINT ignored, and so would be all that the
# tests start and mean to interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Its files run in images, and some have names of the standard library's.
collect_ignore = ["library/cpython/guest"]

ROOT = Path(__file__).resolve().parents[1]


def of_all(factory: pytest.TempPathFactory, name: str) -> Path:
    """A folder of that name which all processes of these tests share."""
    own = factory.getbasetemp()
    path = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name
    path.mkdir(exist_ok=True)
    return path


@pytest.fixture(scope="session")
def unikernels(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Unikernels:
    """Builds unikernels, each once, and runs their images: see tests/support/unikernel.py."""

    def in_machine() -> Runner:
        hvt: Hvt = request.getfixturevalue("mirage_hvt")
        return hvt.run_unikernel

    return Unikernels(of_all(tmp_path_factory, "unikernels"), {"hvt": in_machine})


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Bench:
    """Runs any image with devices, taps and disks on any target: see tests/support/bench.py."""
    return Bench(tmp_path_factory.mktemp("bench"), lambda: request.getfixturevalue("machine"))
