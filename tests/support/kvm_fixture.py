"""The test machine as a fixture, and what it has to report at the end of all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Protocol

import pytest

from tests.support.hvt import TENDERS, Hvt, Tender, installed
from tests.support.kernel import NoKernel, prepare
from tests.support.kvm import Machine, why_not
from tests.support.tenders import build_tender

RETRIES = pytest.StashKey[list[str]]()
"""The jobs that were run twice, of all processes of the tests."""


@pytest.fixture(scope="session")
def machine(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Machine]:
    """A Linux with a real KVM: see tests/support/kvm.py. Pytest's cache keeps its packages."""
    cache = pytestconfig.cache
    assert cache is not None
    made = Machine(cache.mkdir("kvm"), tmp_path_factory.mktemp("kvm"))
    why = why_not()
    try:
        prepare(made.cache)
    except NoKernel as error:
        why = str(error)
    if why:
        cannot_run(f"no machine with a KVM: {why}")
    try:
        made.run({}, "true")  # so that no test waits for it to boot
        yield made
    finally:
        made.stop()
        report(pytestconfig, made.retries)


@pytest.fixture(scope="session")
def mirage_hvt(machine: Machine, tmp_path_factory: pytest.TempPathFactory) -> Hvt:
    """C programs as hvt images, run in our tender."""
    root = tmp_path_factory.mktemp("hvt")
    tender = build_tender(root / "mirage-hvt", "hvt", "-static-pie")
    return Hvt(root, "hvt", machine, Tender.of(tender))


@pytest.fixture(scope="session", params=TENDERS)
def hvt(request: pytest.FixtureRequest, mirage_hvt: Hvt) -> Hvt:
    """The same in each tender there is: ours, and the official one where it is installed."""
    if request.param == mirage_hvt.tender.name:
        return mirage_hvt
    return Hvt(mirage_hvt.root, "hvt", mirage_hvt.machine, Tender.of(installed(request.param)))


def cannot_run(reason: str) -> None:
    """Skip the test; MIRAGE_PY_REQUIRE=hvt makes that a failure."""
    if "hvt" in os.environ.get("MIRAGE_PY_REQUIRE", "").split(","):
        pytest.fail(reason)
    pytest.skip(reason)


def report(config: pytest.Config, retries: list[str]) -> None:
    """Keep them for the summary, which may be another process's to write."""
    config.stash.setdefault(RETRIES, []).extend(retries)
    if hasattr(config, "workeroutput"):
        config.workeroutput["retries"] = retries


class Worker(Protocol):
    """A process of the tests, as xdist has it."""

    config: pytest.Config
    workeroutput: dict[str, list[str]]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Worker) -> None:
    """A process of the tests has ended."""
    report(node.config, getattr(node, "workeroutput", {}).get("retries", []))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Name the jobs that were run twice: passing at the second try must not go unseen."""
    for retry in config.stash.get(RETRIES, []):
        terminalreporter.write_line(f"the test machine hung and was restarted: {retry}")
