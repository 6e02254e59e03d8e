"""Origin `path`: an archive, or a folder, on this machine.

A folder is packed into a tar file that depends on nothing but its names, contents and executable
bits; the pinned sha256 is that of this file, so a changed folder is noticed like a changed archive.
"""

from __future__ import annotations

import shutil
import stat
import tarfile
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from mirage_py.sources.request import Fetched
from mirage_py.support.errors import FULL
from mirage_py.support.files import sha256_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mirage_py.sources.request import Request

LEFT_OUT = frozenset({".git", "__pycache__"})


def fetch(request: Request) -> Fetched:
    """A copy of the archive, or the packed folder. Raises OriginFailed."""
    place = request.base / request["path"]
    try:
        place.stat()
        if place.is_dir():
            return Fetched(pack(place, request.archive), str(place))
        with place.open("rb"):
            pass  # reading fails here, as this origin's; below only writing to the cache fails
    except OSError as error:
        if error.errno in FULL:
            raise
        raise request.failed(str(place), str(error.strerror), "correct the path") from None
    except ValueError as error:
        raise request.failed(str(place), str(error), "remove it from the folder") from None
    return Fetched(shutil.copyfile(place, request.archive), str(place))


def pack(folder: Path, tar: Path) -> Path:
    """Pack `folder` into `tar`, the same bytes for the same content. ValueError for a device."""
    with tarfile.open(tar, "w", format=tarfile.PAX_FORMAT) as archive:
        for path in files(folder):
            entry = tarfile.TarInfo(f"source/{path.relative_to(folder).as_posix()}")
            status = path.lstat()
            if stat.S_ISLNK(status.st_mode):
                entry.type = tarfile.SYMTYPE
                entry.linkname = str(path.readlink())
                archive.addfile(entry)
            elif stat.S_ISREG(status.st_mode):
                entry.mode = 0o755 if status.st_mode & stat.S_IXUSR else 0o644
                entry.size = status.st_size
                with path.open("rb") as file:
                    archive.addfile(entry, file)
            else:
                raise ValueError(f"{path} is neither a file, a folder nor a link")
    return tar


def sha256(folder: Path) -> str:
    """The hash to pin `folder` with."""
    with tempfile.TemporaryDirectory() as temporary:
        return sha256_file(pack(folder, Path(temporary) / "source.tar"))


def files(folder: Path) -> Iterator[Path]:
    """All that a folder holds but folders, in the order of the names."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        if LEFT_OUT.isdisjoint(inside) and (path.is_symlink() or not path.is_dir()):
            yield path
