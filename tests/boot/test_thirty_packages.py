"""Packages of docs/packages.md print in an image what they print in CPython: a few of those that
do; `make packages` tries all thirty."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.packages.run import attempt


@pytest.mark.parametrize("name", ["h11", "idna", "packaging", "six"])
def test_an_image_prints_what_cpython_prints(name: str, tmp_path: Path) -> None:
    assert attempt(name, tmp_path).why == ""
