"""Pinning by the project's lock file."""

from __future__ import annotations

from functools import partial

import pytest

from mirage_py import lock
from mirage_py.lock import EVERYTHING, TOOLCHAIN
from mirage_py.lock.errors import (
    LockMissing,
    LockOutOfDate,
    NotCarried,
    ToolchainDiffers,
    UnknownUpgrade,
)
from mirage_py.lock.pin import updated


@pytest.fixture(autouse=True)
def _toolchain(toolchain):
    """What this machine has, unless a test says otherwise."""


@pytest.fixture
def path(project):
    return project / "mirage-py.lock"


@pytest.fixture
def settle(recipes):
    return partial(lock.settle, recipes=recipes)


def test_the_first_lock(settle, graph, path, recipes):
    settled = settle(graph("micropython"))
    assert [source.name for source in settled.sources] == ["micropython"]
    assert settled.sources[0].origins == recipes["micropython"].origins
    assert [pin.name for pin in lock.read(path).pins] == ["micropython"]


def test_nothing_new_changes_nothing(settle, graph, path):
    settle(graph("lwip", "micropython"))
    before = path.read_bytes(), path.stat().st_mtime_ns
    settle(graph("lwip", "micropython"))
    settled = settle(graph("micropython"))  # another target, which needs less
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [source.name for source in settled.sources] == ["micropython"]


def test_a_target_that_needs_more_adds_it_and_keeps_the_rest(settle, graph, path, recipes, recipe):
    settle(graph("micropython"))
    before = lock.read(path).pins[0]
    mirror = recipe("micropython", licence="MIT and more")
    recipes["micropython"] = mirror
    settle(graph("lwip", "micropython"))
    assert [pin.name for pin in lock.read(path).pins] == ["lwip", "micropython"]
    assert lock.read(path).pins[1] == before


def test_what_is_locked_stays(settle, graph, recipes, recipe):
    first = settle(graph("micropython"))
    other = recipe("lwip").origins
    recipes["micropython"] = recipe("micropython", origins=other)
    assert settle(graph("micropython")).sources[0].origins == first.sources[0].origins


@pytest.mark.parametrize("upgrade", [["micropython"], EVERYTHING])
def test_unless_an_upgrade_is_asked_for(settle, graph, recipes, recipe, upgrade):
    settle(graph("micropython"))
    recipes["micropython"] = recipe("micropython", version="2.0")
    settled = settle(graph("micropython"), upgrade=upgrade)
    assert settled.sources[0].version == "2.0"
    assert settled.sources[0].origins == recipes["micropython"].origins
    assert settle(graph("micropython"), locked=True) == settled


def test_an_upgrade_of_one_leaves_the_others(settle, graph, recipes, recipe, path):
    settle(graph("lwip", "micropython"))
    for name in ("lwip", "micropython"):
        recipes[name] = recipe(name, licence="other")
    settle(graph("lwip", "micropython"), upgrade=["lwip"])
    assert [pin.licence for pin in lock.read(path).pins] == ["other", "MIT"]


def test_an_upgrade_of_nothing_known(settle, graph):
    settle(graph("micropython"))
    with pytest.raises(UnknownUpgrade, match="no `micropyhton` to upgrade") as caught:
        settle(graph("micropython"), upgrade=["micropyhton"])
    assert "`micropython`, `toolchain`" in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"version": "2.0"}, "version: locked 1.0, carried 2.0"),
        ({"patch": "--- other\n"}, "patch 0001-a.patch: locked "),
    ],
)
def test_a_pin_that_this_mirage_py_has_no_recipe_for(
    settle, graph, recipes, recipe, path, change, told
):
    settle(graph("micropython"))
    before = path.read_bytes()
    recipes["micropython"] = recipe("micropython", **change)
    with pytest.raises(NotCarried) as caught:
        settle(graph("micropython"))
    text = caught.value.render()
    assert "the lock pins sources as this mirage-py does not build them:" in text
    assert f"  micropython: {told}" in text
    assert "hint: run `mirage-py lock --upgrade micropython`" in text
    assert path.read_bytes() == before


def test_all_pins_that_do_not_fit_are_told(settle, graph, recipes, recipe):
    settle(graph("lwip", "micropython"))
    recipes |= {name: recipe(name, version="2.0") for name in ("lwip", "micropython")}
    with pytest.raises(NotCarried) as caught:
        settle(graph("lwip", "micropython"))
    assert "hint: run `mirage-py lock --upgrade lwip micropython`" in caught.value.render()


def test_a_pin_of_a_source_that_is_gone_hurts_only_who_needs_it(settle, graph, recipes, project):
    settle(graph("lwip", "micropython"))
    del recipes["lwip"]
    settle(graph("micropython"), locked=True)
    with pytest.raises(NotCarried, match="no such source any more"):
        lock.pull(project, recipes=recipes)


@pytest.mark.parametrize("upgrade", [["lwip"], EVERYTHING])
def test_an_upgrade_drops_what_is_carried_no_more(settle, graph, recipes, path, upgrade, caplog):
    caplog.set_level("INFO")
    settle(graph("lwip", "micropython"))
    del recipes["lwip"]
    settle(graph("micropython"), upgrade=upgrade)
    assert [pin.name for pin in lock.read(path).pins] == ["micropython"]
    assert "mirage-py.lock: remove lwip 1.0" in caplog.text


def test_locked_without_a_lock(settle, graph, path):
    with pytest.raises(LockMissing) as caught:
        settle(graph("micropython"), locked=True)
    assert f"there is no {path}, and --locked was given" in caught.value.render()
    assert not path.exists()


def test_locked_and_out_of_date(settle, graph, path):
    settle(graph("micropython"))
    before = path.read_bytes()
    with pytest.raises(LockOutOfDate) as caught:
        settle(graph("lwip", "micropython", "zlib"), locked=True)
    text = caught.value.render()
    assert f"{path} is out of date" in text
    assert "\n  add lwip 1.0\n  add zlib 1.0\n" in text
    assert "hint: run `mirage-py lock`" in text
    assert path.read_bytes() == before


def test_dry_run(settle, graph, path):
    assert settle(graph("micropython"), write=False).sources
    assert not path.exists()


def test_another_toolchain_is_a_warning_that_names_both(settle, graph, path, toolchain, caplog):
    settle(graph("micropython"))
    before = path.read_bytes()
    here = toolchain("gcc 13", "ld 2.40")
    settled = settle(graph("micropython"))
    assert "compiler: locked 'gcc 12', here 'gcc 13'" in caplog.text
    assert "linker" not in caplog.text
    assert settled.toolchain == here, "the image records what builds it"
    assert path.read_bytes() == before


def test_another_toolchain_is_an_error_with_locked(settle, graph, toolchain):
    settle(graph("micropython"))
    toolchain("gcc 12", "ld 2.42")
    with pytest.raises(ToolchainDiffers) as caught:
        settle(graph("micropython"), locked=True)
    text = caught.value.render()
    assert "linker: locked 'ld 2.40', here 'ld 2.42'" in text
    assert "mirage-py lock --upgrade toolchain" in text


@pytest.mark.parametrize("upgrade", [[TOOLCHAIN], EVERYTHING])
def test_another_toolchain_is_taken_into_the_lock(settle, graph, toolchain, path, upgrade, caplog):
    settle(graph("micropython"))
    here = toolchain("clang 19", "lld 19")
    caplog.clear()
    settle(graph("micropython"), upgrade=upgrade)
    assert lock.read(path).toolchain == here
    assert "not the locked one" not in caplog.text
    settle(graph("micropython"), locked=True)


def test_changes_are_told(recipes, recipe, toolchain):
    here = toolchain("gcc 12", "ld 2.40")
    old = updated(None, ["micropython", "zlib"], recipes, here)
    recipes["micropython"] = recipe("micropython", version="2.0", patch="other", licence="ISC")
    new = updated(old, ["lwip"], recipes, toolchain("gcc 13", "ld 2.40"), EVERYTHING)
    told = list(lock.changes(old, new))
    assert told[0] == "add lwip 1.0"
    assert told[1] == "micropython: version: was 1.0, is now 2.0"
    assert told[2] == "micropython: licence: was MIT, is now ISC"
    assert told[3].startswith("micropython: origins: were path ")
    assert told[4].startswith("micropython: patch 0001-a.patch: was ")
    assert told[5:] == ["toolchain: compiler: was 'gcc 12', is now 'gcc 13'"]
    assert next(iter(lock.changes(new, old))) == "remove lwip 1.0"


def test_pin_touches_no_file(graph, recipes, path):
    first = lock.pin(graph("micropython"), recipes=recipes)
    assert first.sources[0].key == lock.pin(graph("micropython"), recipes=recipes).sources[0].key
    assert not path.exists()


def test_the_key_of_a_source_changes_with_what_goes_into_it(graph, recipes, recipe):
    keys = {lock.pin(graph("lwip"), recipes=recipes).sources[0].key}
    for change in ({"patch": "x"}, {"keep": ("a.c",)}, {"origins": recipes["zlib"].origins}):
        recipes["lwip"] = recipe("lwip", **change)
        keys.add(lock.pin(graph("lwip"), recipes=recipes).sources[0].key)
    assert len(keys) == 4
