"""Which modules of packages an image holds, and what keeps a package out."""

from __future__ import annotations

import textwrap

import pytest

from mirage_py.catalog import Origin
from mirage_py.graph.names import GUEST_MODULES, VFS_MODULES
from mirage_py.lock.model import LockedPackage
from mirage_py.support.errors import MirageError, Position
from mirage_py.workspace.distribution import distribution
from mirage_py.workspace.packages import Closure, Import, Step, Walk, annotated, files_below, twice

USER = Position("unikernel.py", 1, "import app")


@pytest.fixture
def walked(tmp_path):
    """Follows an import into app-1.0 and lib-1.0, of these files (`app__a` is app/a.py)."""

    def make(wanted: str = "app", attribute: str | None = None, **files: str) -> Closure:
        found = []
        for name in ("app", "lib"):
            tree = tmp_path / name
            (tree / f"{name}-1.0.dist-info").mkdir(parents=True)
            (tree / f"{name}-1.0.dist-info" / "WHEEL").touch()
            package = LockedPackage(
                name=name, folder=tmp_path, version="1.0", licence="MIT", licence_files=(), why="",
                origins=(Origin("path", ""),), keep=(), max_bytes=1, library=(),
            )  # fmt: skip
            for file, text in files.items():
                top, *rest = file.split("__")
                if top == name:
                    path = tree.joinpath(top, *rest).with_suffix(".py" if "." not in file else "")
                    path.parent.mkdir(parents=True, exist_ok=True)
                    path.write_text(textwrap.dedent(text))
            found.append(distribution(package, tree))
        walk = Walk(found, (GUEST_MODULES | {"mirage"}) - VFS_MODULES)
        asked = Import(wanted, attribute, 1, optional=False, text=wanted)
        walk.waiting.append(Step(asked, USER, ""))
        while walk.waiting:
            walk.follow(walk.waiting.popleft())
        return walk.closure

    return make


def test_files_of_packages_that_are_named(tmp_path):
    for name in (
        "zones/__init__.py",
        "zones/Europe/__init__.py",
        "zones/Europe/Berlin",
        "zones/UTC",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "zones-1.0.dist-info").mkdir()
    (tmp_path / "zones-1.0.dist-info" / "WHEEL").touch()
    package = LockedPackage(
        name="zones", folder=tmp_path, version="1.0", licence="MIT", licence_files=(), why="",
        origins=(Origin("path", ""),), keep=(), max_bytes=1, library=(),
    )  # fmt: skip
    zones = distribution(package, tmp_path)
    assert set(files_below(zones, ["zones.Europe", "other"])) == {"zones/Europe/Berlin"}
    assert set(files_below(zones, ["zones"])) == {"zones/Europe/Berlin", "zones/UTC"}
    assert files_below(zones, []) == {}


def test_a_module_of_two_packages(tmp_path):
    found = []
    for name in ("first", "second"):
        for module in ("same", name):
            path = tmp_path / name / module / "__init__.py"
            path.parent.mkdir(parents=True)
            path.touch()
        package = LockedPackage(
            name=name, folder=tmp_path, version="1.0", licence="MIT", licence_files=(), why="",
            origins=(Origin("path", ""),), keep=(), max_bytes=1, library=(),
        )  # fmt: skip
        found.append(distribution(package, tmp_path / name))
    assert twice(found, {"first": "first", "same": "second"}) == {("second", "first"): "same"}
    assert twice(found, {"first": "first", "second": "second"}) == {}


def refusal(walked, **files: str) -> str:
    with pytest.raises(MirageError) as caught:
        walked(**files)
    return caught.value.render()


def test_only_what_is_imported(walked):
    found = walked(
        app__init="", app__a="from . import b\n", app__b="import lib.deep\n", app__c="import x\n",
        lib__deep="import json\nfrom mirage import log\n", lib__other="import y\n",
        wanted="app.a",
    )  # fmt: skip
    assert sorted(found.modules) == ["app.a", "app.b", "lib.deep"]
    assert found.builtins == {"json", "json.x", "mirage", "mirage.log"} - {"json.x"}
    assert found.owners["lib.deep"] == "lib"


def test_an_attribute_may_be_a_module(walked):
    files = {"app__a": "", "app__b": ""}
    assert sorted(walked(attribute="b", **files).modules) == ["app.b"]


def test_a_missing_module_of_the_standard_library(walked):
    text = refusal(walked, app__main="", app__a="import json\nimport ssl\n", wanted="app.a")
    assert "package `app 1.0` cannot be in an image: it imports `ssl` of CPython's library" in text
    assert "app-1.0/app/a.py:2: import ssl" in text


def test_an_unknown_module(walked):
    text = refusal(walked, app__a="import nothing\n", wanted="app.a")
    assert "`nothing`, which neither its requirements nor the guest have" in text


@pytest.mark.parametrize(
    "source",
    [
        "try:\n    import ssl\nexcept ImportError:\n    ssl = None\n",
        "def f():\n    import ssl\n",
        "with suppress(ImportError):\n    import ssl\n",
        "import sys\nif sys.argv:\n    import ssl\n",
    ],
)
def test_what_is_not_insisted_on(walked, source):
    found = walked(app__a=source, wanted="app.a")
    assert list(found.missing) == ["ssl"]


def test_what_an_image_never_imports(walked):
    source = "import sys\nif sys.version_info < (3,):\n    import ssl\n"
    assert walked(app__a=source, wanted="app.a").missing == {}


@pytest.mark.parametrize(
    "source",
    [
        "try:\n    import ssl\nexcept ImportError as error:\n    raise OSError from error\n",
        "try:\n    import ssl\nfinally:\n    pass\n",
    ],
)
def test_a_try_that_does_not_go_on(walked, source):
    assert "it imports `ssl`" in refusal(walked, app__a=source, wanted="app.a")


def test_machine_code_where_a_condition_holds(walked, tmp_path):
    """A package that has its own chain of modules behind an `if` is none without its machine code;
    one that goes on without it, or that imports it when it is called, is."""
    library = tmp_path / "app" / "app" / "fast.so"
    library.parent.mkdir(parents=True)
    library.touch()
    deep = {"app__b": "from app.fast import add\n", "wanted": "app.a"}
    text = refusal(walked, app__a="if value:\n    pass\nelse:\n    import app.b\n", **deep)
    assert "its module `app.fast` is compiled for CPython (fast.so)" in text
    assert "app-1.0/app/b.py:1: from app.fast import add" in text


@pytest.mark.parametrize(
    "source",
    [
        "try:\n    import app.b\nexcept ImportError:\n    pass\n",
        "def start():\n    import app.b\n",
    ],
)
def test_machine_code_that_is_not_insisted_on(walked, tmp_path, source):
    library = tmp_path / "app" / "app" / "fast.so"
    library.parent.mkdir(parents=True)
    library.touch()
    found = walked(app__a=source, app__b="from app.fast import add\n", wanted="app.a")
    assert "app.fast" in found.missing


def test_what_only_type_checkers_import(walked):
    source = "TYPE_CHECKING = False\nif TYPE_CHECKING:\n    import ssl\n"
    assert walked(app__a=source, wanted="app.a").missing == {}


def test_machine_code(walked, tmp_path):
    folder = tmp_path / "app" / "app"
    folder.mkdir(parents=True)
    (folder / "fast.cpython-311-x86_64-linux-gnu.so").touch()
    text = refusal(walked, app__a="from app import fast\n", wanted="app.a")
    assert "its module `app.fast` is compiled for CPython (fast.cpython-311-" in text
    assert "app-1.0/app/a.py:1: from app import fast" in text


def test_a_native_module_that_config_does_not_name(walked, tmp_path):
    folder = tmp_path / "app" / "app"
    folder.mkdir(parents=True)
    (folder / "fast.pyx").touch()
    text = refusal(walked, app__a="import app.fast\n", wanted="app.a")
    assert "its module `app.fast` is a .pyx, which is compiled only where config.py says so" in text
    assert "app-1.0/app/a.py:1: import app.fast" in text
    assert 'hint: write `package("app", natives=["app.fast"])`' in text


def test_invalid_python(walked):
    text = refusal(walked, app__a="\nprint 'old'\n", wanted="app.a")
    assert "invalid Python: Missing parentheses" in text
    assert "app-1.0/app/a.py:2: print 'old'" in text


def test_what_nobody_has(walked):
    text = refusal(walked, wanted="ap", app__a="")
    assert "there is no module `ap`" in text
    assert "unikernel.py:1: import app" in text


def test_what_needs_a_feature(walked):
    text = refusal(walked, app__a="import os.path\n", wanted="app.a")
    assert "it imports `os.path`, which the guest has only with the feature `vfs`" in text
    assert 'hint: add `features=["vfs"]` to `register` in config.py' in text


def test_modules_that_keep_annotations():
    walk = Walk([], frozenset())
    walk.closure.owners = {"cli": "typer", "cli.main": "typer", "app": "app", "app.other": "app"}
    walk.imported = {"cli": {"cli"}, "cli.main": {"os"}, "app": {"cli", "os"}, "app.other": {"os"}}
    assert annotated(walk, {"typer"}) == {"app"}
    assert annotated(walk, {"app"}) == frozenset()
