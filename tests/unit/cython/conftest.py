"""Fixtures of the compiler's tests. This folder must not have an `__init__.py`: it would be a
package called `cython`, in front of Cython's own."""

from __future__ import annotations

import pytest

from tests.support.freestanding import Host


@pytest.fixture(scope="session")
def host(tmp_path_factory: pytest.TempPathFactory) -> Host:
    """Builds and runs generated C on this machine."""
    return Host(tmp_path_factory.mktemp("host"))
