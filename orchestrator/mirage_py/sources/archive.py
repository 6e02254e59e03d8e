"""Reading archives: tar (plain, gzip, bzip2, xz) and zip as one stream of entries, nothing written.

What an entry may be is not judged here but in `extract`.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import stat
import tarfile
import zipfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DAMAGED = (
    tarfile.TarError, zipfile.BadZipFile, lzma.LZMAError, zlib.error, gzip.BadGzipFile,
    EOFError, NotImplementedError, UnicodeError, ValueError, RuntimeError,
)  # fmt: skip
"""What the standard library raises for an archive that it cannot read."""

HEADERS_PER_ENTRY = 4096
"""More than the headers and padding of any honest tar entry."""

TAR_KINDS = {
    tarfile.REGTYPE: "file",
    tarfile.AREGTYPE: "file",
    tarfile.DIRTYPE: "folder",
    tarfile.SYMTYPE: "symlink",
    tarfile.LNKTYPE: "hardlink",
    tarfile.CHRTYPE: "character device",
    tarfile.BLKTYPE: "block device",
    tarfile.FIFOTYPE: "fifo",
}
ZIP_KINDS = {
    0: "file",  # made where files have no mode
    stat.S_IFREG: "file",
    stat.S_IFDIR: "folder",
    stat.S_IFLNK: "symlink",
}


class Readable(Protocol):
    """A stream to read from."""

    def read(self, size: int = -1, /) -> bytes: ...


class TooLarge(Exception):
    """The archive unpacks to more than was declared."""


@dataclass(frozen=True)
class Entry:
    """One thing that an archive holds."""

    name: str
    kind: str
    """"file", "folder", "symlink", "hardlink", or the name of something nobody wants."""
    size: int
    executable: bool
    target: str
    """Where a link points."""
    open: Callable[[], IO[bytes]]
    """The content; only before the next entry is asked for."""


@contextmanager
def entries(path: Path, max_bytes: int, max_entries: int) -> Iterator[Iterator[Entry]]:
    """The entries of the archive at `path`. Raises one of DAMAGED, or TooLarge."""
    with path.open("rb") as file:
        magic = file.read(6)
        file.seek(0)
        if magic.startswith(b"PK\x03\x04"):
            with zipfile.ZipFile(file) as archive:
                yield zip_entries(archive)
            return
        limit = max_bytes + max_entries * HEADERS_PER_ENTRY
        stream = Limited(decompressed(file, magic), limit)
        # As a stream: what is read is then what was counted.
        with tarfile.open(fileobj=stream, mode="r|", errorlevel=2) as tar:
            yield tar_entries(tar)


def decompressed(file: IO[bytes], magic: bytes) -> Readable:
    """`file` without its compression, which its first bytes tell."""
    if magic.startswith(b"\x1f\x8b"):
        return gzip.GzipFile(fileobj=file)
    if magic.startswith(b"BZh"):
        return bz2.BZ2File(file)
    if magic == b"\xfd7zXZ\x00":
        return lzma.LZMAFile(file)
    return file


class Limited(io.RawIOBase):
    """A stream that gives no more than `left` bytes, whatever its compression hides."""

    def __init__(self, inner: Readable, left: int) -> None:
        super().__init__()
        self.inner = inner
        self.left = left

    def read(self, size: int = -1) -> bytes:
        data = self.inner.read(min(size, self.left + 1) if size >= 0 else self.left + 1)
        self.left -= len(data)
        if self.left < 0:
            raise TooLarge
        return data


def tar_entries(tar: tarfile.TarFile) -> Iterator[Entry]:
    """What a tar stream holds."""
    for member in tar:
        yield Entry(
            name=member.name,
            kind="sparse file" if member.issparse() else TAR_KINDS.get(member.type, "odd entry"),
            size=member.size,
            executable=bool(member.mode & stat.S_IXUSR),
            target=member.linkname,
            open=lambda member=member: tar.extractfile(member) or io.BytesIO(),  # type: ignore[misc]
        )


def zip_entries(archive: zipfile.ZipFile) -> Iterator[Entry]:
    """What a zip file holds."""
    for info in archive.infolist():
        mode = info.external_attr >> 16
        kind = "folder" if info.is_dir() else ZIP_KINDS.get(stat.S_IFMT(mode), "odd entry")
        # A link's target is its content; a path is never as long as that.
        link = kind == "symlink" and info.file_size < HEADERS_PER_ENTRY
        yield Entry(
            name=info.orig_filename,
            kind="encrypted file" if info.flag_bits & 1 else kind,
            size=info.file_size,
            executable=bool(mode & stat.S_IXUSR),
            target=archive.read(info).decode() if link else "",
            open=lambda info=info: archive.open(info),  # type: ignore[misc]
        )
