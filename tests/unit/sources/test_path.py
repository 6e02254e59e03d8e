"""Origin `path`: an archive or a folder on this machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mirage_py.sources.errors import SourceUnavailable
from mirage_py.sources.extract import extract
from mirage_py.sources.path import sha256


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "recipe" / "thing" / "tree"
    (made / "sub").mkdir(parents=True)
    (made / "sub" / "a.c").write_text("int a;\n")
    (made / "run").write_text("#!/bin/sh\n")
    (made / "run").chmod(0o700)
    (made / "link").symlink_to("sub/a.c")
    return made


def failure(fetch, wanted) -> str:
    with pytest.raises(SourceUnavailable) as caught:
        fetch([wanted])
    return caught.value.render()


def test_an_archive_beside_the_recipe(fetch, source, origin):
    wanted = source(origin(b"content", "path", path="a.tar"))
    (wanted.folder / "a.tar").write_bytes(b"content")
    assert fetch([wanted], offline=True)["thing"].read_bytes() == b"content"


def test_a_folder(fetch, source, origin, folder, tmp_path):
    wanted = source(origin(sha256(folder), "path", path="tree"))
    extract(fetch([wanted])["thing"], tmp_path / "out", source="thing", max_bytes=100_000)
    assert (tmp_path / "out" / "sub" / "a.c").read_text() == "int a;\n"
    assert (tmp_path / "out" / "link").readlink() == Path("sub/a.c")
    assert os.access(tmp_path / "out" / "run", os.X_OK)


def test_the_hash_is_of_names_contents_and_executable_bits_alone(folder, tmp_path):
    before = sha256(folder)
    os.utime(folder / "run", (1, 1))
    (folder / "run").chmod(0o755)
    (folder / "__pycache__").mkdir()
    (folder / "__pycache__" / "a.pyc").write_text("")
    os.link(folder / "sub" / "a.c", tmp_path / "second-name")
    assert sha256(folder.rename(tmp_path / "elsewhere")) == before


@pytest.mark.parametrize("change", ["content", "name", "mode", "link"])
def test_a_changed_folder_is_refused(fetch, source, origin, folder, change):
    wanted = source(origin(sha256(folder), "path", path="tree"))
    if change == "content":
        (folder / "sub" / "a.c").write_text("int b;\n")
    elif change == "name":
        (folder / "run").rename(folder / "walk")
    elif change == "mode":
        (folder / "run").chmod(0o644)
    else:
        (folder / "link").unlink()
        (folder / "link").symlink_to("run")
    text = failure(fetch, wanted)
    assert f"path {folder}: this is not the file that was pinned" in text
    assert f"found    sha256 {sha256(folder)}" in text


def test_nothing_there(fetch, source, origin):
    text = failure(fetch, source(origin(b"", "path", path="none.tar")))
    assert "none.tar: No such file or directory" in text
    assert "hint: correct the path" in text


def test_a_fifo_in_the_folder(fetch, source, origin, folder):
    wanted = source(origin(b"", "path", path="tree"))
    os.mkfifo(folder / "pipe")
    assert "pipe is neither a file, a folder nor a link" in failure(fetch, wanted)
