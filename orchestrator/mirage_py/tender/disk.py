"""Whether a file can be a block device: it exists, may be written, and has whole sectors."""

from __future__ import annotations

import errno
import os
import shlex
import stat
from collections.abc import Iterator
from pathlib import Path

from mirage_py.support.errors import MirageError
from mirage_py.tender import mend
from mirage_py.tender.options import DeviceOption

DEFAULT_SECTOR_SIZE = 512


class BadDisk(MirageError):
    """A file that cannot be a block device, why, and the command that mends it."""

    def __init__(self, option: DeviceOption, why: str, hint: str | None) -> None:
        super().__init__(f"`{option}`: {why}", hint=hint)


def check_disk(option: DeviceOption, sector_size: int | None) -> Iterator[BadDisk]:
    """What is wrong with the file that a block device is attached to."""
    path = Path(option.value)
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISBLK(mode):
            hint = "name a file: `truncate -s 1M disk.img` makes one"
            yield BadDisk(option, "it is neither a file nor a disk", hint)
            return
        # Opened as a tender does; only that tells all reasons not to.
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        yield cannot_open(option, path, error)
        return
    try:
        size = os.lseek(descriptor, 0, os.SEEK_END)
    finally:
        os.close(descriptor)
    yield from check_size(option, size, sector_size or DEFAULT_SECTOR_SIZE)


def check_size(option: DeviceOption, size: int, sector_size: int) -> Iterator[BadDisk]:
    """What is wrong with the size of a disk."""
    name = shlex.quote(option.value)
    if size == 0:
        yield BadDisk(option, "it is empty", f"give it a size: `truncate -s 1M {name}`")
    elif size % sector_size:
        yield BadDisk(
            option,
            f"its {size} bytes are not a whole number of sectors of {sector_size}",
            f"fill it up with zeros: `truncate -s %{sector_size} {name}`",
        )


def cannot_open(option: DeviceOption, path: Path, error: OSError) -> BadDisk:
    """Why a file cannot be opened."""
    name = shlex.quote(option.value)
    if error.errno == errno.ENOENT:
        make = f"`truncate -s 1M {name}` makes one"
        folder = path.parent
        hint = make if folder.is_dir() else f"there is no folder {folder}"
        return BadDisk(option, "there is no such file", hint)
    if error.errno == errno.EROFS:
        hint = "copy it to where it can be written"
        return BadDisk(option, "it is on a read-only file system", hint)
    if error.errno in {errno.EACCES, errno.EPERM}:
        return BadDisk(option, "it may not be read and written", give_rights(path))
    return BadDisk(option, str(error.strerror).lower(), None)


def give_rights(path: Path) -> str | None:
    """How this user may get to read and write a file."""
    try:
        about = path.stat()
    except OSError as error:  # a folder on the way may not be entered
        return f"{error.strerror}: {path.absolute().parent}"
    name = str(path)
    if stat.S_ISBLK(about.st_mode):
        return mend.join_group_of(path)
    if about.st_uid == os.geteuid():
        return f"`{shlex.join(['chmod', 'u+rw', name])}`"
    return f"`{mend.as_root('chown', mend.user(), name)}`"
