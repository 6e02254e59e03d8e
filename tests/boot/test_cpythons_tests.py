"""CPython's own tests of modules of its library, those that tests/library/cpython/modules.toml
names, pass in an image."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.library.cpython import run


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run.build(tmp_path_factory.mktemp("cpython"), list(run.table()))


@pytest.mark.parametrize("name", run.table())
def test_what_passed_passes(name: str, image: Path) -> None:
    assert run.missing(run.table()[name], run.run(image, name)) == []
