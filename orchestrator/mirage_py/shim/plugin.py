"""pytest's plugin, which it finds by itself: `import mirage` in tests, and the fixture `guest`."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mirage_py.shim.finder import install

if TYPE_CHECKING:
    from mirage_py.shim.guest import Guest


def pytest_configure() -> None:
    """Before any test module is imported."""
    install()


def pytest_pycollect_makemodule(module_path: Path) -> None:
    """Tests of a unikernel's project import the project's modules, wherever pytest is run."""
    folder = project_of(module_path)
    if folder and str(folder) not in sys.path:
        sys.path.insert(0, str(folder))
    if folder:
        from mirage_py.shim import machine

        machine.current.project = folder


def project_of(path: Path) -> Path | None:
    """The project of a test: the folder above it that has a config.py and a unikernel.py."""
    names = ("config.py", "unikernel.py")
    return next(
        (one for one in path.parents if all((one / name).is_file() for name in names)), None
    )


@pytest.fixture
def guest(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Guest]:
    """The surroundings of a unikernel: boot arguments, disks, clocks (mirage_py.shim.guest)."""
    from mirage_py.shim import machine
    from mirage_py.shim.guest import Guest

    made = Guest(project_of(request.path))
    clock = made.clock
    monkeypatch.setattr(machine, "current", made.machine)
    monkeypatch.setattr(time, "time_ns", lambda: clock.wall_ns)
    monkeypatch.setattr(time, "time", lambda: clock.wall_ns / 1e9)
    monkeypatch.setattr(time, "sleep", clock.advance)
    try:
        made.boot()
        yield made
    finally:
        made.close()
