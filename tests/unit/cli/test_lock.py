"""`lock`, as far as it goes without a compiler."""

from __future__ import annotations

import pytest

from mirage_py.cli.app import main

pytestmark = pytest.mark.usefixtures("house")


def test_names_without_upgrade_are_not_ignored(project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["-C", str(project({})), "lock", "-t", "spt", "micropython"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("error: names say what to upgrade, and --upgrade is not given\n")
    assert "hint: `mirage-py lock --upgrade micropython`" in said
