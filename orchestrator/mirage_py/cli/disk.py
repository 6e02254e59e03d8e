"""`disk`: files that block devices are, made and read on the host."""

from __future__ import annotations

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from mirage_py.cli.common import Settings, verb
from mirage_py.cli.usage import whole_number
from mirage_py.support.console import log
from mirage_py.support.errors import MirageError

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Make and read disks for block devices."
)
UNITS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}
SIZE = re.compile(r"(\d+)([KMG]?)")
Disk = Annotated[Path, typer.Argument(metavar="DISK", help="The file that is the disk.")]
Key = Annotated[str, typer.Argument(metavar="KEY", help="A path on the disk.")]


class Format(StrEnum):
    """What a disk can be."""

    littlefs = "littlefs"
    fat = "fat"


class BadSize(MirageError):
    exit_code = 2

    def __init__(self, text: str) -> None:
        super().__init__(
            f"`{text}` is not the size of a disk",
            hint="it is a number of bytes, of blocks a whole number: 65536, 512K, 1M, 2G",
        )


class NoDisk(MirageError):
    def __init__(self, path: Path) -> None:
        super().__init__(
            f"there is no file {path}", hint=f"`mirage-py disk format {path}` makes one"
        )


def bytes_of(text: str, block: int) -> int:
    """A size that a user writes. Raises BadSize."""
    found = SIZE.fullmatch(text.upper())
    size = int(found[1]) * UNITS[found[2]] if found else 0
    if size < 4 * block or size % block:
        raise BadSize(text)
    return size


def existing(path: Path) -> Path:
    """A disk that is there. Raises NoDisk."""
    if not path.exists():
        raise NoDisk(path)
    return path


class NoFile(MirageError):
    """Something in a directory that is no file and no directory."""

    def __init__(self, path: Path) -> None:
        what = "a link to a directory" if path.is_dir() else "no file"
        super().__init__(f"{path} is {what}", hint="leave it out, or put a copy there")


def below(folder: Path) -> list[str]:
    """The files of a directory, by name. Raises NoFile."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            continue
        if not path.is_file():
            raise NoFile(path)
        found.append(path.relative_to(folder).as_posix())
    return found


def format_(
    settings: Settings,
    disk: Disk,
    kind: Annotated[Format, typer.Option("--type", help="What to make of it.")] = Format.littlefs,
    size: Annotated[
        str | None,
        typer.Option(metavar="N[KMG]", help="Its bytes.  [default: what it has, or 1M]"),
    ] = None,
    block_size: Annotated[
        int,
        typer.Option(metavar="BYTES", parser=whole_number(128, 65536), help="Bytes of a block."),
    ] = 512,
) -> None:
    """Make an empty file system on a disk. What was on it is lost."""
    from mirage_py.disk import KINDS

    has = disk.stat().st_size if disk.exists() else 0
    wanted = bytes_of(size or str(has or "1M"), block_size)
    KINDS[kind].make(disk, wanted, block_size)
    log.info("%s: %s of %d bytes", disk, kind.value, wanted)


def put(
    settings: Settings,
    disk: Disk,
    value: Annotated[
        Path, typer.Argument(metavar="FILE", help="What to put there: a file or a directory.")
    ],
    key: Key,
) -> None:
    """Put a file of the host on a disk, or all files of a directory: `/` is the disk's own."""
    from mirage_py.disk import opened

    kind = opened(existing(disk))
    if value.is_dir():
        prefix = kind.key(key) if key.strip("/") else ""
        files = [(kind.key(f"{prefix}/{name}"), value / name) for name in below(value)]
    else:
        files = [(kind.key(key), value)]
    kind.put_all(disk, files)


def get(
    settings: Settings,
    disk: Disk,
    key: Key,
    output: Annotated[
        Path | None,
        typer.Option("-o", metavar="FILE", help="Where to write it.  [default: standard output]"),
    ] = None,
) -> None:
    """Get a value of a disk."""
    from mirage_py.disk import opened

    kind = opened(existing(disk))
    data = kind.value(disk, kind.key(key))
    if output:
        output.write_bytes(data)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()


def ls(settings: Settings, disk: Disk) -> None:
    """List all that is on a disk: sizes and keys; a directory ends with a slash."""
    from mirage_py.disk import opened

    for key, size in opened(existing(disk)).entries(disk):
        typer.echo(f"{'' if size is None else size:>10}  {key}{'/' if size is None else ''}")


def check(settings: Settings, disk: Disk) -> None:
    """Read all that is on a disk, and say what it is."""
    from mirage_py.disk import opened

    kind = opened(existing(disk))
    found = list(kind.entries(disk))
    total = sum(size or 0 for _, size in found)
    typer.echo(f"{disk}: {kind.name}, {len(found)} keys, {total} bytes")


KeyFile = Annotated[
    Path,
    typer.Option("-k", "--key-file", metavar="FILE", help="Holds the key, in hexadecimal digits."),
]
Output = Annotated[Path, typer.Option("-o", metavar="FILE", help="Where to write it.")]
SectorSize = Annotated[
    int,
    typer.Option(metavar="BYTES", parser=whole_number(512, 32768), help="Bytes of a sector."),
]


def encrypt(
    settings: Settings, disk: Disk, key: KeyFile, output: Output, sector_size: SectorSize = 512
) -> None:
    """Write the encrypted form of a disk, for `ccm_block`; it is twice as large."""
    from mirage_py.disk import ccm

    ccm.encrypt(existing(disk), output, key.read_text(), sector_size)


def decrypt(
    settings: Settings, disk: Disk, key: KeyFile, output: Output, sector_size: SectorSize = 512
) -> None:
    """Write the plain form of an encrypted disk."""
    from mirage_py.disk import ccm

    ccm.decrypt(existing(disk), output, key.read_text(), sector_size)


for command in (format_, put, get, ls, check, encrypt, decrypt):
    verb(app, command)
