"""What stands in an unpacked distribution."""

from __future__ import annotations

from pathlib import Path

import pytest

from mirage_py.catalog import Origin
from mirage_py.lock.model import LockedPackage
from mirage_py.workspace.distribution import Distribution, distribution

FILES = (
    "app/__init__.py", "app/a.py", "app/a-b.txt", "app/fast.pyx", "app/data/x.bin", "bare/one.py",
    "app/machine.cpython-311-x86_64-linux-gnu.so", "app/quick.c", "tests/__init__.py", "setup.py",
    "one.py", "README",
)  # fmt: skip


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path


def of(tree: Path, *, wheel: bool = False) -> Distribution:
    if wheel:
        (tree / "app-1.0.dist-info").mkdir()
        (tree / "app-1.0.dist-info" / "WHEEL").touch()
    package = LockedPackage(
        name="app", folder=tree, version="1.0", licence="MIT", licence_files=(), why="",
        origins=(Origin("path", ""),), keep=(), max_bytes=1, library=(),
    )  # fmt: skip
    return distribution(package, tree)


def test_modules_are_found_by_their_names(tree: Path) -> None:
    found = of(tree)
    assert found.find("app") == tree / "app" / "__init__.py"
    assert found.find("app.a") == tree / "app" / "a.py"
    assert found.native("app.fast") == tree / "app" / "fast.pyx"
    assert [found.find(name) for name in ("app.fast", "app.b", "bare", "tests")] == [None] * 4
    assert [found.is_folder(name) for name in ("app", "bare", "app.data", "tests")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert [*found.modules()] == ["app", "app.a", "app.fast", "bare.one", "one"]


def test_a_wheel_holds_all_that_stands_in_it(tree: Path) -> None:
    found = of(tree, wheel=True)
    assert found.find("tests") == tree / "tests" / "__init__.py"
    assert {*found.resources()} == {
        "app/a-b.txt", "app/data/x.bin", "app/fast.pyx", "app/quick.c",
        "app/machine.cpython-311-x86_64-linux-gnu.so",
    }  # fmt: skip


def test_of_a_source_what_will_be_compiled_is_machine_code(tree: Path) -> None:
    found = of(tree)
    assert found.compiled("app.quick") == tree / "app" / "quick.c"
    assert str(found.compiled("app.machine")).endswith(".so")
    assert found.compiled("app.a") is None
    assert of(tree, wheel=True).compiled("app.quick") is None


def test_links_are_what_they_lead_to(tree: Path) -> None:
    (tree / "alias").symlink_to("bare")
    (tree / "bare" / "round").symlink_to("../alias")
    (tree / "app" / "gone.py").symlink_to("nowhere.py")
    found = of(tree)
    assert found.find("alias.one") == tree / "alias" / "one.py"
    assert found.find("app.gone") is None
