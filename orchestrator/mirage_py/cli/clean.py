"""`clean`: remove what was built."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from mirage_py.cli.common import DryRun, Settings
from mirage_py.cli.stages import shown
from mirage_py.support.console import log

BUILT = ("_build", "dist")
KEYS = "keys.toml"
"""In _build/: what the user chose by `configure`, which outlives a `clean`."""
KEPT = ("mirage-py.lock", "vendor")


def clean(
    settings: Settings,
    everything: Annotated[
        bool, typer.Option("--all", help="Also the lock, vendor/ and remembered keys.")
    ] = False,
    dry_run: DryRun = False,
) -> None:
    """Remove _build/ and dist/."""
    names = (*BUILT, *KEPT) if everything else BUILT
    for name in names:
        path = settings.root / name
        keys = path / KEYS
        if name == "_build" and keys.is_file() and not everything:
            doomed = [one for one in sorted(path.iterdir()) if one != keys]
        else:
            doomed = [path] if path.exists() or path.is_symlink() else []
        for one in doomed:
            if not dry_run:
                remove(one)
            log.info("%s %s", "would remove" if dry_run else "removed", shown(one))


def remove(path: Path) -> None:
    """Remove a file, a folder, or a link to one."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
