"""The project of the image that `mirage-py test` runs."""

from __future__ import annotations

import os
from pathlib import Path

from mirage_py.cli.suite import copy, share_lock
from mirage_py.lock import NAME


def test_the_tests_begin_with_the_lock_of_the_project(tmp_path: Path) -> None:
    """What they add to it stays until the project's is another, however old that file is."""
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / NAME).write_text("of a project that was never locked")
    lock = tmp_path / NAME
    lock.write_text("first")
    share_lock(tmp_path, folder)
    assert (folder / NAME).read_text() == "first"
    (folder / NAME).write_text("first, and more")
    share_lock(tmp_path, folder)
    assert (folder / NAME).read_text() == "first, and more"
    lock.write_text("second")
    os.utime(lock, (0, 0))
    share_lock(tmp_path, folder)
    assert (folder / NAME).read_text() == "second"


def test_copies_are_utf8(tmp_path: Path) -> None:
    """And say of no other encoding; their lines stay."""
    for name, head in (
        ("first", "# -*- coding: latin-1 -*-\n"),
        ("second", "#!python\n# vim: fileencoding=cp1252 :\n"),
        ("none", "\n\n# coding: latin-1 is no declaration here\n"),
    ):
        text = f"{head}WORD = 'caf\xe9'\n"
        encoding = "utf-8" if name == "none" else "latin-1"
        (tmp_path / f"test_{name}.py").write_text(text, encoding=encoding)
    copy(tmp_path, tmp_path / "copies")
    for path in tmp_path.glob("copies/*.py"):
        found: dict[str, str] = {}
        exec(path.read_bytes(), found)  # noqa: S102
        assert found["WORD"] == "caf\xe9"
    assert (tmp_path / "copies/test_second.py").read_text().splitlines()[:2] == ["#!python", "#"]
    assert "no declaration" in (tmp_path / "copies/test_none.py").read_text()
