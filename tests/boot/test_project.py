"""A project's everyday verbs: its tests inside an image, and running it anew when it changes."""

from __future__ import annotations

import re
import subprocess
import threading
from pathlib import Path

import pytest

from tests.support.running import kill, running
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
    def setup_method(self):
        self.number = 3

    def test_wrong(self):
        assert unikernel.double(self.number) == 7, "not seven"

    def test_compared(self):
        assert {"x": unikernel.double(2)} == {
            "x": 5,
        }
"""


UNITTEST = """\
import unittest


class Doubles(unittest.TestCase):
    def setUp(self):
        self.number = 4

    def test_equal(self):
        self.assertEqual(self.number, 4)

    def test_left_out(self):
        self.skipTest("another day")

    @unittest.expectedFailure
    def test_not_yet(self):
        self.assertEqual(self.number, 5)

    def test_parts(self):
        for number in (4, 5, 6):
            with self.subTest(number=number):
                self.assertEqual(self.number, number)
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
    broken = "raise ValueError(1)\n\ndef test_nothing():\n    pass\n"
    (project / "tests" / "test_broken.py").write_text(broken)
    (project / "tests" / "test_unit.py").write_text(UNITTEST)
    ran = mirage_py("-C", str(project), "test", "-t", target, timeout=300)
    assert ran.status == 1, ran
    assert "tests/test_host.py is for pytest" in ran.messages
    assert ran.lines[:9] == [
        "tests/test_broken.py::test_nothing ERROR",
        "tests/test_double.py::test_right PASSED",
        "tests/test_double.py::test_async PASSED",
        "tests/test_double.py::TestMore::test_wrong FAILED",
        "tests/test_double.py::TestMore::test_compared FAILED",
        "tests/test_unit.py::Doubles::test_equal PASSED",
        "tests/test_unit.py::Doubles::test_left_out SKIPPED",
        "tests/test_unit.py::Doubles::test_not_yet XFAIL",
        "tests/test_unit.py::Doubles::test_parts FAILED",
    ]
    assert '  File "test_double.py", line 17, in test_wrong' in ran.lines
    assert '  File "test_double.py", line 20, in test_compared' in ran.lines
    method = "FAILED tests/test_double.py::TestMore::test_"
    assert ran.lines[-6:-1] == [
        "ERROR tests/test_broken.py::test_nothing - ValueError: 1",
        f"{method}wrong - AssertionError: not seven",
        f"{method}compared - AssertionError: assert {{'x': 4}} == {{'x': 5}}",
        *(
            f"FAILED tests/test_unit.py::Doubles::test_parts - AssertionError: 4 != {n}"
            for n in (5, 6)
        ),
    ]
    assert re.fullmatch(
        r"=+ 3 failed, 3 passed, 1 skipped, 1 xfailed, 1 error in \d+\.\d\ds =+", ran.lines[-1]
    )


ENDINGS = """\
import ends


def test_first():
    pass


def test_exits():
    raise SystemExit(0)


def test_crashes():
    ends.crash()


def test_hangs():
    ends.hang()
"""
ENDS = """\
cpdef void crash() noexcept:
    cdef int *nowhere = <int *>8
    nowhere[0] = 1

cpdef void hang() noexcept:
    cdef volatile int on = 1
    while on:
        pass
"""


def test_tests_that_end_the_image(project: Path) -> None:
    """To exit is to fail; a crash and a hang are told, and the test that did it is named last."""
    (project / "tests" / "test_double.py").write_text(ENDINGS)
    (project / "ends.pyx").write_text(ENDS)
    at = ("-C", str(project), "test", "-t", "spt")
    crashed = mirage_py(*at, timeout=300)
    assert crashed.lines[:3] == [
        "tests/test_double.py::test_first PASSED",
        "tests/test_double.py::test_exits FAILED",
        "tests/test_double.py::test_crashes ",
    ]
    assert crashed.status == 1
    assert "error: the image ended with status " in crashed.messages
    hung = mirage_py(*at, "-k", "hangs", "--timeout=2", timeout=300)
    assert (hung.status, hung.console) == (1, "tests/test_double.py::test_hangs ")
    assert "error: the tests did not end within 2 s" in hung.messages


def test_some_of_them(project: Path) -> None:
    """`-k` chooses; what `--keep` put in the project's image is in that of the tests."""
    (project / "kept.py").write_text("VALUE = 5\n", encoding="utf-8")
    by_name = "\n\ndef test_right_kept():\n    assert __import__('kept').VALUE == 5\n"
    (project / "tests" / "test_double.py").write_text(TESTS + by_name, encoding="utf-8")
    assert mirage_py("-C", str(project), "configure", "-t", "spt", "--keep=kept").status == 0
    ran = mirage_py("-C", str(project), "test", "-t", "spt", "-k", "right", timeout=300)
    assert ran.status == 0, ran
    assert " 2 passed in " in ran.lines[-1]
    assert "collected 5 items / 3 deselected / 2 selected" in ran.messages
    one = mirage_py(
        "-C", str(project), "test", "-t", "spt", "tests/test_double.py::test_async", timeout=300
    )
    assert one.lines[0] == "tests/test_double.py::test_async PASSED"
    assert " 1 passed in " in one.lines[-1]
    absent = mirage_py("-C", str(project), "test", "-t", "spt", "tests/test_no.py")
    assert absent.status == 2
    assert "no tests are in `tests/test_no.py`" in absent.messages
    none = mirage_py("-C", str(project), "test", "-t", "spt", "-k", "nothing", timeout=300)
    assert (none.status, none.console) == (5, ""), none


ARGUMENTS = {
    "config.py": """\
from mirage_py import *

count = runtime_arg("--count", "-n", type=int, default=3, choices=[1, 3])
owner = runtime_arg("--owner", required=True)
register("hello", [main("unikernel.start", job, args=[count, owner])])
""",
    "unikernel.py": """\
from mirage import args

need = args.add("--need", type=int, required=True)


def start(count, owner):
    print(count, owner)
""",
    "tests/test_double.py": """\
import unikernel
from mirage import args


def test_arguments():
    print(unikernel.need(), args.get("--count"), args.get("--owner"), end=" ")
""",
}


def test_tests_are_given_arguments(project: Path) -> None:
    """Those of unikernel.py and of config.py; what is missing is named, and the way to give it."""
    for name, text in ARGUMENTS.items():
        (project / name).write_text(text, encoding="utf-8")
    at = ("-C", str(project), "test", "-t", "spt")
    without = mirage_py(*at, timeout=300)
    assert without.status == 1
    assert without.lines[0] == "tests: required option '--need' is missing"
    assert "  unikernel.py:3: need = args.add(" in without.messages
    assert "`mirage-py test -- --need=VALUE`" in without.messages
    ran = mirage_py(*at, "--", "--need=4", "--owner=a b", timeout=300)
    assert (ran.status, ran.lines[0].rpartition("::")[2]) == (0, "test_arguments 4 3 a b PASSED")
    wrong = mirage_py(*at, "--", "--need=4", "-n2", timeout=300)
    assert wrong.lines[0].startswith("tests: option '--count': invalid value '2'")
    assert "`mirage-py test -- --NAME=VALUE`" in wrong.messages
    assert mirage_py(*at, "--", "--help", timeout=300).status == 63


def test_a_new_project_has_a_test(tmp_path: Path) -> None:
    assert mirage_py("-C", str(tmp_path), "new", "site").status == 0
    ran = mirage_py("-C", str(tmp_path / "site"), "test", "-t", "spt", timeout=300)
    assert (ran.status, ran.lines[0]) == (0, "tests/test_greeting.py::test_greeting PASSED"), ran


def test_watch(project: Path) -> None:
    """What is printed after a change is what the changed program prints."""
    words = [*COMMAND, "-C", str(project), "watch", "-t", "spt"]
    with running(words, stderr=subprocess.STDOUT) as watching:
        timer = threading.Timer(120, kill, [watching])
        timer.start()
        assert watching.stdout is not None
        lines = []
        for line in watching.stdout:
            lines.append(line.strip())
            if line.startswith("ended with status 0") and "hello 4" in lines:
                if "goodbye 4" in lines:
                    break
                (project / "unikernel.py").write_text(UNIKERNEL.replace("hello", "goodbye"))
        timer.cancel()
    assert lines.index("hello 4") < lines.index("unikernel.py changed"), lines
    assert lines.index("unikernel.py changed") < lines.index("goodbye 4"), lines


def test_modules_may_be_called_as_parts_of_the_start_code(tmp_path: Path) -> None:
    """The start code has other names for what it defines, and its own for what it uses."""
    config = """\
from mirage_py import *
class Thing: ...
thing = typ(Thing)
port = runtime_arg("--port", type=int, default=80)
bad = impl("bad", thing, connect="type.connect()", imports=["type", "print"])
first = main("boot.start", job, args=[port])
register("t", [first, main("error.start", thing >> job)(bad), main("argument.start", job)])
"""
    for name, text in {
        "config": config,
        "boot": "import refused\n\nasync def start(port):\n    refused.say('boot', port)\n",
        "refused": "say = print\n",
        "type": "def connect():\n    raise ValueError('none')\n",
        "print": "",
        "error": "def start(thing):\n    pass\n",
        "argument": "def start():\n    pass\n",
    }.items():
        (tmp_path / f"{name}.py").write_text(text, encoding="utf-8")
    ran = mirage_py("-C", str(tmp_path), "run", "-t", "spt", timeout=300)
    assert "mirage: device `bad` (config.py:5) cannot be connected: ValueError: none" in ran.lines
    text = config.replace("type.connect()", "None")
    (tmp_path / "config.py").write_text(text, encoding="utf-8")
    ran = mirage_py("-C", str(tmp_path), "run", "-t", "spt", timeout=300)
    assert (ran.status, ran.lines) == (0, ["boot 80"])
