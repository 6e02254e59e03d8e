"""The disk of a `docteur`: the files of a commit as a pack of git's, which git reads.

As MirageOS's docteur has it: the SHA-1 of the commit, 20 bytes; where the index begins, 8 bytes,
little-endian; the pack; zeros to the end of a block; the index, of version 2; zeros again. There is
a zero at least in both places."""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path

from mirage_py.disk import tar
from mirage_py.disk.errors import BadDisk, CannotBe, NoKey
from mirage_py.support import git
from mirage_py.support.errors import ToolFailed

BLOCK = 512
HEAD = struct.Struct("<20sQ")
KINDS = {"040": False, "100": True}
"""How modes of directories begin, and of files; links and other repositories do not count."""
NEEDED_FOR = "for the disk of a docteur"


def pad(at: int, data: bytes) -> bytes:
    """`data`, which begins at `at` on the disk, and zeros up to a block."""
    return data + bytes(BLOCK - (at + len(data)) % BLOCK)


def is_on(head: bytes) -> bool:
    return head[HEAD.size : HEAD.size + 4] == b"PACK"


def make(path: Path, size: int, block: int) -> None:
    raise CannotBe(path, "the disk of a docteur is made by `mirage-py build`")


def put(path: Path, key: str, data: bytes) -> None:
    raise CannotBe(path, "the disk of a docteur cannot be written to", "change its repository")


def unpacked(path: Path, repository: Path) -> str:
    """The commit of a disk, whose objects are now in `repository`. Raises BadDisk."""
    data = path.read_bytes()
    commit, index = bytes(data[:20]), int.from_bytes(data[20 : HEAD.size], "little")
    git.new(repository)
    pack = repository / "objects" / "pack" / "pack.pack"
    pack.parent.mkdir(exist_ok=True)
    # What is behind the pack was never part of it: its checksum is the last that is not zero, or
    # ends in zeros, which the index repeats.
    end = data.rfind(trailer(data, index), 0, index)
    if end < 0:
        raise BadDisk(path, "pack", "its index is of another pack")
    pack.write_bytes(data[HEAD.size : end + 20])
    try:
        git.run("index-pack", str(pack), needed_for=NEEDED_FOR)
        made = pack.with_suffix(".idx").read_bytes()
    except ToolFailed as error:
        raise BadDisk(path, "pack", error.output.strip().removeprefix("fatal: ")) from None
    if data[index : index + len(made)] != made:
        raise BadDisk(path, "pack", "its index is damaged")
    return commit.hex()


def trailer(data: bytes, index: int) -> bytes:
    """The checksum of the pack, as the index that begins at `index` repeats it."""
    tables = index + 8 + 4 * 256
    count = int.from_bytes(data[tables - 4 : tables], "big")
    offsets = tables + 24 * count
    large = sum(1 for at in range(offsets, min(offsets + 4 * count, len(data)), 4) if data[at] >> 7)
    end = offsets + 4 * count + 8 * large
    return data[end : end + 20] or b"\0"


def entries(path: Path) -> Iterator[tuple[str, int | None]]:
    with tempfile.TemporaryDirectory() as name:
        commit = unpacked(path, Path(name))
        try:
            listed = git.run(
                "-C", name, "ls-tree", "-r", "-t", "-z",
                "--format=%(objectmode) %(objectsize) %(path)", commit,
            )  # fmt: skip
        except ToolFailed:
            raise BadDisk(path, "pack", "it does not hold its commit") from None
        for line in listed.split("\0")[:-1]:
            mode, size, key = line.split(" ", 2)
            if mode[:3] in KINDS:
                yield key, int(size) if KINDS[mode[:3]] else None


def get(path: Path, key: str) -> bytes:
    with tempfile.TemporaryDirectory() as name:
        commit = unpacked(path, Path(name))
        try:
            git.run("-C", name, "cat-file", "-e", f"{commit}:{key}")
            out = Path(name) / "value.tar"
            git.run(
                "--literal-pathspecs",
                "-C",
                name,
                "archive",
                "--format=tar",
                f"--output={out}",
                commit,
                key,
            )
        except ToolFailed:
            raise NoKey(path, key) from None
        return tar.get(out, key)
