"""The project of the image that `mirage-py test` runs."""

from __future__ import annotations

import os
from pathlib import Path

from mirage_py.cli.suite import share_lock
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
