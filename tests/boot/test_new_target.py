"""A new target is one new folder: put into a copy of the house, it is there for every verb, and
nothing else was touched. Its code is in stub/."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pkgconf
import pytest

from mirage_py.support.files import sha256_file
from tests.support.checkout import LEFT_OUT, ROOT
from tests.support.programs import PROGRAMS
from tests.support.unikernel import COMMAND

STUB = Path(__file__).with_name("stub")
HOUSE = ("orchestrator", "targets", "bindings", "runtime_c", "examples")


def files(root: Path) -> dict[str, str]:
    """Every file below a folder, with its hash."""
    return {
        str(path.relative_to(root)): sha256_file(path)
        for path in sorted(root.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


@dataclass
class House:
    """A copy of the house with one folder more."""

    root: Path
    before: dict[str, str]

    def mirage_py(self, *arguments: str | Path) -> str:
        """What its command prints."""
        return self.run(*COMMAND, *arguments)

    def run(self, *argv: str | Path) -> str:
        """What a command prints that has to succeed."""
        done = self.finished(*argv)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def finished(self, *argv: str | Path) -> subprocess.CompletedProcess[str]:
        """A command's run."""
        return subprocess.run(
            argv, cwd=self.root, check=False, capture_output=True, text=True, timeout=600,
            stdin=subprocess.DEVNULL,
            env=os.environ | {"PYTHONPATH": str(self.root / "orchestrator")},
        )  # fmt: skip


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    root = tmp_path_factory.mktemp("house")
    for name in HOUSE:
        shutil.copytree(ROOT / name, root / name, ignore=LEFT_OUT)
    for name in ("pyproject.toml", "LICENSE"):  # what tells the version, and goes into an image
        shutil.copy(ROOT / name, root)
    before = files(root)
    shutil.copytree(STUB, root / "targets" / "stub")
    made = House(root, before)
    yield made
    # However it was used: the same files, and those of the folder.
    after = files(root)
    touched = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    assert touched == {f"targets/stub/{name}" for name in files(STUB)}


def test_program_in_c(house: House, tmp_path: Path) -> None:
    folder = house.mirage_py("toolchain", "-t", "stub", "--pkg-config-path").strip()
    (tmp_path / "manifest.json").write_text(
        '{"type": "solo5.manifest", "version": 1, "devices": []}'
    )
    house.mirage_py("manifest", tmp_path / "manifest.json", "-o", tmp_path / "manifest.c")
    flags = f"{pkgconf.get_executable()} --cflags --libs mirage-py-stub"
    house.run(
        "bash", "-euc",
        f"export PKG_CONFIG_PATH={folder}; cd {tmp_path}\n"
        f"cc {PROGRAMS}/hello.c manifest.c $({flags}) -o hello.stub",
    )  # fmt: skip
    image = tmp_path / "hello.stub"
    assert house.mirage_py("run", "-q", image) == "Hello\n"
    assert "\nTarget    stub, ABI version 1\n" in house.mirage_py("inspect", image)


def test_unikernel(house: House, tmp_path: Path) -> None:
    """One in Python: nothing but boot code and the link is made for it."""
    project = tmp_path / "hello"
    shutil.copytree(house.root / "examples" / "tutorial" / "hello", project, ignore=LEFT_OUT)
    house.mirage_py("-C", project, "build", "-t", "stub")
    lines = house.mirage_py("-C", project, "run", "-q", "-t", "stub").splitlines()
    assert len(lines) == 4
    assert all(line.endswith("[INFO] [application] hello") for line in lines)


def test_it_is_told_of(house: House) -> None:
    """Where targets are named: for one there is not, all that there are."""
    done = house.finished(*COMMAND, "toolchain", "-t", "nosuch")
    assert done.returncode != 0
    assert "stub" in done.stderr
