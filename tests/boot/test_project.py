"""A project's everyday verbs: its tests inside an image, and running it anew when it changes."""

from __future__ import annotations

import re
import subprocess
import threading
from pathlib import Path

import pytest

from tests.support.unikernel import COMMAND, mirage_py

CONFIG = 'from mirage_py import *\n\nregister("hello", [main("unikernel.start", job)])\n'
UNIKERNEL = "def double(x):\n    return 2 * x\n\n\ndef start():\n    print('hello', double(2))\n"
TESTS = """\
import unikernel


def test_right():
    assert unikernel.double(2) == 4


async def test_async():
    assert unikernel.double(1) == 2


class TestMore:
    def test_wrong(self):
        assert unikernel.double(3) == 7, "not seven"
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "tests").mkdir()
    for name, text in {
        "config.py": CONFIG,
        "unikernel.py": UNIKERNEL,
        "tests/test_double.py": TESTS,
        "tests/test_host.py": "import pytest\n\ndef test_host(tmp_path):\n    pass\n",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("target", ["spt", "unix"])
def test_tests_inside_an_image(project: Path, target: str) -> None:
    ran = mirage_py("-C", str(project), "test", "-t", target, timeout=300)
    assert ran.status == 1, ran
    assert "tests/test_host.py is for pytest" in ran.messages
    assert ran.lines[:3] == [
        "tests/test_double.py::test_right PASSED",
        "tests/test_double.py::test_async PASSED",
        "tests/test_double.py::TestMore::test_wrong FAILED",
    ]
    assert '  File "test_double.py", line 14, in test_wrong' in ran.lines
    assert "FAILED tests/test_double.py::TestMore::test_wrong - AssertionError: not seven" in (
        ran.lines
    )
    assert re.fullmatch(r"=+ 1 failed, 2 passed in \d+\.\d\ds =+", ran.lines[-1])


def test_some_of_them(project: Path) -> None:
    ran = mirage_py("-C", str(project), "test", "-t", "spt", "-k", "right", timeout=300)
    assert ran.status == 0, ran
    assert " 1 passed in " in ran.lines[-1]
    none = mirage_py("-C", str(project), "test", "-t", "spt", "-k", "nothing", timeout=300)
    assert (none.status, none.console) == (5, ""), none


def test_watch(project: Path) -> None:
    """What is printed after a change is what the changed program prints."""
    watching = subprocess.Popen(
        [*COMMAND, "-C", str(project), "watch", "-t", "spt"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    timer = threading.Timer(120, watching.kill)
    timer.start()
    try:
        assert watching.stdout is not None
        lines = []
        for line in watching.stdout:
            lines.append(line.strip())
            if line.startswith("ended with status 0") and "hello 4" in lines:
                if "goodbye 4" in lines:
                    break
                (project / "unikernel.py").write_text(UNIKERNEL.replace("hello", "goodbye"))
        assert lines.index("hello 4") < lines.index("unikernel.py changed"), lines
        assert lines.index("unikernel.py changed") < lines.index("goodbye 4"), lines
    finally:
        timer.cancel()
        watching.terminate()
        watching.wait(10)
        if watching.stdout:
            watching.stdout.close()
