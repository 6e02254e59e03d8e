"""Workspace: everything on disk. Made by `lay_out`, taken by `link`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mirage_py.lock.model import Lock


@dataclass(frozen=True)
class Runtime:
    """The Meson project that is built once per (features, architecture, toolchain, flags)."""

    key: str
    """sha256 over everything that goes in."""
    folder: Path
    """In the user-wide cache: `src/` the project, `build/`, `logs/`."""

    @property
    def source(self) -> Path:
        return self.folder / "src"

    @property
    def build(self) -> Path:
        return self.folder / "build"


@dataclass(frozen=True)
class Workspace:
    """The generated Meson project of one (unikernel, target)."""

    lock: Lock
    folder: Path
    """_build/<target>: `meson compile -C build` works in it by hand."""
    runtime: Runtime
    host: tuple[Path, ...] = ()
    """Folders of modules that the build may import."""

    @property
    def build(self) -> Path:
        return self.folder / "build"

    @property
    def logs(self) -> Path:
        return self.folder / "logs"
