"""What an image holds is the same whether the cache knows its modules or not, and follows every
change of what it is made of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mirage_py.catalog import Origin
from mirage_py.graph.facts import facts_at
from mirage_py.graph.imports import Import
from mirage_py.graph.library import Library, close
from mirage_py.graph.model import Module
from mirage_py.graph.names import GUEST_MODULES
from mirage_py.lock.model import LockedPackage
from mirage_py.support.errors import Position
from mirage_py.workspace import derived
from mirage_py.workspace.distribution import distribution
from mirage_py.workspace.packages import Step, Walk

FILES = {
    "app/__init__.py": "from app import core\n",
    "app/core.py": "import json\n",
    "app/more.py": "from .extra import deep\nimport os\n",
    "app/extra/__init__.py": "",
    "app/extra/deep.py": "import time\n",
}
LIBRARY = {
    "os/__init__.py": 'from uos import *\n_attrs = {"path": "path"}\ndef makedirs(): pass\n',
    "os/path.py": "import posixpath\n",
    "posixpath.py": "def join(): pass\n",
    "json.py": '_NATIVE = ("dumps",)\ndef dumps(value, *, indent=None): pass\n',
}


@pytest.fixture
def caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The cache in use, and those that were: each `cold` takes another."""
    folders = [tmp_path / "cache"]
    monkeypatch.setenv("MIRAGE_PY_CACHE", str(folders[0]))
    return folders


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        write(tmp_path / "tree" / name, text)
    return tmp_path / "tree"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def closure(tree: Path, *names: str) -> tuple[set[str], set[str]]:
    """The modules of the package in `tree` that a project takes which imports those of these names,
    and what they want of the guest."""
    package = LockedPackage(
        name="app", folder=tree, version="1.0", licence="MIT", licence_files=(), why="",
        origins=(Origin("path", ""),), keep=(), max_bytes=1, library=(),
    )  # fmt: skip
    walk = Walk([distribution(package, tree)], GUEST_MODULES | {"os"})
    for name in names:
        one = Import(name, None, 1, optional=False, text=name)
        walk.waiting.append(Step(one, Position("unikernel.py", 1), ""))
    while walk.waiting:
        walk.follow(walk.waiting.popleft())
    return {*walk.closure.modules}, walk.closure.builtins


SMALL = {"app", "app.core"}
LARGE = {"app", "app.core", "app.more", "app.extra", "app.extra.deep"}


@pytest.mark.usefixtures("caches")
def test_the_project_asks_for_more_and_for_less(tree: Path) -> None:
    for _ in range(2):
        assert closure(tree, "app") == (SMALL, {"json"})
        assert closure(tree, "app", "app.more") == (LARGE, {"json", "os", "time"})


@pytest.mark.usefixtures("caches")
def test_a_module_of_a_folder_is_edited(tree: Path) -> None:
    """And is put back as it was."""
    for _ in range(2):
        assert closure(tree, "app") == (SMALL, {"json"})
        write(tree / "app" / "core.py", "import app.extra.deep\n")
        assert closure(tree, "app") == (SMALL | {"app.extra", "app.extra.deep"}, {"time"})
        write(tree / "app" / "core.py", FILES["app/core.py"])


@pytest.mark.usefixtures("caches")
def test_a_module_moves_to_another_package(tree: Path) -> None:
    """What it imports by `.` is another module there, though its text is the same."""
    assert closure(tree, "app.more")[0] == LARGE
    (tree / "app" / "more.py").rename(tree / "app" / "extra" / "more.py")
    write(tree / "app" / "extra" / "extra.py", "deep = 1\n")
    assert "app.extra.extra" in closure(tree, "app.extra.more")[0]


def test_another_version_of_mirage_py_reads_anew(
    tree: Path, caches: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    closure(tree, "app.more")
    old = {path.name for path in (caches[0] / derived.FACTS).iterdir()}
    monkeypatch.setattr(derived, "rules", lambda: "of another version")
    assert closure(tree, "app.more")[0] == LARGE
    assert len({path.name for path in (caches[0] / derived.FACTS).iterdir()} - old) == len(old)


@pytest.mark.usefixtures("caches")
@pytest.mark.parametrize(
    ("program", "with_files", "without"),
    [
        ("import os\nos.getcwd()", set(), {"os"}),
        ("import os\nos.path.join", {"os", "os.path", "posixpath"}, {"os", "os.path", "posixpath"}),
        ("import json\njson.dumps(1)", set(), set()),
        ("import json\njson.dumps(1, indent=2)", {"json"}, {"json"}),
    ],
)
def test_the_library_of_another_image(
    tmp_path: Path, program: str, with_files: set[str], without: set[str]
) -> None:
    """An interpreter that has `os`, and one that has not: the modules of the library were read for
    either before."""
    packages: dict[str, tuple[Module, ...]] = {}
    for name, text in LIBRARY.items():
        write(tmp_path / name, text)
        module = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        top = module.partition(".")[0]
        packages[top] = (*packages.get(top, ()), Module(module, tmp_path / name))
    library = Library(packages, frozenset())
    write(tmp_path / "program.py", program)
    asked = facts_at(tmp_path / "program.py", "")
    for _ in range(2):
        for one, expected in (
            (library, with_files),
            (replace(library, lacking=frozenset({"os"})), without),
        ):
            found = close(asked.imports, one, [asked], read=derived.facts_of)
            assert {module.name for module in found.modules} == expected
            assert found == close(asked.imports, one, [asked])
