"""Files: hashes of what is read, and writing that leaves either the old content or the new."""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

log = logging.getLogger("mirage_py")


def sha256_file(path: Path) -> str:
    """The sha256 of a file's content, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sha256_tree(roots: Iterable[Path], *, ignore: str = "") -> str:
    """The sha256 over every file below `roots`: relative names, executable bits, link targets and
    contents. Absolute places and times do not count, nor do files whose name ends with `ignore`."""
    digest = hashlib.sha256()
    for root in roots:
        files = [root] if root.is_file() else sorted(p for p in root.rglob("*") if not p.is_dir())
        for path in files:
            if "__pycache__" in path.parts or (ignore and path.name.endswith(ignore)):
                continue
            name = path.relative_to(root.parent).as_posix()
            if path.is_symlink():
                content = str(path.readlink())
            else:
                content = sha256_file(path) + ("x" if os.access(path, os.X_OK) else "")
            digest.update(f"{name}\0{content}\n".encode())
    return digest.hexdigest()


def write_atomically(path: Path, content: str | bytes, *, mode: int = 0o644) -> None:
    """Replace `path` by `content` in one step: a reader, or a crash, sees the old or the new."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = content.encode() if isinstance(content, str) else content
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            os.fchmod(file.fileno(), mode)
        Path(temporary).replace(path)
    except BaseException as error:
        Path(temporary).unlink()
        if isinstance(error, OSError) and error.filename is None:
            error.filename = str(path)  # of a disk that is full, `write` does not say where it is
        raise


def write_if_changed(path: Path, content: str | bytes) -> bool:
    """Write only what differs, so that nothing downstream is rebuilt for an equal file."""
    data = content.encode() if isinstance(content, str) else content
    if path.is_file() and path.read_bytes() == data:
        return False
    write_atomically(path, data)
    return True


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the lock of the file or folder `path`, for one thread of one process at a time; it ends
    with the process."""
    path.parent.mkdir(parents=True, exist_ok=True)
    flags = os.O_RDONLY if path.is_dir() else os.O_RDWR | os.O_CREAT
    descriptor = os.open(path, flags, 0o666)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            log.info("waiting for another mirage-py")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
