"""Which modules of the library an image takes along."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mirage_py.graph.facts import facts_at
from mirage_py.graph.library import Library, close
from mirage_py.graph.model import Module

FILES = {
    "aio/__init__.py": """
from .core import *
_attrs = {"serve": "stream", "connect": "stream", "gather": "funcs"}
def __getattr__(name):
    return _attrs[name]
""",
    "aio/core.py": "import time\n",
    "aio/stream.py": "from . import core\nimport socket\n",
    "aio/funcs.py": "from . import core\n",
    "web/__init__.py": "import aio\nasync def run(): await aio.serve()\n",
    "os/__init__.py": """
_NATIVE = ("sep",)
_attrs = {"path": "path"}
import uos
sep, name = "/", "x"
def makedirs(): pass
""",
    "os/path.py": "from posixpath import *\n",
    "posixpath/__init__.py": "def join(): pass\n",
    "plain/__init__.py": "from plain.part import x\n",
    "plain/part.py": "import _driver\n",
}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    packages: dict[str, list[Module]] = {}
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        module = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        packages.setdefault(module.partition(".")[0], []).append(Module(module, path))
    return Library({name: tuple(found) for name, found in packages.items()}, frozenset({"_driver"}))


def taken(
    library: Library, tmp_path: Path, text: str, *names: str, whole: bool = False
) -> set[str]:
    """The modules that a program of this text takes along."""
    path = tmp_path / "program.py"
    path.write_text(text, encoding="utf-8")
    return {one.name for one in close(names, library, [facts_at(path, "")], whole=whole).modules}


def test_a_package_is_taken_whole(library: Library) -> None:
    closure = close(["plain"], library)
    assert [one.name for one in closure.modules] == ["plain", "plain.part"]
    assert closure.natives == ("_driver",)


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("import aio\naio.sleep(1)", set()),
        ("import aio\naio.serve(f)", {"aio.stream"}),
        ("from aio import gather", {"aio.funcs"}),
        ("import aio\ngetattr(aio, 'connect')", {"aio.stream"}),
    ],
)
def test_lazy_modules_wait_until_they_are_mentioned(
    library: Library, tmp_path: Path, text: str, more: set[str]
) -> None:
    assert taken(library, tmp_path, text, "aio") == {"aio", "aio.core"} | more


def test_a_lazy_module_can_be_imported(library: Library, tmp_path: Path) -> None:
    assert "aio.stream" in taken(library, tmp_path, "import aio.stream", "aio.stream")


def test_the_library_mentions_too(library: Library, tmp_path: Path) -> None:
    for order in (("aio", "web"), ("web", "aio")):
        assert "aio.stream" in taken(library, tmp_path, "", *order)


def test_code_that_is_not_here_may_ask_for_anything(library: Library, tmp_path: Path) -> None:
    assert taken(library, tmp_path, "", "aio", whole=True) >= {"aio.stream", "aio.funcs"}


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("import os\nos.sep\npath = name = 1\nrequest.path", set()),
        ("import os as o\no.path.join", {"os", "os.path", "posixpath"}),
        ("from os import path", {"os", "os.path", "posixpath"}),
        ("import os\ngetattr(os, 'x')", {"os", "os.path", "posixpath"}),
        ("import os\nos.makedirs('path')", {"os"}),
        ("import os\nos.name", {"os"}),
    ],
)
def test_an_extension_is_asked_for_by_its_name(
    library: Library, tmp_path: Path, text: str, more: set[str]
) -> None:
    assert taken(library, tmp_path, text, "os") == more


def test_where_the_interpreter_lacks_a_module(library: Library, tmp_path: Path) -> None:
    without = replace(library, lacking=frozenset({"os"}))
    assert taken(without, tmp_path, "import os\nos.sep", "os") == {"os"}


OURS = {
    "__init__": "from mirage.web.server import Server\nfrom mirage.web.client import Client, ask\n",
    "server": "import _driver\nclass Server: made = _driver.make()\n",
    "client": "import json\nclass Client: pass\ndef ask(): return json\n",
    "mock": "now = 0\n",
}


@pytest.mark.parametrize(
    ("text", "modules", "others"),
    [
        ("from mirage import web\nweb.Server", {"", ".server"}, set()),
        ("from mirage.web import ask", {"", ".client"}, {"json"}),
        ("from mirage.web import Client", {"", ".client"}, set()),
        ("from mirage.web.client import ask", {"", ".client"}, {"json"}),
        ("import mirage.web\nask = Client = 1", {""}, set()),
        ("from mirage.web import *\nServer()", {"", ".server"}, set()),
        ("from mirage.web import mock", {"", ".mock"}, set()),
    ],
)
def test_of_our_own_packages_what_is_spoken_of_is_taken(
    tmp_path: Path, text: str, modules: set[str], others: set[str]
) -> None:
    found, shortened = [], {}
    for name, content in OURS.items():
        path = tmp_path / f"{name}.py"
        path.write_text(content, encoding="utf-8")
        found.append(Module("mirage.web" if name == "__init__" else f"mirage.web.{name}", path))
    program = tmp_path / "program.py"
    program.write_text(text, encoding="utf-8")

    def shorten(module: Module, short: str) -> Module:
        shortened[module.name] = short
        return module

    library = Library({"mirage.web": tuple(found)}, frozenset({"_driver"}))
    closure = close(["mirage.web"], library, [facts_at(program, "")], shorten=shorten)
    assert {one.name for one in closure.modules} == {f"mirage.web{one}" for one in modules}
    assert closure.natives == (("_driver",) if ".server" in modules else ())
    assert set(closure.others) - {"mirage"} == others
    assert ("ask" in shortened.get("mirage.web", "ask")) == ("ask()" in text or "t ask" in text)
    whole = close(["mirage.web"], library, [facts_at(program, "")])
    assert len(whole.modules) == len(OURS)
