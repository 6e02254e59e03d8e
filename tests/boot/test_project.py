"""A project's everyday verbs: its tests inside an image, and running it anew when it changes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
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


PYTEST = """\
import unittest

import pytest
import unikernel
from pytest import approx, param

pytestmark = pytest.mark.slow


@pytest.fixture(params=[1, 2])
def each(request, one):
    yield request.param + one
    assert one == 1


@pytest.fixture(autouse=True, scope="module")
def always():
    events = []
    yield events
    assert events == ["mine", "mine>"]


def test_each(each):
    assert each in (2, 3)


@pytest.mark.parametrize("x", [0, 1])
@pytest.mark.parametrize(
    ("y", "z"), [(2, "a"), param(3, b"q", id="three"), param(4, 5, marks=pytest.mark.skip("four"))]
)
def test_product(x, y, z, one):
    assert (x, y) != (one, 3)


@pytest.mark.parametrize("name", ["a", "a", None, 1.5, ValueError], ids=lambda one: None)
def test_names(name):
    pass


def test_raises():
    with pytest.raises(ValueError, match="in.al") as caught:
        int("x")
    assert caught.value.args
    assert pytest.raises(ValueError, int, "x").type is ValueError
    with pytest.raises(KeyError):
        pass


def test_built_in(monkeypatch, capsys):
    monkeypatch.setattr(unikernel, "double", lambda x: x)
    print("a", unikernel.double(3))
    assert capsys.readouterr().out == "a 3\\n"


def test_approx():
    assert unikernel.double(2) == 4
    assert [0.1 + 0.2, 1] == approx([0.3, 1])
    assert {"a": 1} != approx({"a": 1.001})


@pytest.mark.xfail(reason="not yet")
def test_not_yet():
    assert unikernel.double(2) == 5


@pytest.mark.xfail(strict=True)
def test_by_now():
    pass


@pytest.mark.skipif(unikernel.double(1) == 2, reason="always")
def test_left_out():
    raise ValueError


class TestClass:
    @classmethod
    def setup_class(cls):
        cls.number = 3

    @pytest.fixture
    def mine(self, always):
        always.append("mine")
        yield self.number
        always.append("mine>")

    def test_mine(self, mine):
        assert mine == 3

    @pytest.mark.usefixtures("nothing")
    def test_nothing(self):
        pass


@pytest.fixture
def broken():
    yield
    raise ValueError("teardown")


def test_teardown(broken):
    pass


class TestUnit(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.events = []
        cls.addClassCleanup(cls.events.append, "cleaned")

    def test_a(self):
        self.addCleanup(self.events.append, "test")

    def test_b(self):
        self.assertEqual(self.events, ["test"])
        self.addCleanup(self.fail, "in cleanup")


class TestMoreUnit(TestUnit):
    def test_c(self):
        self.assertEqual(self.events, ["test"])


@unittest.skip("all")
class TestNone(unittest.TestCase):
    def test_none(self):
        raise ValueError


class TestBadClass(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        raise ValueError("class")

    def test_one(self):
        pass

    def test_two(self):
        pass


class TestAsync(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.number = 1

    async def test_number(self):
        self.assertEqual(self.number, 1)


def tearDownModule():
    raise ValueError("module")
"""
CONFTEST = """\
import pytest


@pytest.fixture(scope="session")
def shared():
    found = [1]
    yield found
    assert found == [1]


@pytest.fixture
def one(shared):
    return shared[0]
"""
FOLDERS = {
    "plain/conftest.py": """\
import pytest


@pytest.fixture
def one(one):
    return one + 1
""",
    "plain/below.py": "TWO = 2\n",
    "plain/test_below.py": """\
import logging
import os
import warnings

import pytest
from below import TWO


def test_two(one):
    assert one == TWO


def test_warns():
    with pytest.warns(UserWarning, match="he+re"):
        warnings.warn("heeere", stacklevel=1)
    with pytest.deprecated_call():
        pass


def test_logs(caplog):
    caplog.set_level(logging.INFO)
    logging.getLogger("a").info("%d", 3)
    assert caplog.record_tuples == [("a", logging.INFO, "3")]


def test_environment(monkeypatch):
    with monkeypatch.context() as inner:
        inner.setenv("MIRAGE_PY_HERE", "yes")
        assert os.environ["MIRAGE_PY_HERE"] == "yes"
    assert "MIRAGE_PY_HERE" not in os.environ


def test_files(tmp_path, tmp_path_factory):
    (tmp_path / "a").write_text("text")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert tmp_path_factory.mktemp("data") != tmp_path
""",
    "pack/__init__.py": "",
    "pack/inside.py": "THREE = 3\n",
    "pack/test_inside.py": """\
from . import inside


def test_three(one):
    assert one + 2 == inside.THREE
""",
}
COMPARED = re.compile(r"tests/(?:test_works|plain|pack)\b")
OUTCOME = re.compile(
    r"(tests/\S+) (PASSED|FAILED|ERROR|(?:SKIPPED|XFAIL|XPASS)(?: \(.*\))?)(?: *\[ *\d+%\])?"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "tests").mkdir()
    for name, text in {
        "config.py": CONFIG,
        "unikernel.py": UNIKERNEL,
        "tests/test_double.py": TESTS,
        "tests/test_host.py": "import pytest\n\ndef test_host(pytester):\n    pass\n",
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("target", ["spt", "unix"])
def test_tests_inside_an_image(project: Path, target: str) -> None:
    (project / "tests" / "test_unit.py").write_text(UNITTEST)
    (project / "tests" / "test_works.py").write_text(PYTEST)
    (project / "tests" / "conftest.py").write_text(CONFTEST)
    (project / "config.py").write_text(CONFIG.replace(")])", ')], features=["vfs"])'))
    for name, text in FOLDERS.items():
        (project / "tests" / name).parent.mkdir(exist_ok=True)
        (project / "tests" / name).write_text(text)
    ran = mirage_py("-C", str(project), "test", "-t", target, timeout=300)
    assert ran.status == 1, ran
    assert "tests/test_host.py:3: `test_host` is for pytest: it takes the fixture" in ran.messages
    above = ran.lines.index("tests/test_double.py::test_right PASSED")
    assert ran.lines[above : above + 8] == [
        "tests/test_double.py::test_right PASSED",
        "tests/test_double.py::test_async PASSED",
        "tests/test_double.py::TestMore::test_wrong FAILED",
        "tests/test_double.py::TestMore::test_compared FAILED",
        "tests/test_unit.py::Doubles::test_equal PASSED",
        "tests/test_unit.py::Doubles::test_left_out SKIPPED (another day)",
        "tests/test_unit.py::Doubles::test_not_yet XFAIL",
        "tests/test_unit.py::Doubles::test_parts FAILED",
    ]
    assert '  File "tests/test_double.py", line 17, in test_wrong' in ran.lines
    at = ran.lines.index('  File "tests/test_double.py", line 20, in test_compared')
    assert ran.lines[at - 1 : at + 3] == [
        "Traceback (most recent call last):",
        ran.lines[at],
        "AssertionError: assert {'x': 4} == {'x': 5}",
        " +  where {'x': 4} = {'x': unikernel.double(2)}",
    ]
    method = "FAILED tests/test_double.py::TestMore::test_"
    at = ran.lines.index(f"{method}wrong - AssertionError: not seven")
    assert ran.lines[at : at + 4] == [
        f"{method}wrong - AssertionError: not seven",
        f"{method}compared - AssertionError: assert {{'x': 4}} == {{'x': 5}}",
        *(
            f"FAILED tests/test_unit.py::Doubles::test_parts - AssertionError: 4 != {n}"
            for n in (5, 6)
        ),
    ]
    words = [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider"]
    words += ["tests/test_works.py", "tests/plain", "tests/pack"]
    host = subprocess.run(words, cwd=project, capture_output=True, text=True, check=False)
    told = [found.groups() for found in map(OUTCOME.fullmatch, host.stdout.splitlines()) if found]
    inside = [one.groups() for one in map(OUTCOME.search, ran.lines) if one]
    assert sorted(told) == sorted(one for one in inside if COMPARED.search(one[0]))
    assert re.fullmatch(r"=+ \d+ failed, .*, 1 left to pytest in \d+\.\d\ds =+", ran.lines[-1])


def test_a_file_of_tests_that_fails(project: Path) -> None:
    """No test runs, as in pytest; a file that skips itself is none of these."""
    for name, text in {
        "test_broken.py": "raise ValueError(1)\n\ndef test_nothing():\n    pass\n",
        "test_other.py": 'import pytest\n\npytest.skip("not here", allow_module_level=True)\n\n'
        "def test_it():\n    pass\n",
    }.items():
        (project / "tests" / name).write_text(text)
    ran = mirage_py("-C", str(project), "test", "-t", "spt", timeout=300)
    assert ran.status == 2, ran
    assert '  File "tests/test_broken.py", line 1, in <module>' in ran.lines
    assert "ERROR tests/test_broken.py - ValueError: 1" in ran.lines
    assert re.fullmatch(r"!+ Interrupted: 1 error during collection !+", ran.lines[-2])
    assert re.fullmatch(r"=+ 1 error, 1 left to pytest in .*s =+", ran.lines[-1])
    assert "PASSED" not in ran.console
    assert "test_other" not in ran.console


def test_a_file_of_tests_that_cannot_be_built(project: Path) -> None:
    """What is wrong is told of the project's file, and ends the run as in pytest."""
    (project / "tests" / "test_lost.py").write_text("import lost\n\ndef test_a():\n    pass\n")
    ran = mirage_py("-C", str(project), "test", "-t", "spt", timeout=300)
    assert (ran.status, ran.console) == (2, "")
    assert "\n  tests/test_lost.py:1: import lost\n" in ran.messages


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
    assert " 2 passed, 3 deselected, 1 left to pytest in " in ran.lines[-1]
    assert "collected 5 items / 3 deselected / 2 selected" in ran.messages
    first = mirage_py(
        "-C", str(project), "test", "-t", "spt", "-x", "tests/test_double.py::TestMore", timeout=300
    )
    assert first.lines[0] == "tests/test_double.py::TestMore::test_wrong FAILED"
    assert first.lines[-2].strip("! ") == "stopping after 1 failures"
    assert " 1 failed, 3 deselected, 1 left to pytest in " in first.lines[-1]
    absent = mirage_py("-C", str(project), "test", "-t", "spt", "tests/test_no.py")
    assert absent.status == 4
    assert "no tests are in `tests/test_no.py`" in absent.messages
    none = mirage_py("-C", str(project), "test", "-t", "spt", "-k", "nothing", timeout=300)
    assert (none.status, none.console) == (5, ""), none


def test_a_file_that_is_older_than_the_one_before(tmp_path: Path) -> None:
    """What `mv` and `cp -p` put in place is built, whatever time it keeps."""
    (tmp_path / "config.py").write_text(CONFIG)
    module = "import half\n\ndef start():\n    print({!r}, half.of(8))\n"
    native = "cpdef int of(int x):\n    return x // {}\n"
    for name, text in (("unikernel.py", module), ("half.pyx", native)):
        (tmp_path / name).write_text(text.format("2"))
        (tmp_path / f"{name}.old").write_text(text.format("4"))
        os.utime(tmp_path / f"{name}.old", (10**9, 10**9))
    for name, told in (("", "2 4"), ("unikernel.py", "4 4"), ("half.pyx", "4 2")):
        if name:
            (tmp_path / f"{name}.old").replace(tmp_path / name)
        ran = mirage_py("-C", str(tmp_path), "run", "-t", "unix", timeout=300)
        assert (ran.status, ran.lines) == (0, [told]), ran


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
    """After a change is printed what the changed program prints: of Python, of Cython, after
    a mistake, with a new file and without it. Ctrl-C ends it, and the image."""
    unikernel, fast = project / "unikernel.py", project / "fast.pyx"
    fast.write_text("cpdef int three() noexcept:\n    return 3\n")
    fresh = "import extra\nimport fast\n\n\ndef start():\n    print(extra.NAME, fast.three())\n"
    steps = {
        "hello 4": lambda: unikernel.write_text(UNIKERNEL.replace("hello", "goodbye")),
        "goodbye 4": lambda: unikernel.write_text("def start(:\n"),
        "error: invalid Python: invalid syntax": lambda: unikernel.write_text(
            fresh.replace("extra.NAME", "0").replace("import extra\n", "")
        ),
        "0 3": lambda: fast.write_text("cpdef int three() noexcept:\n    return 4\n"),
        "0 4": lambda: (
            (project / "extra.py").write_text("NAME = 'extra'\n"), unikernel.write_text(fresh)
        ),
        "extra 4": (project / "extra.py").unlink,
    }  # fmt: skip
    words = [*COMMAND, "-C", str(project), "watch", "-t", "spt"]
    with running(words, stderr=subprocess.STDOUT) as watching:
        timer = threading.Timer(240, kill, [watching])
        timer.start()
        assert watching.stdout is not None
        lines, waiting = [], dict(steps)
        for line in watching.stdout:
            lines.append(line.strip())
            if line.startswith("ended with status"):
                step = next((one for one in waiting if one in lines), None)
                if step:
                    waiting.pop(step)()
                elif not waiting:
                    watching.send_signal(signal.SIGINT)
        timer.cancel()
        assert watching.wait() == 130, lines
    assert not waiting, lines
    assert "  unikernel.py:1: import extra" in [f"  {one}" for one in lines], lines


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
