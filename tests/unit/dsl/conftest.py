"""Loading a config.py that is given as text."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from mirage_py.dsl import Config, load

Load = Callable[..., Config]


@pytest.fixture
def loaded(tmp_path: Path) -> Load:
    """Loads a config.py of this text, with these files beside it."""

    def load_text(text: str, **files: str) -> Config:
        for name, content in files.items():
            (tmp_path / f"{name}.py").write_text(textwrap.dedent(content), encoding="utf-8")
        path = tmp_path / "config.py"
        path.write_text("from mirage_py import *\n" + textwrap.dedent(text), encoding="utf-8")
        return load(path)

    return load_text
