"""The modules of an image: found by reading, and never run."""

from __future__ import annotations

import sys

import pytest

from mirage_py.support.errors import MirageError, Mistakes

START = "\ndef start():\n    pass\n"


def names(graph) -> list[str]:
    return [module.name for module in graph.modules]


def test_modules_are_followed(planned) -> None:
    graph = planned(
        unikernel="import a, pkg.deep.x\nfrom pkg import y, z" + START,
        a="from b import anything",
        b="import a",
        unused="",
        **{
            "pkg/__init__": "",
            "pkg/deep/x": "from .. import y\nfrom . import w\nfrom .v import thing",
            "pkg/deep/w": "",
            "pkg/deep/v": "",
            "pkg/y": "",
        },
    )
    assert names(graph) == [
        "a", "b", "pkg", "pkg.deep.v", "pkg.deep.w", "pkg.deep.x", "pkg.y", "unikernel",
    ]  # fmt: skip


def test_imports_anywhere_count(planned) -> None:
    graph = planned(
        unikernel="""
        def start():
            import a
            with a:
                while True:
                    try:
                        import b
                    except ValueError:
                        import c
                    finally:
                        import d
            match a:
                case 1:
                    import e
        """,
        **dict.fromkeys("abcde", ""),
    )
    assert names(graph) == [*"abcde", "unikernel"]


def test_what_is_for_type_checkers_is_left_out(planned) -> None:
    graph = planned(
        unikernel="""
        TYPE_CHECKING = False
        if TYPE_CHECKING:
            import a
        else:
            import b
        def start(): pass
        """,
        a="",
        b="",
    )
    assert names(graph) == ["b", "unikernel"]


def test_an_import_that_may_fail(planned) -> None:
    graph = planned(
        unikernel="try:\n    import mirage.net, pkg.no\nexcept ImportError:\n    pass" + START,
        **{"pkg/__init__": ""},
    )
    assert names(graph) == ["pkg", "unikernel"]


def test_builtins_and_bindings(planned) -> None:
    """The bindings that are imported are linked, and those that they import in turn, whose modules
    are not the user's to ask for."""
    graph = planned(unikernel="import json, collections.abc\nfrom mirage import log" + START)
    assert graph.builtins == ("collections.abc", "json", "mirage.log")
    assert graph.bindings == ("log", "ptime", "time")


def test_a_device_links_its_bindings(planned) -> None:
    graph = planned(
        config="""
        from mirage_py import *
        register("a", [impl("a", block >> job)(block_of_file("b"))])
        """
    )
    assert graph.bindings == ("block",)


def test_a_device_of_the_users_brings_its_module(planned) -> None:
    graph = planned(
        config="""
        from mirage_py import *
        register("a", [impl("a", job, connect="mine.connect()", imports=["mine", "json"])])
        """,
        mine="from other import connect",
        other="connect = print",
    )
    assert names(graph) == ["mine", "other"]
    assert graph.builtins == ("json",)


def test_unknown_binding(planned) -> None:
    with pytest.raises(MirageError, match="names the binding `blok`") as caught:
        planned(
            config="""
            from mirage_py import *
            register("a", [impl("a", job, bindings=["blok"])])
            """
        )
    assert caught.value.hint == "did you mean `block`?"


def test_nothing_of_the_users_is_run(planned) -> None:
    before = set(sys.modules)
    planned(unikernel="import a\nraise SystemExit" + START, a="raise SystemExit")
    assert not {"a", "unikernel"} & (set(sys.modules) - before)


def test_entry_point_in_a_package(planned) -> None:
    config = 'from mirage_py import *\nregister("a", [main("app.web.serve", job)])\n'
    files = {"app/__init__": "", "app/web": "async def serve(): pass\n"}
    graph = planned(config=config, **files)
    assert names(graph) == ["app", "app.web"]
    assert graph.devices[0].connect == "await app.web.serve()"
    assert graph.devices[0].imports == ("app.web",)


@pytest.mark.parametrize(
    "text",
    [
        "from other import start",
        "if True:\n    def start(): pass\nelse:\n    async def start(): pass",
        "try:\n    def start(*all): pass\nexcept ImportError:\n    pass",
        "def start(a=1, *, b=2): pass",
        "def start(a): pass\ndef start(): pass",
        "def twice(f): return f\n\n@twice\ndef start(a, b): pass",
    ],
)
def test_entry_points_that_are_right(planned, text: str) -> None:
    planned(unikernel=text, other="def start(): pass")


def test_every_mistake_is_reported(planned) -> None:
    with pytest.raises(Mistakes) as caught:
        planned("bare", config="""
            from mirage_py import *
            app = main("unikernel.start", block >> job)
            register("a", [app(block_of_file("a b")), app(block_of_file("b")), main("x.y", job)])
            """)  # fmt: skip
    kinds = [type(mistake).__name__ for mistake in caught.value.mistakes]
    assert kinds == [
        "NoModule", "InvalidDeviceName", "UnmetInterface", "UnmetInterface", "WrongArity",
    ]  # fmt: skip


def test_an_unknown_module(planned) -> None:
    with pytest.raises(MirageError) as caught:
        planned(unikernel="import asynco" + START)
    assert caught.value.message == "there is no module `asynco`, neither here nor in the guest"
    assert (caught.value.hint or "").startswith(
        "did you mean `asyncio`? Otherwise put it beside unikernel.py, or name the package"
    )
    assert str(caught.value.position) == "unikernel.py:1"


@pytest.mark.parametrize("text", ["import os", "import os.path", "from vfs import mount"])
def test_a_module_that_needs_a_feature(planned, text: str) -> None:
    with pytest.raises(MirageError) as caught:
        planned(unikernel=text + START)
    name = "vfs" if "vfs" in text else "os"
    assert caught.value.message == f"the guest has `{name}` only with the feature `vfs`"
    assert caught.value.hint.startswith('add `features=["vfs"]` to `register` in config.py')
    assert str(caught.value.position) == "unikernel.py:1"
    planned(unikernel=f"try:\n    {text}\nexcept ImportError:\n    pass" + START)
    planned(unikernel=text + START, config="""
        from mirage_py import *
        register("a", [main("unikernel.start", job)], features=["vfs"])
        """)  # fmt: skip


@pytest.mark.parametrize("name", ["_start", "_boot", "block__1"])
def test_names_of_the_start_code(planned, name: str) -> None:
    """They are no names of modules at the top; in a package they are."""
    with pytest.raises(MirageError) as caught:
        planned(unikernel=f"\nimport {name}" + START, **{name: ""})
    assert caught.value.message.startswith(f"`{name}.py` is called `{name}`, a name that the start")
    assert str(caught.value.position) == "unikernel.py:2"
    planned(unikernel=f"import pkg.{name}" + START, **{"pkg/__init__": "", f"pkg/{name}": ""})


@pytest.mark.parametrize(
    ("told", "imported", "files", "why", "where"),
    [
        (
            "",
            "helper",
            ["helper/__init__"],
            "`helper/__init__.py` and `helper.py`",
            "unikernel.py:1",
        ),
        ("", "helper.sub", ["helper/sub"], "`helper.py` and `helper/`", "unikernel.py:1"),
        (
            "local_libs=['a']",
            "helper",
            ["a/helper"],
            "`helper.py` and `a/helper.py`",
            "unikernel.py:1",
        ),
        ("local_libs=['a', 'b']", "x", ["a/x", "b/x"], "`a/x.py` and `b/x.py`", "unikernel.py:1"),
        (
            "files={'helper.py': ''}",
            "helper",
            [],
            "`helper.py` and `helper.py` of `d`",
            "config.py:2",
        ),
        ("files={'_start.py': ''}", "helper", [], "has for its own", "config.py:2"),
    ],
)
def test_two_of_one_name(planned, told: str, imported: str, files, why: str, where: str) -> None:
    with pytest.raises(MirageError) as caught:
        planned(
            config=f"""\
from mirage_py import *
device = impl("d", job, {told})
register("a", [main("unikernel.start", job), device])
""",
            unikernel=f"import {imported}" + START,
            helper="",
            **dict.fromkeys(files, ""),
        )
    assert why in caught.value.message
    assert str(caught.value.position) == where


def test_one_folder_twice_is_no_clash(planned) -> None:
    graph = planned(
        config="""\
from mirage_py import *
register("a", [main("unikernel.start", job, local_libs=["lib", "./lib", "."])])
""",
        unikernel="import helper" + START,
        **{"lib/helper": "", "helper/data": ""},
    )
    assert names(graph) == ["helper", "unikernel"]
