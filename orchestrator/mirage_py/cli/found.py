"""What is found in a project's tests/: tests, fixtures, and what is left to pytest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mirage_py.support.errors import Position


CONFTEST = "conftest.py"
TMP = frozenset({"tmp_path", "tmp_path_factory"})
"""The fixtures that need files."""
PYTESTS = TMP | {
    "cache", "capfd", "capfdbinary", "caplog", "capsys", "capsysbinary", "capteesys",
    "doctest_namespace", "monkeypatch", "pytestconfig", "pytester", "record_property",
    "record_testsuite_property", "record_xml_attribute", "recwarn", "request", "subtests",
    "testdir", "tmpdir", "tmpdir_factory",
}  # fmt: skip
"""Those that pytest itself has (docs.pytest.org, "Fixtures reference")."""


@dataclass(frozen=True)
class Fixture:
    """A function that makes a value for tests, of a test module or of conftest.py."""

    name: str
    """What tests call it."""
    file: str
    """The file it is in: `tests/conftest.py`."""
    module: str
    """What that is called in the image of the tests."""
    owner: str | None
    """The class."""
    function: str
    wants: tuple[str, ...]
    kind: str
    """How it makes its value: `plain`, `yields`, `async`, or `generator`, an asynchronous one."""
    several: bool = False
    """It may make several, one for each case of a test."""

    @property
    def wants_files(self) -> bool:
        return bool(TMP & {*self.wants})

    def is_seen_by(self, test: Test) -> bool:
        """Whether a test can take it: from its own file, or a conftest.py beside or above."""
        folder, _, name = self.file.rpartition("/")
        above = name == CONFTEST and test.file.startswith(f"{folder}/")
        return self.file == test.file or above


@dataclass(frozen=True)
class Test:
    """A test function, or the method of a test class."""

    file: str
    """`tests/test_a.py`."""
    module: str
    """What that is called in the image of the tests."""
    owner: str | None
    """The class."""
    name: str
    wants: tuple[str, ...] = ()
    """The names of what it is called with: fixtures and parameters."""
    cases: bool = False
    """It may have several, `tests/test_a.py::test_b[1]`, which only the image knows."""

    @property
    def wants_files(self) -> bool:
        return bool(TMP & {*self.wants})

    @property
    def id(self) -> str:
        """As pytest names it: `tests/test_a.py::TestB::test_c`."""
        return "::".join([self.file, *([self.owner] if self.owner else []), self.name])


@dataclass(frozen=True)
class Left:
    """A test, or a file of tests, that is left to pytest."""

    name: str
    why: str
    position: Position

    def __str__(self) -> str:
        return f"{self.position.file}:{self.position.line}: {self.name} is for pytest: {self.why}"


@dataclass(frozen=True)
class Collection:
    """What was found in tests/."""

    tests: tuple[Test, ...]
    left: tuple[Left, ...]
    fixtures: tuple[Fixture, ...]
    """Those of the files of `tests` and of conftest.py, the nearest last."""
    marked: bool
    """Whether the image has `pytest`: a file imports it, or a test takes a fixture."""
