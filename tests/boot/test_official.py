"""For every test of Solo5 there is one of ours, or a reason why not: official.toml."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from mirage_py import catalog
from tests.support.expect import runs
from tests.support.programs import PROGRAMS, ROOT

TABLE = tomllib.loads(Path(__file__).with_name("official.toml").read_text(encoding="utf-8"))
COUNT = 81
"""The tests of Solo5 0.12.1."""
RUNS = {str(run): run for run in runs(PROGRAMS)}
TARGETS = catalog.targets(catalog.share())


def several(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def named(section: str) -> Iterator[tuple[str, str]]:
    """Each official name of a section with each that stands for it."""
    for official, ours in TABLE[section].items():
        for one in several(ours):
            yield official, one


def test_none_is_missing() -> None:
    names = [name for section in TABLE.values() for name in section]
    assert len(names) == len(set(names)) == COUNT
    assert set(TABLE) == {"runs", "tests", "exempt"}


@pytest.mark.parametrize(("official", "run"), list(named("runs")))
def test_run(official: str, run: str) -> None:
    """It is there, and is for the same target."""
    target = official.rsplit(maxsplit=1)[-1]
    assert target in TARGETS
    assert RUNS[run].is_for(target)


@pytest.mark.parametrize(("official", "test"), list(named("tests")))
def test_test(official: str, test: str) -> None:
    path, name = test.split("::")
    module = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    assert name in {one.name for one in module.body if isinstance(one, ast.FunctionDef)}, official


@pytest.mark.parametrize("official", TABLE["exempt"])
def test_exempt(official: str) -> None:
    """Its reason is said."""
    assert len(TABLE["exempt"][official]) >= len("as hello")


@pytest.mark.parametrize("program", sorted({run.program for run in RUNS.values()}))
def test_program_says_what_it_shows(program: str) -> None:
    lines = (PROGRAMS / f"{program}.c").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "/* SPDX-License-Identifier: ISC"
    assert lines[3].startswith(f" * {program}.c: ")
