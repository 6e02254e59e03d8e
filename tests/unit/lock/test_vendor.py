"""`pull`, with and without vendor/, and builds from vendor/."""

from __future__ import annotations

import shutil
from functools import partial
from types import MappingProxyType

import pytest

from mirage_py import lock
from mirage_py.catalog import Origin
from mirage_py.lock.errors import (
    LockMissing,
    VendorChanged,
    VendorForeign,
    VendorMissing,
    VendorOutdated,
)
from mirage_py.support.errors import Mistakes


@pytest.fixture(autouse=True)
def _toolchain(toolchain):
    """Not this machine's."""


@pytest.fixture
def settled(graph, recipes):
    return lock.settle(graph("lwip", "micropython"), recipes=recipes)


@pytest.fixture
def pull(project, recipes):
    return partial(lock.pull, project, recipes=recipes)


@pytest.fixture
def vendored(settled, pull, project):
    """vendor/ as `pull --vendor` leaves it."""
    pull(into_vendor=True)
    return project / "vendor"


def test_pull_fills_the_cache_with_every_source_of_the_lock(settled, pull, project, tmp_path):
    trees = pull()
    assert set(trees) == {"lwip", "micropython"}
    assert (trees["lwip"] / "a.c").read_text() == "new\n"
    assert all(tree.is_relative_to(tmp_path / "cache") for tree in trees.values())
    assert not (project / "vendor").exists()


def test_pull_without_a_lock(pull, project):
    with pytest.raises(LockMissing, match="it names what to pull"):
        pull()


def test_pull_offline(settled, pull, recipes, tmp_path):
    pull()
    assert set(pull(offline=True)) == {"lwip", "micropython"}
    shutil.rmtree(tmp_path / "cache")
    for recipe in recipes.values():
        (recipe.folder / "1.0.tar").unlink()
    with pytest.raises(Mistakes) as caught:
        pull(offline=True)
    assert "source `lwip` 1.0 could not be fetched" in caught.value.render()


def test_vendor_holds_the_patched_trees(vendored):
    assert (vendored / "lwip" / "a.c").read_text() == "new\n"
    assert (vendored / "micropython" / "sub" / "b.c").read_text() == "micropython\n"
    assert sorted(path.name for path in vendored.iterdir()) == ["lwip", "micropython"]


def test_builds_use_vendor_when_it_is_there(settled, vendored, tmp_path):
    shutil.rmtree(tmp_path / "cache")
    trees = lock.trees(settled, offline=True)
    assert trees == {name: vendored / name for name in ("lwip", "micropython")}
    assert not (tmp_path / "cache" / "archives").exists()


def test_builds_use_the_cache_when_it_is_not(settled, project, tmp_path):
    assert lock.trees(settled)["lwip"].is_relative_to(tmp_path / "cache")
    (project / "vendor" / "of-the-user").mkdir(parents=True)
    assert lock.trees(settled)["lwip"].is_relative_to(tmp_path / "cache")


def change(tree):
    (tree / "sub" / "b.c").write_text("edited\n")
    return "changed", "sub/b.c"


def add(tree):
    (tree / "sub" / "c.c").write_text("more\n")
    return "added", "sub/c.c"


def remove(tree):
    (tree / "a.c").unlink()
    return "missing", "a.c"


def close(tree):
    (tree / "a.c").chmod(0o644)
    return "changed", "a.c"


def link(tree):
    (tree / "a.c").unlink()
    (tree / "a.c").symlink_to("sub/b.c")
    return "changed", "a.c"


@pytest.mark.parametrize("edit", [change, add, remove, close, link])
def test_a_changed_file_is_named_with_the_ways_out(settled, vendored, pull, edit):
    how, file = edit(vendored / "lwip")
    for use in (partial(lock.trees, settled), partial(pull, into_vendor=True)):
        with pytest.raises(VendorChanged) as caught:
            use()
        text = caught.value.render()
        assert f"source `lwip`: {vendored / 'lwip'} was changed since it was pulled" in text
        assert f"  {how}: {vendored / 'lwip' / file}\n" in text
        assert "to undo it, remove" in text
        assert "to keep it as a patch" in text
        assert "put a `path` pin first" in text
        assert 'kind = "path"' in text


def test_many_changed_files_are_counted(settled, vendored):
    for number in range(15):
        (vendored / "lwip" / f"{number:02}.c").write_text("")
    with pytest.raises(VendorChanged, match="and 5 more"):
        lock.trees(settled)


def test_the_path_pin_that_the_hint_gives_works(
    settled, vendored, pull, recipe, recipes, graph, project
):
    """Follow the hint to the letter: move the folder, pin it, upgrade, build."""
    change(vendored / "lwip")
    with pytest.raises(VendorChanged) as caught:
        lock.trees(settled)
    digest = (caught.value.hint or "").split('sha256 = "')[1].split('"')[0]
    mine = (vendored / "lwip").rename(project / "my-lwip")

    origin = Origin("path", digest, MappingProxyType({"path": str(mine)}))
    recipes["lwip"] = recipe("lwip", origins=(origin, *recipes["lwip"].origins))
    (recipes["lwip"].folder / "patches" / "0001-a.patch").unlink()
    again = lock.settle(graph("lwip", "micropython"), upgrade=["lwip"], recipes=recipes)
    pull(into_vendor=True)
    assert (lock.trees(again)["lwip"] / "sub" / "b.c").read_text() == "edited\n"


def test_undoing_as_the_hint_says(settled, vendored, pull):
    change(vendored / "lwip")
    shutil.rmtree(vendored / "lwip")
    pull(into_vendor=True)
    assert (lock.trees(settled)["lwip"] / "sub" / "b.c").read_text() == "lwip\n"


def test_what_version_control_adds_is_no_change(settled, vendored):
    (vendored / "lwip" / "__pycache__").mkdir()
    (vendored / "lwip" / "__pycache__" / "x.pyc").write_text("")
    lock.trees(settled)


def test_after_an_upgrade_vendor_is_out_of_date_until_pulled_again(
    vendored, pull, recipe, recipes, graph
):
    recipes["lwip"] = recipe("lwip", version="2.0")
    upgraded = lock.settle(graph("lwip", "micropython"), upgrade=["lwip"], recipes=recipes)
    with pytest.raises(VendorOutdated) as caught:
        lock.trees(upgraded)
    assert "vendor/lwip is not what the lock pins as `lwip` 2.0" in caught.value.render()
    assert "hint: run `mirage-py pull --vendor`" in caught.value.render()
    pull(into_vendor=True)
    lock.trees(upgraded)


def test_a_source_that_vendor_lacks(settled, vendored, pull):
    shutil.rmtree(vendored / "lwip")
    with pytest.raises(VendorMissing, match=r"`lwip` 1\.0 is not in"):
        lock.trees(settled)
    pull(into_vendor=True)
    assert set(lock.trees(settled)) == {"lwip", "micropython"}


def test_a_damaged_record(settled, vendored):
    (vendored / "lwip" / ".mirage-py-tree.toml").write_text("<<<<")
    with pytest.raises(VendorOutdated, match="is damaged"):
        lock.trees(settled)


def test_a_folder_of_the_user_is_not_overwritten(settled, pull, project):
    own = project / "vendor" / "lwip" / "own.c"
    own.parent.mkdir(parents=True)
    own.write_text("mine\n")
    with pytest.raises(VendorForeign, match="was not made by `mirage-py pull --vendor`"):
        pull(into_vendor=True)
    assert own.read_text() == "mine\n"


def test_pulling_twice_writes_once(vendored, pull):
    before = (vendored / "lwip").stat().st_ino
    pull(into_vendor=True)
    assert (vendored / "lwip").stat().st_ino == before
