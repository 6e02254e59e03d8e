"""Targets: one folder each under targets/, described by its target.toml."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mirage_py.catalog import toml


@dataclass(frozen=True)
class Target:
    """What an image is built for. `name` is also the image's suffix: dist/NAME.spt."""

    name: str
    folder: Path
    abi: str
    """Name of the ABI in the image's ABI note (elf_abi.h)."""
    abi_version: int
    provides: tuple[str, ...]
    """Interfaces: console, clock, net, block, entropy."""
    arches: tuple[str, ...]
    sources: tuple[Path, ...]
    """Boot code and the Solo5 API, compiled into every image of this target."""
    link_script: Path
    min_memory: int
    """Least memory, in MiB, that the target can start an image with."""
    official_tender: str | None
    """The tender that users may have installed: looked for on PATH first."""

    @property
    def own_tender(self) -> str | None:
        """Our tender for this target, if its folder brings one."""
        return f"mirage-{self.name}" if (self.folder / "tender").is_dir() else None


def targets(root: Path) -> dict[str, Target]:
    """Every target of `root` by name: each folder of targets/ that holds a target.toml."""
    found = sorted((root / "targets").glob("*/target.toml"))
    return {path.parent.name: read(path) for path in found}


def read(path: Path) -> Target:
    """The target that a target.toml describes. Raises CatalogError."""
    table = toml.read(path)
    folder = path.parent
    tender = table.table("tender", required=False)
    target = Target(
        name=folder.name,
        folder=folder,
        abi=table.take("abi", str),
        abi_version=table.take("abi_version", int),
        provides=table.strings("provides"),
        arches=table.strings("arches"),
        sources=tuple(folder / name for name in table.strings("sources")),
        link_script=folder / table.take("link_script", str),
        min_memory=table.take("min_memory", int),
        official_tender=tender.take("official", str, "") or None,
    )
    tender.done()
    table.done()
    return target
