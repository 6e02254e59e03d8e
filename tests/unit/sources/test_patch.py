"""Applying patches with git, wherever the tree lies."""

from __future__ import annotations

import subprocess
from contextlib import suppress
from pathlib import Path

import pytest

from mirage_py.sources.errors import PatchFailed
from mirage_py.sources.patch import apply
from mirage_py.support.errors import ToolMissing

PATCH = """\
A line about why.

diff --git a/sub/a.c b/sub/a.c
--- a/sub/a.c
+++ b/sub/a.c
@@ -1,2 +1,2 @@
 first
-second
+changed
diff --git a/new.c b/new.c
new file mode 100644
--- /dev/null
+++ b/new.c
@@ -0,0 +1 @@
+new
"""
SECOND = """\
--- a/sub/a.c
+++ b/sub/a.c
@@ -1,2 +1,2 @@
 first
-changed
+changed again
"""


def repository(folder: Path) -> None:
    """Make `folder` a git repository."""
    argv = ["git", "init", "--quiet", str(folder)]
    subprocess.run(argv, check=True)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    made = tmp_path / "place" / "tree"
    (made / "sub").mkdir(parents=True)
    (made / "sub" / "a.c").write_text("first\nsecond\n")
    return made


@pytest.fixture
def patch(tmp_path: Path):
    def write(text: str, name: str = "0001-change.patch") -> Path:
        path = tmp_path / name
        path.write_text(text)
        return path

    return write


def test_patches_are_applied_in_order(tree, patch):
    apply([patch(PATCH), patch(SECOND, "0002-again.patch")], tree, source="thing")
    assert (tree / "sub" / "a.c").read_text() == "first\nchanged again\n"
    assert (tree / "new.c").read_text() == "new\n"


@pytest.mark.parametrize("above", ["place", "."])
def test_inside_a_repository(tree, patch, tmp_path, above):
    """git apply would skip every file there, and say nothing."""
    repository(tmp_path / above)
    apply([patch(PATCH)], tree, source="thing")
    assert (tree / "sub" / "a.c").read_text() == "first\nchanged\n"


def test_a_patch_that_git_did_not_make(tree, patch, tmp_path):
    repository(tmp_path)
    apply([patch(PATCH), patch(SECOND, "0002-again.patch")], tree, source="thing")
    assert (tree / "sub" / "a.c").read_text() == "first\nchanged again\n"


def test_a_link_on_the_way_to_the_tree(tree, patch, tmp_path):
    repository(tmp_path)
    (tmp_path / "link").symlink_to("place")
    apply([patch(PATCH)], tmp_path / "link" / "tree", source="thing")
    assert (tree / "sub" / "a.c").read_text() == "first\nchanged\n"


def test_a_patch_for_something_else(tree, patch):
    (tree / "sub" / "a.c").write_text("first\nquite different\n")
    file = patch(PATCH)
    with pytest.raises(PatchFailed) as caught:
        apply([file], tree, source="thing")
    text = caught.value.render()
    assert "error: source `thing`: 0001-change.patch does not apply" in text
    assert "patch failed: sub/a.c:1" in text
    assert f"hint: make {file} again for this version of the source" in text


@pytest.mark.parametrize("name", ["../outside", "/outside-of-a-test"])
def test_a_patch_that_leaves_the_tree(tree, patch, tmp_path, name):
    text = f"--- /dev/null\n+++ {name}\n@@ -0,0 +1 @@\n+new\n"
    if name.startswith(".."):
        text = text.replace("+++ ", "+++ b/")
    with suppress(PatchFailed):
        apply([patch(text)], tree, source="thing")
    assert not (tree.parent / "outside").exists()
    assert not Path(name).is_absolute() or not Path(name).exists()


def test_not_a_patch(tree, patch):
    with pytest.raises(PatchFailed, match="does not apply"):
        apply([patch("nothing here\n")], tree, source="thing")


def test_no_git(tree, patch, monkeypatch, tmp_path):
    file = patch(PATCH)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ToolMissing, match="`git` is needed to patch source `thing`"):
        apply([file], tree, source="thing")
    apply([], tree, source="thing")
