"""How long building takes: the first time on a machine, a second project, after an edit."""

from __future__ import annotations

import os
import resource
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from mirage_py.sources.cache import cache_dir
from tests.bench.programs import UNIKERNEL, build, write_project


@dataclass(frozen=True)
class Build:
    """One build, in seconds."""

    wall: float
    cpu: float
    """What it ran on all processors together: other load disturbs this less."""


@dataclass(frozen=True)
class Builds:
    """The builds of somebody who begins."""

    first: Build
    """The first on a machine whose cache has the sources and nothing else."""
    second_target: Build
    """The same project's first for another target."""
    second_project: Build
    """The first of another project there."""
    edit: Build
    """After a change of unikernel.py."""


def measure(folder: Path) -> Builds:
    """Build in a cache of our own, which has only the sources that the user's has."""
    cache = folder / "cache"
    shutil.copytree(cache_dir() / "archives", cache / "archives")
    before = os.environ.get("MIRAGE_PY_CACHE")
    os.environ["MIRAGE_PY_CACHE"] = str(cache)
    try:
        beginning = write_project(folder / "first")
        first = timed(beginning)
        other = timed(beginning, "hvt")
        project = write_project(folder / "second")
        second = timed(project)
        (project / "unikernel.py").write_text(UNIKERNEL.replace("Hello", "Hello again"))
        return Builds(first, other, second, timed(project))
    finally:
        if before is None:
            del os.environ["MIRAGE_PY_CACHE"]
        else:
            os.environ["MIRAGE_PY_CACHE"] = before


def timed(project: Path, target: str = "spt") -> Build:
    """Build once."""
    before, used = time.monotonic(), processor_time()
    build(project, target)
    return Build(time.monotonic() - before, processor_time() - used)


def processor_time() -> float:
    """Seconds that processes started from here ran."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
