"""Running Meson and ninja: the ones that were installed with us, never the host's."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import ninja

from mirage_py.support import process
from mirage_py.support.errors import ToolFailed

DAMAGED = (
    "if nothing of yours explains this, the cache may be damaged: `mirage-py cache prune --days 0` "
    "empties it"
)


def environment(modules: Sequence[Path] = ()) -> dict[str, str]:
    """Lets Meson find our ninja, and what it runs find the modules in these folders."""
    path = os.pathsep.join(map(str, (process.PACKAGE_PARENT, *modules)))
    return {"NINJA": str(Path(ninja.BIN_DIR) / "ninja"), "PYTHONPATH": path}


def setup(
    source: Path,
    build: Path,
    cross: Path,
    options: list[str],
    log_to: Path,
    modules: Sequence[Path] = (),
) -> None:
    """Configure `source` into `build`; Python that it runs finds `modules`. Raises ToolFailed."""
    run(
        [*process.python("mesonbuild.mesonmain"), "setup", str(build), str(source),
         "--cross-file", str(cross), "--wrap-mode=nodownload", *options],
        log_to,
        modules,
    )  # fmt: skip


def compile_(build: Path, log_to: Path, modules: Sequence[Path] = ()) -> None:
    """Build everything in `build`; Python that it runs finds `modules`. Raises ToolFailed."""
    run([environment()["NINJA"], "-C", str(build)], log_to, modules)


def run(argv: list[str], log_to: Path, modules: Sequence[Path]) -> None:
    """Run one of the two. Raises ToolFailed."""
    try:
        process.run(argv, env=environment(modules), log_to=log_to)
    except ToolFailed as error:
        error.hint = DAMAGED
        raise
