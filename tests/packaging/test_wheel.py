"""What `pip` makes of a checkout: the wheel's files, and what is installed from it.

These tests install as users do, so they need the package index that pip is configured with.
"""

from __future__ import annotations

import re
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support.checkout import LEFT_OUT, ROOT, run
from tests.support.guest_stubs import stubs

SHARED = ("runtime_c", "bindings", "library", "targets")
"""The folders that an installation has below share/."""

KINDS = {
    ".py", ".pyi", ".typed", ".pyx", ".pxd", ".c", ".h", ".inc", ".S", ".ld", ".toml", ".patch",
    ".build", ".options", ".md",
}  # fmt: skip
"""What host and guest are made of; a file of another kind got there by mistake."""


@pytest.fixture(scope="module")
def wheel(checkout: Path) -> Path:
    """The wheel that pip builds."""
    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", checkout.parent, checkout)
    (found,) = checkout.parent.glob("*.whl")
    return found


def test_tag(wheel: Path) -> None:
    """One wheel for every Python, for the machine that its tenders are compiled for."""
    assert re.fullmatch(r"mirage_py-[\d.]+-py3-none-linux_x86_64\.whl", wheel.name)


def test_files(wheel: Path, checkout: Path) -> None:
    """The package, the guest's sources and the tenders, whole, and nothing else."""
    names = zipfile.ZipFile(wheel).namelist()
    inside = [re.sub(r"^mirage_py-[\d.]+\.(data|dist-info)/", r"\1/", name) for name in names]
    tenders = [path.parts[-3] for path in (checkout / "targets").glob("*/tender/meson.build")]
    tenders += [f"{path.parts[-3]}-debug" for path in (checkout / "targets").glob("*/tender/gdb")]
    about = ["METADATA", "RECORD", "WHEEL", "entry_points.txt", "licenses/LICENSE"]
    assert sorted(inside) == sorted(
        [
            *(f"dist-info/{name}" for name in about),
            *(f"data/scripts/mirage-{target}" for target in tenders),
            "data/purelib/mirage_py/share/LICENSE",
            *(f"data/purelib/mirage_py/{name}" for name in sources(checkout)),
            *(f"data/purelib/mirage-stubs/{name}" for name in stubs()),
            *(f"data/purelib/{one}-stubs/__init__.pyi" for one in ("deflate", "micropython")),
        ]
    )
    assert {Path(name).suffix for name in sources(checkout)} <= KINDS


def sources(checkout: Path) -> set[str]:
    """The files of a checkout that belong into the package, by their names there."""
    folders = {"": checkout / "orchestrator" / "mirage_py"}
    folders |= {f"share/{name}/": checkout / name for name in SHARED}
    return {
        prefix + path.relative_to(folder).as_posix()
        for prefix, folder in folders.items()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_installed_wheel(wheel: Path, tmp_path: Path) -> None:
    """In an empty environment the wheel installs, builds and runs: four lines, exit 0."""
    run(sys.executable, "-m", "venv", tmp_path / "venv")
    commands = tmp_path / "venv" / "bin"
    run(commands / "pip", "install", "--quiet", wheel)
    hello = tmp_path / "hello"
    shutil.copytree(ROOT / "examples" / "tutorial" / "hello", hello, ignore=LEFT_OUT)
    run(commands / "mirage-py", "-C", hello, "build", "-t", "spt")
    tender = commands / "mirage-spt"
    lines = run(commands / "mirage-py", "-C", hello, "run", "-t", "spt", "--tender", tender)
    assert [line[-26:] for line in lines.splitlines()] == ["[INFO] [application] hello"] * 4
