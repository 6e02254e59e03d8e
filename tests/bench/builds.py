"""How long building takes: the first time on a machine, a second project, after an edit."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from mirage_py.sources.cache import cache_dir
from tests.bench.programs import UNIKERNEL, build, write_project


@dataclass(frozen=True)
class Builds:
    """Seconds that builds took."""

    first: float
    """The first on a machine whose cache has the sources and nothing else."""
    second_project: float
    """The first of another project there."""
    edit: float
    """After a change of unikernel.py."""


def measure(folder: Path) -> Builds:
    """Build in a cache of our own, which has only the sources that the user's has."""
    cache = folder / "cache"
    shutil.copytree(cache_dir() / "archives", cache / "archives")
    before = os.environ.get("MIRAGE_PY_CACHE")
    os.environ["MIRAGE_PY_CACHE"] = str(cache)
    try:
        first = timed(write_project(folder / "first"))
        project = write_project(folder / "second")
        second = timed(project)
        (project / "unikernel.py").write_text(UNIKERNEL.replace("Hello", "Hello again"))
        return Builds(first, second, timed(project))
    finally:
        if before is None:
            del os.environ["MIRAGE_PY_CACHE"]
        else:
            os.environ["MIRAGE_PY_CACHE"] = before


def timed(project: Path) -> float:
    """Seconds that one build takes."""
    before = time.monotonic()
    build(project)
    return time.monotonic() - before
