"""Unpacked and patched trees in the cache."""

from __future__ import annotations

from contextlib import nullcontext
from functools import partial

import pytest

from mirage_py import sources
from mirage_py.sources.errors import BadArchive, KeepMissing, MissingOffline, PatchFailed
from mirage_py.sources.trees import hashes, key, keys

PATCH = "--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-old\n+new\n"


@pytest.fixture
def trees(cache):
    return partial(sources.trees, cache=cache, progress=lambda _: nullcontext())


@pytest.fixture
def wanted(source, origin, tar):
    """A source whose archive lies beside its recipe."""

    def make(files=None, patch="", **rest):
        body = tar(files or {"thing-1.0/a.c": b"old\n", "thing-1.0/b.c": b"b\n"}, "w:gz")
        made = source(origin(body, "path", path="thing.tar.gz"), **rest)
        (made.folder / "thing.tar.gz").write_bytes(body)
        (made.folder / "patches").mkdir(exist_ok=True)
        if patch:
            (made.folder / "patches" / "0001-a.patch").write_text(patch)
        return made

    return make


def test_unpacked_and_patched(trees, wanted, cache):
    tree = trees([wanted(patch=PATCH)])["thing"]
    assert tree.parent == cache.root / "trees"
    assert (tree / "a.c").read_text() == "new\n"
    assert (tree / "b.c").read_text() == "b\n"


def test_a_tree_that_is_there_needs_neither_archive_nor_network(
    trees, source, origin, server, answer, tar
):
    body = tar({"top/a": b"a"})
    server.answers["/a"] = answer(body)
    made = source(origin(body, "url", url=f"{server.url}/a"))
    tree = trees([made])["thing"]
    (tree.parent.parent / "archives" / made.origins[0].sha256).unlink()
    assert trees([made], offline=True) == {"thing": tree}


def test_what_a_tree_is_made_of_names_it(trees, wanted):
    plain = trees([wanted()])["thing"]
    patched = trees([wanted(patch=PATCH)])["thing"]
    other = trees([wanted(patch=PATCH.replace("+new", "+newer"))])["thing"]
    kept = trees([wanted(keep=("a.c",), patch=PATCH)])["thing"]
    assert len({plain, patched, other, kept}) == 4
    assert (plain / "a.c").read_text() == "old\n", "another tree leaves this one as it is"
    assert sorted(path.name for path in kept.iterdir()) == ["a.c"]


def test_the_key_is_stable():
    """A change here throws every tree of every user away: raise FORM knowingly."""
    assert key("ab" * 32, [("p", "cd" * 32)], ["y", "x"]) == key(
        "ab" * 32, [("p", "cd" * 32)], ["x", "y"]
    )
    assert key("ab" * 32, [("p", "cd" * 32)], ["x"]) == (
        "5d26704de19eda74dea4cdba3b9d5379371ceb053492dcc7b5beee0bf3607d5a"
    )


def test_one_key_for_each_origin(source, origin):
    made = source(origin(b"a", "url", url="http://x/a"), origin(b"b", "url", url="http://x/b"))
    assert keys(made) == [key(one.sha256, hashes(made.patches), ()) for one in made.origins]


@pytest.mark.parametrize(
    ("change", "mistake"),
    [
        ({"patch": PATCH.replace("-old", "-else")}, PatchFailed),
        ({"keep": ("none",)}, KeepMissing),
        ({"max_bytes": 1}, BadArchive),
        ({"files": {"../evil": b""}}, BadArchive),
    ],
)
def test_nothing_is_placed_when_something_is_wrong(trees, wanted, cache, change, mistake):
    made = wanted(**change)
    with pytest.raises(mistake):
        trees([made])
    assert not list(cache.root.glob("trees/*"))
    assert not list(cache.root.glob("staging/*"))


def test_offline(trees, source, origin):
    with pytest.raises(MissingOffline, match="--offline"):
        trees([source(origin(b"", "url", url="http://127.0.0.1:1/a"))], offline=True)
