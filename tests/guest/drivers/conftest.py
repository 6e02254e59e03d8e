"""Fixtures of the drivers' tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support import extension, vendored
from tests.support.extension import Driver
from tests.support.freestanding import BINDINGS

LIBRARIES = {"http": [lambda: vendored.picohttpparser() / "picohttpparser.c"]}
"""The C that a driver needs beside Solo5."""


@pytest.fixture(scope="session")
def _built() -> dict[str, Driver]:
    return {}


@pytest.fixture
def driver(
    _built: dict[str, Driver], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Driver]:
    """A driver by name, as a module of this Python, with its fake Solo5 as new."""

    def get(name: str) -> Driver:
        if name not in _built:
            source = next(BINDINGS.glob(f"*/{name}.pyx"))
            libraries = [library() for library in LIBRARIES.get(name, ())]
            _built[name] = extension.build(name, source, tmp_path_factory.mktemp(name), *libraries)
        _built[name].c.fake_reset()
        return _built[name]

    return get
