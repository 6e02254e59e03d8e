"""What keys decide of a graph, and what is wrong with keys."""

from __future__ import annotations

import pytest

from mirage_py import catalog
from mirage_py.dsl import load
from mirage_py.graph import Given, plan
from mirage_py.support.errors import MirageError, Mistakes

START = "def start({}):\n    pass\n"
CONFIG = """
from mirage_py import *
store = key("--store", default="ram", choices=["ram", "disk"])
size = key("--size", type=int, default=1)
ram = impl("ram", block, connect=size.map(lambda n: f"kv.ram({n})"), imports=["kv"],
           packages=size.map(lambda n: [package("big")] if n > 9 else []))
app = main("unikernel.start", block >> job)
register("a", [app(match_impl(store, [("ram", ram)], default=block_of_file("storage")))])
"""


@pytest.fixture
def chosen(project, house):
    """Plans a project with these keys."""

    def make(*words: tuple[str, str | None], target: str = "spt", config: str = CONFIG, **files):
        root = project(
            {"config.py": config, "unikernel.py": START.format("disk"), "kv.py": "ram = None"}
            | {f"{name}.py": text for name, text in files.items()}
        )
        texts: dict[str, list[str | None]] = {}
        for name, text in words:
            texts.setdefault(name, []).append(text)
        return plan(load(root / "config.py"), catalog.targets(house)[target], Given(texts))

    return make


def test_defaults(chosen) -> None:
    graph = chosen()
    assert [device.name for device in graph.devices] == ["ram", "unikernel.start"]
    assert graph.devices[0].connect == "kv.ram(1)"
    assert graph.manifest == ()
    assert [(one.name, one.value, one.is_default) for one in graph.keys] == [
        ("--size", 1, True),
        ("--store", "ram", True),
    ]


def test_only_what_is_chosen_is_there(chosen) -> None:
    graph = chosen(("--store", "disk"))
    assert [device.name for device in graph.devices] == ["block", "unikernel.start"]
    assert [one.name for one in graph.manifest] == ["storage"]


def test_packages_by_keys(chosen) -> None:
    assert [one.name for one in chosen(("--size", "10")).packages] == ["big"]
    assert chosen().packages == ()


def mistakes_of(caught) -> list[MirageError]:
    error = caught.value
    return error.mistakes if isinstance(error, Mistakes) else [error]


def test_mistakes_of_keys_come_together(chosen) -> None:
    with pytest.raises(MirageError) as caught:
        chosen(("--size", "big"), ("--stor", "disk"), ("--store", "tape"))
    said = [one.message for one in mistakes_of(caught)]
    assert said == [
        "`--store=tape`: the key is one of `ram`, `disk`",
        "`--size=big`: the key is a whole number",
        "`--stor` is no option, and no key of this unikernel",
    ]


def test_a_boot_argument_is_no_key(chosen) -> None:
    config = """
from mirage_py import *
port = runtime_arg("--port", type=int, default=80)
register("a", [main("unikernel.start", job, args=[port])])
"""
    with pytest.raises(MirageError, match="`--port` is a boot argument") as caught:
        chosen(("--port", "8080"), config=config)
    assert str(caught.value.hint).startswith("`mirage-py run -- --port=8080`; with a tender")
    assert str(caught.value.position) == "config.py:3"


def test_required_keys(chosen) -> None:
    config = """
from mirage_py import *
name = key("--owner", required=True, doc="Whose it is.")
register("a", [impl("a", job, connect=name.map(repr))])
"""
    with pytest.raises(MirageError, match="the key `--owner` must be given: Whose it is"):
        chosen(config=config)
    assert chosen(("--owner", "me"), config=config).devices[0].connect == "'me'"


def test_two_keys_of_one_name(chosen) -> None:
    config = """
from mirage_py import *
def pick(default):
    return if_impl(key("--x", default=default).equals("a"), noop, impl("b", job))
register("a", [pick("a"), pick({!r})])
"""
    assert chosen(config=config.format("a")).jobs == ("noop__1",)
    with pytest.raises(MirageError, match="a second key is called `--x`, and differs"):
        chosen(config=config.format("b"))


def test_a_function_of_the_users_that_fails(chosen) -> None:
    config = """
from mirage_py import *
half = key("--n", type=int, default=0).map(lambda n: 1 // n)
register("a", [impl("a", job, connect=half.map(str))])
"""
    with pytest.raises(MirageError, match="ZeroDivisionError") as caught:
        chosen(config=config)
    assert str(caught.value.position) == "config.py:4"


def test_bounds_of_one_package_add_up(chosen) -> None:
    config = """
from mirage_py import *
one = main("unikernel.start", job, packages=[package("Micro_Dot", min="1.0", libs=["a"])])
two = impl("two", job, packages=[package("micro-dot", min="1.5", max="3", libs=["b"])])
register("a", [one, two])
"""
    graph = chosen(config=config, unikernel=START.format(""))
    (package,) = graph.packages
    assert (package.name, package.min, package.max) == ("Micro_Dot", "1.5", "3")
    assert package.libs == ("a", "b")


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ('min="2"', 'max="2"', "before 2 here, at least 2 at config.py:3"),
        ('pin="a"', 'pin="b"', "is pinned to `b`, and to `a` at config.py:3"),
    ],
)
def test_packages_that_do_not_go_together(chosen, first, second, message) -> None:
    config = f"""
from mirage_py import *
one = impl("one", job, packages=[package("p", {first})])
two = impl("two", job, packages=[package("p", {second})])
register("a", [one, two])
"""
    with pytest.raises(MirageError, match=message):
        chosen(config=config)


def test_a_device_for_all_is_where_it_is_used(chosen) -> None:
    config = """
from mirage_py import *
app = main("unikernel.start", qubesdb >> job)
register("a", [app(default_qubesdb)])
"""
    with pytest.raises(MirageError, match="needs `qubesdb`, which target `spt`") as caught:
        chosen(config=config)
    assert str(caught.value.position) == "config.py:4"
    assert caught.value.hint == "no target provides it yet"


def test_modules_that_are_left_out(chosen) -> None:
    config = """
from mirage_py import *
register("a", [main("unikernel.start", job)], reporter=no_reporter)
"""
    source = "from mirage import log\n" + START.format("")
    with pytest.raises(MirageError, match=r"`mirage\.log` is imported, and") as caught:
        chosen(config=config, unikernel=source)
    assert str(caught.value.position) == "unikernel.py:1"


def test_first_devices_are_connected_if_they_are_used(chosen) -> None:
    config = """
from mirage_py import *
register("a", [main("unikernel.start", job)], reporter=default_reporter("debug"))
"""
    used = chosen(config=config, unikernel="from mirage import log\n" + START.format(""))
    assert used.init == ("reporter__1",)
    assert [one.connect for one in used.devices] == [
        "mirage.log.connect('debug')",
        "unikernel.start()",
    ]
    unused = chosen(config=config, unikernel=START.format(""))
    assert unused.init == ()


def test_local_libraries(chosen, tmp_path) -> None:
    config = """
from mirage_py import *
register("a", [main("unikernel.start", job, local_libs=["lib"])])
"""
    (tmp_path / "project" / "lib" / "far").mkdir(parents=True)
    (tmp_path / "project" / "lib" / "near.py").write_text("import far.away\n")
    (tmp_path / "project" / "lib" / "far" / "away.py").write_text("")
    graph = chosen(config=config, unikernel="import near\n" + START.format(""))
    assert [one.name for one in graph.modules] == ["far.away", "near", "unikernel"]
    with pytest.raises(MirageError, match="takes modules from the folder `lob`"):
        chosen(config=config.replace('"lib"', '"lob"'), unikernel=START.format(""))


def test_files_of_devices(chosen) -> None:
    config = """
from mirage_py import *
table = impl("table", job, connect="table.f()", imports=["table"],
             files={"table.py": "def f(): pass"})
register("a", [table])
"""
    (addition,) = chosen(config=config).additions
    assert list(addition.files) == ["table.py"]
    two = config.replace("register", 'other = impl("other", job, files={"table.py": ""})\nregister')
    with pytest.raises(MirageError, match="a second file of the workspace"):
        chosen(config=two.replace("[table]", "[table, other]"))


def test_connect_is_an_expression(chosen) -> None:
    config = """
from mirage_py import *
register("a", [impl("a", job, connect={!r})])
"""
    assert chosen(config=config.format("await len(1)")).devices[0].connect == "await len(1)"
    for wrong in ("f(", "x = 1", ""):
        with pytest.raises(MirageError, match="`connect` of `a` is no expression") as caught:
            chosen(config=config.format(wrong))
        assert str(caught.value.position) == "config.py:3"


def test_meson_by_keys(chosen) -> None:
    config = CONFIG.replace("connect=", 'meson=size.map(lambda n: f"# {n}"), connect=')
    assert [one.meson for one in chosen(("--size", "3"), config=config).additions] == ["# 3"]


@pytest.mark.parametrize(
    ("part", "why"),
    [
        ("connect=size", "`connect` is a text, and `--size` is `1`"),
        ("connect=lambda: size", "`connect` is a text, and `--size` is `1`"),
        ("connect=size.map(lambda n: 3)", "`connect` is a text, and `function(--size)` is `3`"),
        ("connect=target_name.map(lambda n: '1 +')", "is no expression of Python"),
        ("meson=size", "`meson` is a text, and `--size` is `1`"),
        ("attach=('block', size)", "`attach` is a text, and `--size` is `1`"),
    ],
)
def test_what_keys_decide_must_be_text(chosen, part: str, why: str) -> None:
    config = f"""\
from mirage_py import *
size = key("--size", type=int, default=1)
disk = impl("disk", block, {part})
register("a", [main("unikernel.start", block >> job)(disk), impl("b", job, keys=[size])])
"""
    with pytest.raises(MirageError) as caught:
        chosen(config=config)
    assert why in str(caught.value)
    assert str(caught.value.position) == "config.py:3"
