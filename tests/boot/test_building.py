"""Building where things are not as usual: two at once, moved projects, Python of another kind."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from pathlib import Path

import pytest

from mirage_py.support.files import locked
from mirage_py.support.version import version
from tests.support.running import running
from tests.support.unikernel import COMMAND, mirage_py

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "config.py": """\
from mirage_py import *

register("hello", [main("unikernel.start", job)])
""",
    "unikernel.py": "def start():\n    print('hello')\n",
}


def project(folder: Path, unikernel: str = FILES["unikernel.py"]) -> Path:
    """A project in `folder`."""
    folder.mkdir(parents=True)
    for name, text in (FILES | {"unikernel.py": unikernel}).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def build(folder: Path) -> str:
    """Build it and return what was said."""
    ran = mirage_py("-C", str(folder), "build", "-t", "spt", timeout=600)
    assert ran.status == 0, ran.messages
    return ran.messages


def test_two_at_once(tmp_path: Path) -> None:
    """They wait for whoever builds, so for each other, and both succeed."""
    folder = project(tmp_path / "hello")
    build(folder)
    words = [*COMMAND, "-C", str(folder), "build", "-t", "spt"]
    for is_held in (True, False):
        shutil.rmtree(folder / "_build")
        with contextlib.ExitStack() as stack:
            with contextlib.ExitStack() as held:
                if is_held:
                    held.enter_context(locked(folder / "_build" / "spt" / "lock"))
                builds = [
                    stack.enter_context(running(words, stdout=None, stderr=subprocess.PIPE))
                    for _ in range(2)
                ]
                for one in builds if is_held else ():
                    assert one.stderr
                    assert "waiting for another mirage-py\n" in iter(one.stderr.readline, "")
            said = [one.communicate(timeout=300)[1] for one in builds]
        assert [one.returncode for one in builds] == [0, 0], said


def test_moved(tmp_path: Path) -> None:
    """What was built elsewhere, or is a copy, builds, to the same bytes."""
    folder = project(tmp_path / "hello")
    build(folder)
    image = (folder / "dist" / "hello.spt").read_bytes()
    other = tmp_path / "other"
    folder.rename(other)
    (other / "unikernel.py").touch()
    build(other)
    assert (other / "dist" / "hello.spt").read_bytes() == image
    (other / "unikernel.py").write_text("def start():\n    print('other')\n", encoding="utf-8")
    build(other)
    assert (other / "dist" / "hello.spt").read_bytes() != image


@pytest.mark.parametrize(
    ("line", "why"),
    [("global i", "identifier redefined as global"), ("del (i), [i]", "can't delete expression")],
    ids=["global", "del"],
)
def test_python_that_micropython_lacks(tmp_path: Path, line: str, why: str) -> None:
    folder = project(tmp_path / "hello", f"def start(i=0):\n    pass\n    {line}\n")
    ran = mirage_py("-C", str(folder), "build", "-t", "spt", timeout=600)
    assert ran.status == 1
    assert (
        f"error: this is not in MicroPython's Python (SyntaxError: {why})\n"
        f"  unikernel.py:3: {line}\n"
    ) in ran.messages
    assert "ninja" not in ran.messages


def test_licences(tmp_path: Path) -> None:
    """Of all that is linked: ours, the interpreter's, and those of what it took from others."""
    folder = project(tmp_path / "hello")
    build(folder)
    said = mirage_py("inspect", "--licences", str(folder / "dist" / "hello.spt")).console
    ours = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert said.startswith(f"mirage-py {version()} (ISC)\n\n{ours}")
    holders = ("Damien P. George", "Rich Felker", "Sun Microsystems", "Joergen Ibsen", "Russ Cox",
               "Brad Conte", "ChaN")  # fmt: skip
    assert [name for name in holders if name not in said] == []
    assert "#include" not in said
    described = mirage_py("-C", str(folder), "describe", "-t", "spt").lines
    assert described[-1] == "Vendored  micropython"  # of all that a runtime is made of
    (folder / "unikernel.py").write_text("from mirage import hooks\ndef start(): pass\n")
    changed = mirage_py("-C", str(folder), "describe", "-t", "spt").lines
    assert changed[-1].endswith("(what of them is used is linked)")


@pytest.mark.parametrize(
    "name", ["a, b", "50%", "a b", "$x", "ä:b", "-Wl,x", "#1;(2)&", '"', "{x}"]
)
def test_odd_names_of_folders(tmp_path: Path, name: str) -> None:
    folder = project(tmp_path / name / "hello")
    build(folder)
    plain = project(tmp_path / "plain")
    build(plain)
    images = [(one / "dist" / "hello.spt").read_bytes() for one in (folder, plain)]
    assert images[0] == images[1]


@pytest.mark.parametrize("name", ["it's", "a\\b", "two\nlines"])
def test_unusable_names_of_folders(tmp_path: Path, name: str) -> None:
    folder = project(tmp_path / name)
    ran = mirage_py("-C", str(folder), "build", "-t", "spt", timeout=600)
    assert ran.status == 1
    assert ran.messages.endswith(f": {folder}\n\nhint: give the folder another name\n")
    assert "nothing can be built with a folder whose name has " in ran.messages
