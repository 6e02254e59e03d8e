"""MIRAGE_PY_REQUIRE=all: a test that cannot run on this machine fails instead of being skipped, so
that CI does not pass for want of what it tests with."""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and required():
        _, _, reason = report.longrepr if isinstance(report.longrepr, tuple) else ("", 0, "skipped")
        report.outcome = "failed"
        report.longrepr = f"MIRAGE_PY_REQUIRE=all, and this test cannot run: {reason}"
    return report


def required() -> bool:
    return "all" in os.environ.get("MIRAGE_PY_REQUIRE", "").split(",")
