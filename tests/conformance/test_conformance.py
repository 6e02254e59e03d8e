"""MicroPython's tests pass on spt, all but those that known.toml names, each with its reason."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from tests.conformance import runner
from tests.conformance.known import Known, read_known
from tests.conformance.runner import Outcome, Result
from tests.support.unikernel import Unikernels

LEAST = {"basics": 515, "float": 61, "extmod": 100}
"""How many tests of a directory pass, whatever the table says."""
LINES = 20
"""Of a difference that are shown."""


@pytest.fixture(scope="module")
def image(unikernels: Unikernels) -> Path:
    return unikernels.build(runner.HERE / "unikernel", "spt").path


@pytest.fixture(scope="module")
def tests() -> Path:
    return runner.fetch_tests()


@pytest.fixture(scope="module")
def known() -> dict[str, Known]:
    return read_known()


@pytest.mark.parametrize("directory", runner.DIRECTORIES)
def test_directory(directory: str, image: Path, tests: Path, known: dict[str, Known]) -> None:
    results = runner.run(image, tests, runner.names(tests, directory))
    surprises = [wrong for one in results if (wrong := surprise(one, known.get(one.name)))]
    if surprises:
        pytest.fail("\n\n".join(surprises), pytrace=False)
    passed = sum(one.outcome is Outcome.PASS for one in results)
    assert passed >= LEAST.get(directory, 1)


def test_table_names_tests(tests: Path, known: dict[str, Known]) -> None:
    there = {name for directory in runner.DIRECTORIES for name in runner.names(tests, directory)}
    assert not known.keys() - there


def surprise(result: Result, known: Known | None) -> str:
    """What is wrong with a result, if it is not the one to be expected."""
    if known is None:
        if result.outcome is Outcome.PASS:
            return ""
        return f"{result.name} does not pass\n{difference(result)}"
    if result.outcome is Outcome.PASS:
        return f"{result.name} passes: take it out of known.toml ({known.reason})"
    if known.explains(result):
        return ""
    return f"{result.name} is known for something else: {known.reason}\n{difference(result)}"


def difference(result: Result) -> str:
    """How the output differs from what is expected."""
    if result.outcome is Outcome.SKIP:
        return "SKIP"
    lines = difflib.unified_diff(
        result.expected.splitlines(), result.output.splitlines(), "expected", "found", lineterm=""
    )
    return "\n".join([*lines][:LINES])
