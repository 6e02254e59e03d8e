"""vendor/: sources kept in the project itself, as `pull --vendor` leaves them.

Each tree carries a record of what it was made of and of every file in it. The lock pins what it
must be made of; the record tells which file is no longer as it was.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import tomli_w

from mirage_py.lock.errors import VendorChanged, VendorForeign, VendorMissing, VendorOutdated
from mirage_py.sources import path as path_origin
from mirage_py.sources.trees import keys
from mirage_py.support.files import sha256_file

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mirage_py.lock.model import LockedSource

FOLDER = "vendor"
RECORD = ".mirage-py-tree.toml"
HEAD = (
    "# What `mirage-py pull --vendor` put here. A changed file is an error; do not edit this one.\n"
)


def check(project: Path, sources: Iterable[LockedSource]) -> dict[str, Path]:
    """The trees in vendor/ by place, each just as it was pulled; none if vendor/ is not in use.

    Raises VendorMissing, VendorOutdated and VendorChanged.
    """
    folders = [(source, project / FOLDER / source.place) for source in sources]
    if not any((folder / RECORD).is_file() for _, folder in folders):
        return {}
    for source, folder in folders:
        if not (folder / RECORD).is_file():
            raise VendorMissing(source, folder)
        made_of, files = record(folder)
        if made_of not in keys(source):
            raise VendorOutdated(source, folder, made_of, " or ".join(keys(source)))
        unchanged(source, folder, files)
    return {source.place: folder for source, folder in folders}


def store(project: Path, source: LockedSource, tree: Path) -> Path:
    """Put a copy of `tree`, whose name in the cache is its key, into vendor/; in place of the one
    there, if that is as it was pulled. Raises VendorForeign and VendorChanged."""
    folder = project / FOLDER / source.place
    if folder.exists():
        if not (folder / RECORD).is_file():
            raise VendorForeign(folder)
        made_of, files = record(folder)
        unchanged(source, folder, files)
        if made_of == tree.name:
            return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{source.name}.") as temporary:
        made = Path(temporary) / "new"
        shutil.copytree(tree, made, symlinks=True)
        document = {"made_of": tree.name, "files": contents(made)}
        (made / RECORD).write_text(HEAD + tomli_w.dumps(document), encoding="utf-8")
        if folder.exists():
            folder.rename(Path(temporary) / "old")
        made.rename(folder)
    return folder


def record(folder: Path) -> tuple[str, dict[str, str]]:
    """What the tree in `folder` was made of, and its files as they were."""
    try:
        document = tomllib.loads((folder / RECORD).read_text(encoding="utf-8"))
        return str(document["made_of"]), dict(document["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return f"unknown ({folder / RECORD} is damaged)", {}


def contents(folder: Path) -> dict[str, str]:
    """Every file below `folder` but the record: its sha256, `x` if executable; a link's target."""
    found = {}
    for path in path_origin.files(folder):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif name != RECORD:
            found[name] = sha256_file(path) + (" x" if os.access(path, os.X_OK) else "")
    return found


def unchanged(source: LockedSource, folder: Path, files: dict[str, str]) -> None:
    """Raise VendorChanged if `folder` does not hold just these files."""
    now = contents(folder)
    told = [
        f"{'added' if name not in files else 'missing' if name not in now else 'changed'}: "
        f"{folder / name}"
        for name in sorted({*files, *now})
        if files.get(name) != now.get(name)
    ]
    if told:
        raise VendorChanged(source, folder, told, path_origin.sha256(folder))
