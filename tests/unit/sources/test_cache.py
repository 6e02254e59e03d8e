"""The cache's own promises: where it is, one maker at a time, nothing half-placed."""

from __future__ import annotations

import os
import shutil
import threading
import time
from pathlib import Path

import pytest

from mirage_py.sources import Cache, cache_dir, prune
from mirage_py.sources.errors import CacheUnusable


def test_where(monkeypatch, tmp_path):
    monkeypatch.setenv("MIRAGE_PY_CACHE", str(tmp_path / "own"))
    assert cache_dir() == tmp_path / "own"
    monkeypatch.setenv("MIRAGE_PY_CACHE", "relative")
    monkeypatch.chdir(tmp_path)
    assert cache_dir() == tmp_path / "relative"
    monkeypatch.delenv("MIRAGE_PY_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache_dir().is_relative_to(tmp_path)
    assert cache_dir().name == "mirage-py"


def make(cache: Cache, shelf: str, key: str, content: str = "x") -> Path:
    """An entry: a file for an archive, else a folder."""
    with cache.making(key) as staging:
        made = staging / "made"
        if shelf != "archives":
            made.mkdir()
        (made if shelf == "archives" else made / "file").write_text(content)
        return cache.place(made, shelf, key)


def test_a_failed_making_leaves_nothing(cache):
    def fail():
        with cache.making("key") as staging:
            (staging / "half").write_text("x")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert not list((cache.root / "staging").iterdir())


def test_what_a_killed_maker_left_is_not_seen_by_the_next(cache):
    left = cache.root / "staging" / "key" / "tmpold"
    left.mkdir(parents=True)
    (left / "half").write_text("x")
    with cache.making("key") as staging:
        assert not list(staging.iterdir())
        assert list(staging.parent.iterdir()) == [staging]


def test_children_of_a_killed_maker_may_still_write(cache, monkeypatch):
    """What they write comes again as it is removed."""
    left = cache.root / "staging" / "key" / "tmpold"
    remove = shutil.rmtree

    def removed(path, **options):
        remove(path, **options)
        left.mkdir(parents=True)

    monkeypatch.setattr("mirage_py.sources.cache.shutil.rmtree", removed)
    with cache.making("key") as staging:
        assert staging != left
        assert not list(staging.iterdir())


def test_one_maker_at_a_time(cache):
    order = []

    def second():
        with cache.making("key"):
            order.append("second")

    with cache.making("key"):
        other = threading.Thread(target=second)
        other.start()
        other.join(0.1)
        order.append("first")
        with cache.making("another key"):
            order.append("another")
    other.join()
    assert order == ["first", "another", "second"]


def test_a_cache_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(CacheUnusable, match="cannot be written"),
        Cache(tmp_path / "file").making("k"),
    ):
        pass


def test_prune_removes_what_was_not_used_lately(cache, aged):
    old, used, new = (make(cache, "trees", name) for name in ("old", "used", "new"))
    archive = make(cache, "archives", "gone", "12345")
    runtime = make(cache, "runtimes", "runtime")
    for path in (old, used, archive, runtime):
        aged(path)
    cache.used(used)
    removed = prune(cache=cache)
    assert {(one.path, one.size) for one in removed} == {(old, 1), (archive, 5), (runtime, 1)}
    assert not old.exists()
    assert not archive.exists()
    assert not runtime.exists()
    assert used.exists()
    assert new.exists()
    assert not list((cache.root / "staging").iterdir())


@pytest.fixture
def aged():
    """Makes an entry look as last used two months ago."""
    return lambda path: os.utime(path, (time.time() - 60 * 86_400,) * 2)


def test_finding_an_entry_counts_as_using_it(cache, aged):
    tree = make(cache, "trees", "key")
    archive = make(
        cache, "archives", "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    )
    aged(tree)
    aged(archive)
    assert cache.tree("key") == tree
    assert cache.archive(archive.name) == archive
    assert prune(cache=cache) == []


def test_prune_of_everything(cache):
    make(cache, "trees", "one")
    make(cache, "archives", "two")
    assert len(prune(unused_days=0, cache=cache)) == 2
    assert not list((cache.root / "trees").iterdir())
    assert not list((cache.root / "archives").iterdir())


def test_prune_in_a_dry_run(cache):
    tree = make(cache, "trees", "one")
    assert [one.path for one in prune(unused_days=0, dry_run=True, cache=cache)] == [tree]
    assert tree.exists()


def test_prune_removes_what_killed_makers_left_and_spares_the_living(cache):
    left = cache.root / "staging" / "dead"
    left.mkdir(parents=True)
    (left / "half").write_bytes(bytes(100))
    with cache.making("living") as staging:
        assert [(one.path, one.size) for one in prune(cache=cache)] == [(left, 100)]
        assert staging.exists()
    assert not left.exists()


def test_prune_of_no_cache(cache):
    assert prune(cache=cache) == []
