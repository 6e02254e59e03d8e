"""What `mirage-py watch` takes for a change."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from mirage_py.cli.watch import Ignored, Pinned
from mirage_py.support.changes import Watcher


def test_changes(tmp_path: Path) -> None:
    source, folder = tmp_path / "unikernel.py", tmp_path / "library"
    source.write_text("")
    with Watcher(tmp_path, Ignored([])) as watcher:
        assert watcher.changed(0) == set()
        source.write_text("changed")
        assert watcher.changed(5) == {source}
        folder.mkdir()
        assert watcher.changed(5) == {folder}
        (folder / "new.py").write_text("")
        assert watcher.changed(5) == {folder / "new.py"}
        source.unlink()
        assert watcher.changed(5) == {source}


def test_folders_that_go(tmp_path: Path) -> None:
    """One that goes as it is looked into is no mistake; one that comes again is watched again."""
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    (ours / "brief").mkdir(parents=True)

    def ignores(path: Path) -> bool:
        if path.name == "brief":
            shutil.rmtree(path, ignore_errors=True)
        return False

    with Watcher(ours, ignores) as watcher:
        for _ in range(2):
            theirs.mkdir()
            watcher.also([theirs])
            (theirs / "a.py").write_text("")
            assert theirs / "a.py" in watcher.changed(5)
            (theirs / "a.py").unlink()
            theirs.rmdir()
            assert theirs / "a.py" in watcher.changed(5)


LOCK = """\
format = 1
requirements = ["loc @ ../loc"]
[toolchain]
compiler = "gcc"
linker = "ld"
[package.loc]
version = "1.0"
licence = "MIT"
[package.loc.origin]
kind = "path"
path = "../loc"
sha256 = "%s"
"""


def test_folders_of_packages(tmp_path: Path) -> None:
    """A package's folder elsewhere is watched as soon as the lock names it."""
    project, package = tmp_path / "project", tmp_path / "loc"
    project.mkdir()
    (package / "loc").mkdir(parents=True)
    pinned = Pinned(project)
    with Watcher(project, Ignored([])) as watcher:
        watcher.also(pinned.folders())
        (project / "mirage-py.lock").write_text(LOCK % ("0" * 64))
        watcher.also(pinned.folders())
        watcher.also(pinned.folders())
        assert watcher.changed(0) == set()
        (package / "loc.egg-info").mkdir()
        (package / "loc" / "a.py").write_text("")
        assert watcher.changed(5) == {package / "loc" / "a.py"}
        (project / "mirage-py.lock").write_text("format = ")
        assert pinned.folders() == (package,)


def test_what_means_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither what an editor leaves for a moment, nor a disk of the image's, nor our own output."""
    disk, output = tmp_path / "disk.img", tmp_path / "output.txt"
    disk.write_text("")
    monkeypatch.chdir(tmp_path)
    with output.open("w") as stdout:
        monkeypatch.setattr(sys, "stdout", stdout)
        monkeypatch.setattr(sys, "stderr", stdout)
        ignored = Ignored(["--block:storage=disk.img"])
    with Watcher(tmp_path, ignored) as watcher:
        for path in (disk, output, tmp_path / "4913", tmp_path / ".unikernel.py.swp"):
            path.write_text("written")
        (tmp_path / "4913").unlink()
        assert watcher.changed(0) == set()
