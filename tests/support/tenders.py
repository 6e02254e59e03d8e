"""Tenders, compiled straight from the tree, and those that are installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from mirage_py import catalog
from tests.support.programs import ROOT, cc
from tests.support.unikernel import Ran

FLAGS = [
    "-std=gnu11", "-O2", "-fPIE", "-D_GNU_SOURCE", '-DMIRAGE_VERSION="0"',
    "-Wall", "-Wextra", "-Wshadow", "-Wpointer-arith", "-Wcast-qual", "-Wwrite-strings",
    "-Wsign-compare", "-Werror", f"-I{ROOT}/targets/include",
]  # fmt: skip
TIMEOUT = 60
"""Seconds that one run of an image may take."""


def build_tender(path: Path, target: str, *flags: str) -> Path:
    """Our tender of that target, with these flags beside its own."""
    cc(*FLAGS, *flags, *own_sources(target), *own_sources("common"), "-o", path)
    return path


def build_debug_tender(path: Path, target: str, *flags: str) -> Path:
    """The same with what serves a debugger."""
    own = [source for source in own_sources(target) if source.name != "no_debugger.c"]
    own += own_sources(target, "gdb")
    cc(*FLAGS, *flags, *own, *own_sources("common"), "-o", path)
    return path


def own_sources(target: str, below: str = ".") -> list[Path]:
    """The C files of a folder of a tender's."""
    return sorted((ROOT / "targets" / target / "tender" / below).glob("*.c"))


def names(target: str) -> list[str]:
    """What the images of a target can be run in here: its own name where that is only one thing,
    else our tender and, where it is installed, the official one."""
    about = catalog.targets(catalog.share())[target]
    official = about.official_tender
    if about.own_tender is None:
        return [target]
    return [about.own_tender, *([official] if official and shutil.which(official) else [])]


def run_tender(tender: str | Path, *arguments: str | Path, pass_fds: tuple[int, ...] = ()) -> Ran:
    """Run a tender to its end. A negative status is the signal that ended it."""
    done = subprocess.run(
        [tender, *arguments],
        check=False, capture_output=True, timeout=TIMEOUT, stdin=subprocess.DEVNULL,
        pass_fds=pass_fds,
    )  # fmt: skip
    output, errors = (text.decode("utf-8", "replace") for text in (done.stdout, done.stderr))
    return Ran(done.returncode, output, errors)
