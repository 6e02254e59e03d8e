"""Archives that ask for something else than files in a tree: each is refused, nothing is written
outside."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from stat import S_IFCHR, S_IFIFO, S_IFLNK, S_IFREG, S_IFSOCK

import pytest

from mirage_py.sources.errors import BadArchive
from mirage_py.sources.extract import extract

LIMIT = 100_000


def tar(*entries: tuple, mode: str = "w", **options) -> bytes:
    """A tar file of (name, content) and (name, type, target)."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode, **options) as archive:
        for name, what, *target in entries:
            entry = tarfile.TarInfo(name)
            if target:
                entry.type, entry.linkname = what, target[0]
                archive.addfile(entry)
            else:
                entry.size = len(what)
                archive.addfile(entry, io.BytesIO(what))
    return made.getvalue()


def archive_of(*entries: tuple[str, bytes, int], flags: int = 0) -> bytes:
    """A zip file of (name, content, mode)."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content, mode in entries:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    whole = bytearray(made.getvalue())
    if flags:
        start = whole.index(b"PK\x01\x02")
        struct.pack_into("<H", whole, start + 8, flags)
    return bytes(whole)


def pax_bomb() -> bytes:
    """An extended header that is 50 MB of nothing, and next to nothing when compressed."""
    entry = tarfile.TarInfo("top/x")
    entry.type, entry.size = tarfile.XHDTYPE, 50_000_000
    body = entry.tobuf(tarfile.USTAR_FORMAT) + bytes(50_000_000)
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz", compresslevel=1) as archive:
        archive.fileobj.write(body)
    return made.getvalue()


def sparse() -> bytes:
    """A GNU sparse file that claims to be a terabyte."""
    entry = tarfile.TarInfo("top/hole")
    header = bytearray(entry.tobuf(tarfile.GNU_FORMAT))
    header[156:157] = tarfile.GNUTYPE_SPARSE
    header[483:495] = b"\x80" + (1 << 40).to_bytes(11, "big")
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + bytes(1024)


def negative() -> bytes:
    """An entry of a negative size."""
    header = bytearray(tarfile.TarInfo("top/less").tobuf(tarfile.GNU_FORMAT))
    header[124:136] = b"\xff" * 8 + (-2048 & 0xFFFFFFFF).to_bytes(4, "big")
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return tar(("top/a", b"x"))[:1024] + bytes(header) + bytes(1024)


SYM, HARD = tarfile.SYMTYPE, tarfile.LNKTYPE
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "absolute": (lambda: tar(("/evil-of-a-test", b"x")), "absolute path"),
    "absolute below top": (lambda: tar(("top/a", b"x"), ("/top/b", b"x")), "absolute path"),
    "dotdot": (lambda: tar(("../evil", b"x")), "upwards"),
    "dotdot inside": (lambda: tar(("top/sub/../../../evil", b"x")), "upwards"),
    "dotdot alone": (lambda: tar(("top/a", b"x"), ("..", tarfile.DIRTYPE, "")), "upwards"),
    "empty name": (lambda: tar(("", b"x")), "empty"),
    "dot file": (lambda: tar((".", SYM, "/")), "whole tree"),
    "newline": (lambda: tar(("top/a\nb", b"x")), "characters"),
    "escape": (lambda: tar(("top/\x1b[2Ja", b"x")), "characters"),
    "not utf-8": (lambda: tar(("top/\udcff", b"x"), encoding="utf-8"), "characters"),
    "backslash": (lambda: tar(("top\\..\\evil", b"x")), "characters"),
    "git folder": (lambda: tar(("top/.git/config", b"x")), "`.git`"),
    "git folder in capitals": (lambda: tar(("top/.GIT/config", b"x")), "`.git`"),
    "long part": (lambda: tar((f"top/{'a' * 256}", b"x")), "too long"),
    "long name": (lambda: tar(("top/" + "a/" * 600, b"x")), "too long"),
    "symlink absolute": (lambda: tar(("top/l", SYM, "/etc/passwd")), "a link that leads out"),
    "symlink upwards": (lambda: tar(("top/sub/l", SYM, "../../evil")), "a link that leads out"),
    "symlink to above": (lambda: tar(("top/l", SYM, "..")), "a link that leads out"),
    "symlink that strips": (
        lambda: tar(("top/a", b""), ("top/l", SYM, "../top/a")),
        "a link that leads out",
    ),
    "symlink to nothing": (lambda: tar(("top/l", SYM, "")), "odd target"),
    "symlink target odd": (lambda: tar(("top/l", SYM, "a\nb")), "odd target"),
    "symlink chain": (
        lambda: tar(
            ("top/d/e/f", b"x"),
            ("top/a", SYM, "d/e"),
            ("top/b", SYM, "a/../../.."),
        ),
        "a link that leads out",
    ),
    "symlink chain, lexically inside": (
        lambda: tar(("top/x/y", SYM, ".."), ("top/x/z", SYM, "y/../evil")),
        "with other links",
    ),
    "below a symlink": (
        lambda: tar(("top/l", SYM, "sub"), ("top/sub/a", b"x"), ("top/l/b", b"x")),
        "which is a symlink",
    ),
    "symlink over a folder": (
        lambda: tar(("top/d/a", b"x"), ("top/d", SYM, "e")),
        "the same name already, as a folder",
    ),
    "symlink, then a file through it": (
        lambda: tar(("top/l", SYM, "t"), ("top/l", b"x")),
        "the same name already, as a symlink",
    ),
    "hard link upwards": (lambda: tar(("top/l", HARD, "../../etc/passwd")), "upwards"),
    "hard link absolute": (lambda: tar(("top/l", HARD, "/etc/passwd")), "absolute"),
    "hard link to nothing": (lambda: tar(("top/l", HARD, "top/none")), "no file unpacked before"),
    "hard link to a symlink": (
        lambda: tar(("top/s", SYM, "t"), ("top/l", HARD, "top/s")),
        "no file unpacked before",
    ),
    "hard links that multiply": (
        lambda: tar(("top/a", bytes(60_000)), ("top/b", HARD, "top/a"), ("top/c", HARD, "top/a")),
        "more than the 100000 bytes",
    ),
    "character device": (lambda: tar(("top/d", tarfile.CHRTYPE, "")), "character device"),
    "block device": (lambda: tar(("top/d", tarfile.BLKTYPE, "")), "block device"),
    "fifo": (lambda: tar(("top/d", tarfile.FIFOTYPE, "")), "fifo"),
    "unknown type": (lambda: tar(("top/d", b"Z", "")), "odd entry"),
    "contiguous": (lambda: tar(("top/d", tarfile.CONTTYPE, "")), "odd entry"),
    "sparse": (sparse, "sparse file"),
    "negative size": (negative, "cannot be read|bytes declared"),
    "same file twice": (lambda: tar(("top/a", b"x"), ("top/a", b"y")), "same name already"),
    "same file, spelled otherwise": (
        lambda: tar(("top/a", b"x"), ("top/./a", b"y")),
        "same name already",
    ),
    "file as folder": (lambda: tar(("top/a", b"x"), ("top/a/b", b"y")), "which is a file"),
    "folder as file": (lambda: tar(("top/a/b", b"x"), ("top/a", b"y")), "same name already"),
    "large": (lambda: tar(("top/a", bytes(LIMIT + 1))), "more than the 100000 bytes"),
    "large in pieces": (
        lambda: tar(*((f"top/{n}", bytes(30_000)) for n in range(4))),
        "more than the 100000 bytes",
    ),
    "gzip bomb": (
        lambda: tar(("top/a", bytes(20_000_000)), mode="w:gz", compresslevel=1),
        "more than the 100000 bytes",
    ),
    "bzip2 bomb": (
        lambda: tar(("top/a", bytes(5_000_000)), mode="w:bz2"),
        "more than the 100000 bytes",
    ),
    "xz bomb": (
        lambda: tar(("top/a", bytes(5_000_000)), mode="w:xz", preset=0),
        "more than the 100000 bytes",
    ),
    "bomb in what is not kept": (
        lambda: tar(("top/other/a", bytes(200_000)), ("top/keep/b", b"")),
        "more than the 100000 bytes",
    ),
    "header bomb": (pax_bomb, "more than the 100000 bytes"),
    "too many": (lambda: tar(*((f"top/{n}", b"") for n in range(60))), "more than 50 entries"),
    "zip absolute": (lambda: archive_of(("/evil-of-a-test", b"x", 0)), "absolute path"),
    "zip dotdot": (lambda: archive_of(("top/../../evil", b"x", 0)), "upwards"),
    "zip backslash": (lambda: archive_of(("top\\..\\evil", b"x", 0)), "characters"),
    "zip symlink": (
        lambda: archive_of(("top/l", b"/etc/passwd", S_IFLNK | 0o777)),
        "a link that leads out",
    ),
    "zip symlink, long": (lambda: archive_of(("top/l", b"a" * 5000, S_IFLNK)), "odd target"),
    "zip fifo": (lambda: archive_of(("top/p", b"", S_IFIFO)), "odd entry"),
    "zip device": (lambda: archive_of(("top/p", b"", S_IFCHR)), "odd entry"),
    "zip socket": (lambda: archive_of(("top/p", b"", S_IFSOCK)), "odd entry"),
    "zip encrypted": (lambda: archive_of(("top/a", b"x", S_IFREG), flags=1), "encrypted"),
    "zip bomb": (
        lambda: archive_of(("top/a", bytes(5_000_000), 0)),
        "more than the 100000 bytes",
    ),
    "zip file as folder": (
        lambda: archive_of(("top/a", b"x", 0), ("top/a/b", b"x", 0)),
        "which is a file",
    ),
    "zip too many": (
        lambda: archive_of(*((f"top/{n}", b"", 0) for n in range(60))),
        "more than 50 entries",
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_refused(kind, tmp_path: Path):
    make, reason = HOSTILE[kind]
    place = tmp_path / "a" / "b" / "c"
    place.mkdir(parents=True)
    (tmp_path / "archive").write_bytes(make())
    keep = ["keep"] if "not kept" in kind else []
    with pytest.raises(BadArchive, match=reason) as caught:
        extract(
            tmp_path / "archive",
            place / "tree",
            source="thing",
            max_bytes=LIMIT,
            keep=keep,
            max_entries=50,
        )
    assert "nothing was written" in (caught.value.hint or "")
    outside = {path for path in tmp_path.rglob("*") if not path.is_relative_to(place / "tree")}
    assert outside == {tmp_path / "archive", *place.parents[:2], place} - {tmp_path}
    assert not Path("/evil-of-a-test").exists()


def test_a_lying_size_in_a_zip(tmp_path: Path):
    """The list at the end says 10 bytes, the data unpack to more."""
    whole = bytearray(archive_of(("top/a", bytes(300_000), 0)))
    struct.pack_into("<I", whole, whole.index(b"PK\x01\x02") + 24, 10)
    (tmp_path / "archive").write_bytes(whole)
    with pytest.raises(BadArchive, match="cannot be read"):
        extract(tmp_path / "archive", tmp_path / "tree", source="thing", max_bytes=LIMIT)


def test_an_unpacked_link_is_never_followed(tmp_path: Path):
    """Were links made as they come, the second entry would be written to /…/outside."""
    outside = tmp_path / "outside"
    outside.mkdir()
    data = tar(("top/l", SYM, str(outside)), ("top/l/evil", b"x"))
    (tmp_path / "archive").write_bytes(data)
    with pytest.raises(BadArchive):
        extract(tmp_path / "archive", tmp_path / "tree", source="thing", max_bytes=LIMIT)
    assert not list(outside.iterdir())
