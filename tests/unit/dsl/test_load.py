"""`load` runs config.py in this process, and nothing of that stays."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import pytest

from mirage_py.dsl import load
from mirage_py.support.errors import MirageError, Mistakes

HELPER = "NAME = {name!r}\n"


def test_config(loaded, tmp_path: Path) -> None:
    config = loaded("""
        app = main("unikernel.start", job)
        register("hello", [app], stack=65536)
        """)
    assert (config.name, config.stack, config.root) == ("hello", 65536, tmp_path)
    assert str(config.position) == "config.py:4"
    assert config.position.text == 'register("hello", [app], stack=65536)'
    assert [str(job.position) for job in config.jobs] == ["config.py:3"]
    with pytest.raises(dataclasses.FrozenInstanceError):
        config.name = "other"


def test_nothing_is_left_behind(loaded, tmp_path: Path) -> None:
    path, modules = sys.path.copy(), set(sys.modules)
    loaded("import helper\nregister(helper.NAME, [])\n", helper=HELPER.format(name="a"))
    assert sys.path == path
    assert not {"helper", "config"} & (set(sys.modules) - modules)
    assert not any(str(tmp_path) in place for place in sys.path_importer_cache)
    assert {one.name for one in tmp_path.rglob("*")} == {"config.py", "helper.py"}


def test_nothing_is_left_behind_by_a_failure(loaded) -> None:
    path, modules, bytecode = sys.path.copy(), set(sys.modules), sys.dont_write_bytecode
    with pytest.raises(MirageError):
        loaded("import helper\n1 / 0\n", helper="")
    assert (sys.path, sys.dont_write_bytecode) == (path, bytecode)
    assert "helper" not in set(sys.modules) - modules


def test_helpers_are_read_again(loaded) -> None:
    text = "import helper\nregister(helper.NAME, [])\n"
    assert loaded(text, helper=HELPER.format(name="first")).name == "first"
    assert loaded(text, helper=HELPER.format(name="later")).name == "later"


def test_print_is_a_message(loaded, capsys: pytest.CaptureFixture[str]) -> None:
    loaded('print("building")\nregister("a", [])\n')
    assert capsys.readouterr() == ("", "building\n")


def test_config_is_a_module(loaded) -> None:
    """What needs its module, as dataclasses do, works in config.py."""
    config = loaded("""
        import dataclasses

        @dataclasses.dataclass
        class Site:
            name: "str"

        register(Site("a").name, [])
        """)
    assert config.name == "a"


def test_positions_are_those_of_the_user(loaded) -> None:
    """A device that a helper makes, and one that ours make, are where the user wrote them."""
    config = loaded(
        """
        from helper import disk
        app = main("unikernel.start", block >> block >> job)
        register("a", [app(disk(), block_of_file("b"))])
        """,
        helper="from mirage_py import *\n\ndef disk():\n    return block_of_file('a')\n",
    )
    first, second = config.jobs[0].arguments
    assert str(first.head.position) == "helper.py:4"
    assert str(second.head.position) == "config.py:5"


def test_position_of_a_device_that_all_share(loaded) -> None:
    for _ in range(2):
        position = loaded('register("a", [noop])').jobs[0].position
        assert str(position).startswith("mirage_py/devices/noop.py:")


def test_mistakes_are_reported_together(loaded) -> None:
    with pytest.raises(Mistakes) as caught:
        loaded('noop(1)\nnoop(2, 3)\nregister("a b", [])\nnonsense\n')
    lines = [mistake.position.line for mistake in caught.value.mistakes]
    assert lines == [2, 3, 4, 5]


def test_the_same_mistake_in_several_places_is_told_once(loaded) -> None:
    with pytest.raises(MirageError) as caught:
        loaded("for _ in range(2): noop(1)\n" + 7 * "noop(1)\n" + 'register("a", [])\n')
    *_, last, _, hint = caught.value.render().splitlines()
    assert caught.value.render().count("noop(1)") == 5
    assert (last, hint[:5]) == ("  and 3 more", "hint:")


def test_interrupt_is_not_an_error_of_the_file(loaded) -> None:
    with pytest.raises(KeyboardInterrupt):
        loaded("raise KeyboardInterrupt\n")


@pytest.mark.parametrize(
    "guard",
    [
        "# mirage-py >= 0.1",
        "# mirage-py >= 0.1, < 99",
        "#mirage-py>=0.1",
        "# mirage-py: the configuration of my site",
        "# my site",
    ],
)
def test_guard_that_holds(tmp_path: Path, guard: str) -> None:
    path = tmp_path / "config.py"
    path.write_text(f'{guard}\nfrom mirage_py import *\nregister("a", [])\n')
    assert load(path).name == "a"


@pytest.mark.parametrize(
    "before", ["#!/usr/bin/env python3\n# coding: utf-8\n", "\n# My site.\n#\n"]
)
def test_guard_among_the_first_comments(tmp_path: Path, before: str) -> None:
    path = tmp_path / "config.py"
    path.write_text(f"{before}# mirage-py < 0.0.1\nthis is not Python\n")
    with pytest.raises(MirageError, match=r"needs mirage-py < 0\.0\.1") as caught:
        load(path)
    assert caught.value.position
    assert caught.value.position.line == before.count("\n") + 1
    path.write_text('from mirage_py import *\n# mirage-py < 0.0.1\nregister("a", [])\n')
    assert load(path).name == "a"


def test_guard_is_checked_before_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "config.py"
    path.write_text("# mirage-py < 0.0.1\nthis is not Python\n")
    with pytest.raises(MirageError, match=r"needs mirage-py < 0\.0\.1, and this is"):
        load(path)
