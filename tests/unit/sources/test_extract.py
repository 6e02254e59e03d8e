"""Unpacking honest archives."""

from __future__ import annotations

import io
import os
import stat
import tarfile
import zipfile
from functools import partial
from pathlib import Path

import pytest

from mirage_py.sources.errors import BadArchive, KeepMissing
from mirage_py.sources.extract import extract as real_extract

extract = partial(real_extract, source="thing", max_bytes=100_000)

FILES = {"top/a.c": b"int a;\n", "top/sub/b.c": b"int b;\n", "top/sub/deep/c": b"c"}


def contents(tree: Path) -> dict[str, bytes]:
    files = (path for path in tree.rglob("*") if path.is_file())
    return {path.relative_to(tree).as_posix(): path.read_bytes() for path in files}


def zipped(files: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


@pytest.fixture
def written(tmp_path):
    def write(content: bytes) -> Path:
        path = tmp_path / "archive"
        path.write_bytes(content)
        return path

    return write


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_tar(tar, written, tmp_path, mode):
    extract(written(tar(FILES, mode)), tmp_path / "tree")
    assert contents(tmp_path / "tree") == {
        "a.c": b"int a;\n",
        "sub/b.c": b"int b;\n",
        "sub/deep/c": b"c",
    }


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_zip(written, tmp_path, compression):
    extract(written(zipped({"top/": b"", **FILES}, compression)), tmp_path / "tree")
    assert set(contents(tmp_path / "tree")) == {"a.c", "sub/b.c", "sub/deep/c"}


@pytest.mark.parametrize(
    "names",
    [
        ["a", "b"],
        ["one/a", "two/b"],
        ["one/a", "b"],
        ["b", "one/a"],
    ],
)
def test_without_a_single_folder_at_the_top_nothing_is_stripped(tar, written, tmp_path, names):
    extract(written(tar(dict.fromkeys(names, b"x"))), tmp_path / "tree")
    assert sorted(contents(tmp_path / "tree")) == sorted(names)


def test_names_that_begin_with_a_dot_folder(tar, written, tmp_path):
    extract(written(tar({"./top/a": b"a", "./top//b": b"b"})), tmp_path / "tree")
    assert contents(tmp_path / "tree") == {"a": b"a", "b": b"b"}


def test_keep(tar, written, tmp_path):
    files = {f"top/{name}": b"x" for name in ("a", "py/b", "py/sub/c", "pyx/d", "lib/e/f", "lib/g")}
    extract(written(tar(files)), tmp_path / "tree", keep=["a", "py", "lib/e"])
    assert sorted(contents(tmp_path / "tree")) == ["a", "lib/e/f", "py/b", "py/sub/c"]
    assert sorted(path.name for path in (tmp_path / "tree").iterdir()) == ["a", "lib", "py"]


def test_keep_of_what_is_not_there(tar, written, tmp_path):
    with pytest.raises(KeepMissing, match=r"holds no `none`, `a\.c/x`") as caught:
        extract(written(tar(FILES)), tmp_path / "tree", keep=["sub", "none", "a.c/x"])
    assert "correct `keep`" in (caught.value.hint or "")


def test_modes(tmp_path):
    with tarfile.open(tmp_path / "archive", "w") as archive:
        for name, mode in [("run", 0o6755), ("plain", 0o666), ("own", 0o700), ("none", 0o000)]:
            entry = tarfile.TarInfo(f"top/{name}")
            entry.mode = mode
            archive.addfile(entry)
        folder = tarfile.TarInfo("top/closed")
        folder.type, folder.mode = tarfile.DIRTYPE, 0o000
        archive.addfile(folder)
    os.umask(old := os.umask(0o022))
    extract(tmp_path / "archive", tmp_path / "tree")
    modes = {p.name: stat.S_IMODE(p.stat().st_mode) & ~old for p in (tmp_path / "tree").iterdir()}
    wanted = {"run": 0o755, "plain": 0o644, "own": 0o755, "none": 0o644, "closed": 0o755}
    assert modes == {name: mode & ~old for name, mode in wanted.items()}


def test_executables_of_a_zip(tmp_path):
    with zipfile.ZipFile(tmp_path / "archive", "w") as archive:
        entry = zipfile.ZipInfo("top/run")
        entry.external_attr = (stat.S_IFREG | 0o4755) << 16
        archive.writestr(entry, "x")
    extract(tmp_path / "archive", tmp_path / "tree")
    assert stat.S_IMODE((tmp_path / "tree" / "run").stat().st_mode) & 0o7100 == 0o100


def link(name: str, target: str, kind: bytes = tarfile.SYMTYPE) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.type, entry.linkname = kind, target
    return entry


def test_links_inside_the_tree(tmp_path):
    with tarfile.open(tmp_path / "archive", "w") as archive:
        archive.addfile(link("top/early", "sub/file"))
        archive.addfile(link("top/sub/up", "../early"))
        archive.addfile(link("top/sub/folder", "."))
        archive.addfile(link("top/dangling", "none"))
        entry = tarfile.TarInfo("top/sub/file")
        entry.size, entry.mode = 1, 0o755
        archive.addfile(entry, io.BytesIO(b"x"))
        archive.addfile(link("top/hard", "top/sub/file", tarfile.LNKTYPE))
    extract(tmp_path / "archive", tmp_path / "tree")
    tree = tmp_path / "tree"
    assert (tree / "sub" / "up").read_bytes() == b"x"
    assert (tree / "dangling").is_symlink()
    assert (tree / "hard").read_bytes() == b"x"
    assert os.access(tree / "hard", os.X_OK)
    assert (tree / "hard").stat().st_nlink == 1


def test_link_in_a_zip(tmp_path):
    with zipfile.ZipFile(tmp_path / "archive", "w") as archive:
        archive.writestr("top/a", "x")
        entry = zipfile.ZipInfo("top/b")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(entry, "a")
    extract(tmp_path / "archive", tmp_path / "tree")
    assert (tmp_path / "tree" / "b").readlink() == Path("a")


def test_just_as_large_as_declared(tar, written, tmp_path):
    extract(
        written(tar({"top/a": bytes(600), "top/b": bytes(400)})), tmp_path / "a", max_bytes=1000
    )
    with pytest.raises(BadArchive, match="more than the 999 bytes declared"):
        extract(
            written(tar({"top/a": bytes(600), "top/b": bytes(400)})), tmp_path / "b", max_bytes=999
        )


@pytest.mark.parametrize("length", [0, 10, 300, 600, 2000])
@pytest.mark.parametrize("mode", ["w", "w:gz", "w:xz", "zip"])
def test_cut_off(tar, written, tmp_path, mode, length):
    files = {"top/a": os.urandom(1500), "top/b": os.urandom(1500)}
    whole = zipped(files) if mode == "zip" else tar(files, mode)
    with pytest.raises(BadArchive, match="cannot be read") as caught:
        extract(written(whole[:length]), tmp_path / "tree")
    assert "source `thing`: archive archive is refused" in caught.value.render()


@pytest.mark.parametrize(
    "content", [b"", b"hello\n" * 1000, b"\x1f\x8b" + bytes(100), b"PK\x03\x04"]
)
def test_not_an_archive(written, tmp_path, content):
    with pytest.raises(BadArchive, match="cannot be read"):
        extract(written(content), tmp_path / "tree")
