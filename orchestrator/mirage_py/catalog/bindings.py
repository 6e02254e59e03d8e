"""Bindings: one folder each under bindings/, holding Cython drivers and guest Python modules."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Binding:
    """The guest half of a device. `<name>.pyx` is the module `_<name>`; the `.py` files are frozen
    as the package `mirage.<name>`."""

    name: str
    folder: Path
    drivers: tuple[Path, ...]
    modules: tuple[Path, ...]


def bindings(root: Path) -> dict[str, Binding]:
    """Every binding of `root` by name."""
    folders = sorted(path for path in (root / "bindings").iterdir() if path.is_dir())
    return {
        folder.name: Binding(
            folder.name,
            folder,
            tuple(sorted(folder.glob("*.pyx"))),
            tuple(sorted(folder.glob("*.py"))),
        )
        for folder in folders
        if not folder.name.startswith(("_", "."))
    }
