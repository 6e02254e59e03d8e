"""Running Meson and ninja."""

from __future__ import annotations

from pathlib import Path

import pytest

from mirage_py.support.errors import ToolFailed
from mirage_py.workspace import meson


def test_a_build_that_fails_may_have_a_damaged_cache_to_blame(tmp_path: Path) -> None:
    (tmp_path / "build.ninja").write_text("build all: phony missing\n")
    (tmp_path / "cross.ini").write_text("")
    log = tmp_path / "log"
    with pytest.raises(ToolFailed, match="'missing', needed by 'all'") as built:
        meson.compile_(tmp_path, log)
    with pytest.raises(ToolFailed) as set_up:
        meson.setup(tmp_path, tmp_path / "build", tmp_path / "cross.ini", [], log)
    for raised in (built, set_up):
        assert "the cache may be damaged: `mirage-py cache prune --days 0`" in raised.value.render()
