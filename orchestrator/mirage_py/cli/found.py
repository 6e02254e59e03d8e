"""What is found in a project's tests/: tests, fixtures, and what is left to pytest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from mirage_py.support.errors import Position


@dataclass(frozen=True)
class Fixture:
    """A function that makes a value for tests, of a test module or of conftest.py."""

    name: str
    """What tests call it."""
    stem: str
    """The module it is in."""
    owner: str | None
    """The class."""
    function: str
    wants: tuple[str, ...]
    kind: str
    """How it makes its value: `plain`, `yields`, `async`, or `generator`, an asynchronous one."""


@dataclass(frozen=True)
class Test:
    """A test function, or the method of a test class."""

    path: Path
    owner: str | None
    """The class."""
    name: str
    wants: tuple[str, ...] = ()
    """The names of what it is called with: fixtures and parameters."""

    @property
    def id(self) -> str:
        """As pytest names it: `tests/test_a.py::TestB::test_c`."""
        return "::".join([self.file, *([self.owner] if self.owner else []), self.name])

    @property
    def file(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}"


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
    """Those of the files of `tests` and of conftest.py, in which order they are looked for."""
    marked: bool
    """Whether one of those files imports pytest."""
