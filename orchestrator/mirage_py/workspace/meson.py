"""Running Meson and ninja: the ones that were installed with us, never the host's."""

from __future__ import annotations

from pathlib import Path

import ninja

from mirage_py.support import process
from mirage_py.support.errors import ToolFailed

DAMAGED = (
    "if nothing of yours explains this, the cache may be damaged: `mirage-py cache prune --days 0` "
    "empties it"
)


def environment() -> dict[str, str]:
    """Lets Meson find our ninja."""
    return {"NINJA": str(Path(ninja.BIN_DIR) / "ninja")}


def setup(source: Path, build: Path, cross: Path, options: list[str], log_to: Path) -> None:
    """Configure `source` into `build`. Raises ToolFailed."""
    run(
        [*process.python("mesonbuild.mesonmain"), "setup", str(build), str(source),
         "--cross-file", str(cross), "--wrap-mode=nodownload", *options],
        log_to,
    )  # fmt: skip


def compile_(build: Path, log_to: Path) -> None:
    """Build everything in `build`. Raises ToolFailed."""
    run([environment()["NINJA"], "-C", str(build)], log_to)


def run(argv: list[str], log_to: Path) -> None:
    """Run one of the two. Raises ToolFailed."""
    try:
        process.run(argv, env=environment(), log_to=log_to)
    except ToolFailed as error:
        error.hint = DAMAGED
        raise
