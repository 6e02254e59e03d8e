"""Running Meson and ninja: the ones that were installed with us, never the host's."""

from __future__ import annotations

from pathlib import Path

import ninja

from mirage_py.support import process


def environment() -> dict[str, str]:
    """Lets Meson find our ninja."""
    return {"NINJA": str(Path(ninja.BIN_DIR) / "ninja")}


def setup(source: Path, build: Path, cross: Path, options: list[str], log_to: Path) -> None:
    """Configure `source` into `build`. Raises ToolFailed."""
    process.run(
        [*process.python("mesonbuild.mesonmain"), "setup", str(build), str(source),
         "--cross-file", str(cross), "--wrap-mode=nodownload", *options],
        env=environment(), log_to=log_to,
    )  # fmt: skip


def compile_(build: Path, log_to: Path) -> None:
    """Build everything in `build`. Raises ToolFailed."""
    process.run([environment()["NINJA"], "-C", str(build)], env=environment(), log_to=log_to)
