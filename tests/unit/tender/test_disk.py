"""What `run` says of a disk before it starts."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from mirage_py.tender.disk import cannot_open, check_disk
from mirage_py.tender.options import DeviceOption


def said(path: Path | str, sector_size: int | None = None) -> list[tuple[str, str | None]]:
    """Why a file cannot be a disk, and the hint."""
    option = DeviceOption("block", "storage", str(path))
    return [
        (error.message.removeprefix(f"`{option}`: "), error.hint)
        for error in check_disk(option, sector_size)
    ]


@pytest.mark.parametrize(("size", "sector_size"), [(512, None), (1 << 20, 4096), (32768, 32768)])
def test_right(tmp_path: Path, size: int, sector_size: int | None) -> None:
    path = tmp_path / "disk.img"
    path.write_bytes(bytes(size))
    assert said(path, sector_size) == []


@pytest.mark.parametrize(
    ("size", "sector_size"), [(0, 512), (1000, 512), (512, 4096), (4097, 4096)]
)
def test_hint_mends_the_size(tmp_path: Path, size: int, sector_size: int) -> None:
    """What the hint says to type is right: the disk passes then, and keeps what it held."""
    path = tmp_path / "a disk's.img"
    path.write_bytes(b"x" * size)
    ((_, hint),) = said(path, sector_size)
    subprocess.run(["sh", "-c", str(hint).split("`")[1]], check=True)
    assert said(path, sector_size) == []
    assert path.read_bytes()[:size] == b"x" * size


def test_hint_makes_the_file(tmp_path: Path) -> None:
    path = tmp_path / "new disk.img"
    (why, hint) = said(path)[0]
    assert why == "there is no such file"
    subprocess.run(["sh", "-c", str(hint).split("`")[1]], check=True)
    assert said(path) == []


def test_what_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    for path in (tmp_path, tmp_path / "fifo", Path("/dev/null")):
        hint = "name a file: `truncate -s 1M disk.img` makes one"
        assert said(path) == [("it is neither a file nor a disk", hint)]
    assert said(tmp_path / "no folder" / "x")[0][1] == f"there is no folder {tmp_path}/no folder"
    (tmp_path / "loop").symlink_to("loop")
    assert said(tmp_path / "loop")[0][0] == "too many levels of symbolic links"


LOOK = """
import sys
from tests.unit.tender.test_disk import said
print(said(sys.argv[1])[0])
"""
NOBODY = ["setpriv", "--reuid=65534", "--clear-groups", "--bounding-set=-all"]


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to become somebody else")
@pytest.mark.parametrize(
    ("owner", "mode", "command"), [(0, 0o644, "chown"), (65534, 0o400, "chmod u+rw")]
)
def test_rights(owner: int, mode: int, command: str) -> None:
    """Another user's file is made one's own; one's own is made writable."""
    with tempfile.TemporaryDirectory() as folder:  # tmp_path lies where only root may enter
        Path(folder).chmod(0o755)
        path = Path(folder) / "disk.img"
        path.write_bytes(bytes(512))
        path.chmod(mode)
        os.chown(path, owner, owner)
        done = subprocess.run(
            [*NOBODY, sys.executable, "-c", LOOK, str(path)],
            check=True, capture_output=True, text=True, timeout=60,
        )  # fmt: skip
    assert "it may not be read and written" in done.stdout
    assert f"{command} " in done.stdout


def test_read_only_file_system() -> None:
    option = DeviceOption("block", "storage", "x")
    error = cannot_open(option, Path("x"), OSError(30, "Read-only file system"))
    assert (error.message, error.hint) == (
        "`--block:storage=x`: it is on a read-only file system",
        "copy it to where it can be written",
    )
