"""README's example is built and run, its commands are typed, what it names exists.

`make hello` and `make test` themselves are what CI types, on a fresh machine too (tests/rehearse).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.markdown import blocks, commands, section

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def type_(command: str, folder: Path) -> str:
    """Type a command in `folder`, on a machine where mirage-py is installed; what it printed on
    standard output. Fails if the command does."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["sh", "-c", command],
        check=False, capture_output=True, text=True, timeout=600, cwd=folder,
        env=os.environ | {"PATH": path}, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def greeter(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """README's application, in a folder of its own."""
    folder = tmp_path_factory.mktemp("greeter")
    for block in blocks(section(README, "An application")):
        if block.file:
            (folder / block.file).write_text(block.text, encoding="utf-8")
    assert {path.name for path in folder.iterdir()} == {"config.py", "unikernel.py"}
    return folder


def test_application(greeter: Path) -> None:
    """It is built and run with the commands below it, to the line that it logs."""
    printed = [type_(command, greeter) for command in commands(section(README, "An application"))]
    assert re.fullmatch(r"\S+: \[INFO\] \[application\] a disk of 1048576 bytes\n", printed[-1])
    direct = re.search(r"^`(dist/greeter.unix .*?)`", README, re.MULTILINE)
    assert direct is not None
    assert type_(direct[1], greeter).endswith("a disk of 1048576 bytes\n")
    other = re.search(r"^`(mirage-py build -t spt)` makes `dist/greeter.spt`", README, re.MULTILINE)
    assert other is not None
    type_(other[1], greeter)
    assert (greeter / "dist" / "greeter.spt").is_file()
    official = re.search(r"^`(solo5-spt .*)`", README, re.MULTILINE)
    assert official is not None
    if shutil.which("solo5-spt"):
        assert type_(official[1], greeter).endswith("a disk of 1048576 bytes\n")


def test_new(tmp_path: Path) -> None:
    assert "`mirage-py new NAME`" in README
    type_("mirage-py new NAME", tmp_path)
    type_("mirage-py build", tmp_path / "NAME")
    assert (tmp_path / "NAME" / "dist" / "NAME.unix").is_file()


def test_c_programs(tmp_path: Path) -> None:
    """The commands of the section make an image of a C program."""
    shutil.copy(ROOT / "tests" / "guest" / "programs" / "hello.c", tmp_path / "main.c")
    shutil.copy(ROOT / "tests" / "guest" / "programs" / "program.h", tmp_path)
    (tmp_path / "manifest.json").write_text(
        '{"type": "solo5.manifest", "version": 1, "devices": []}', encoding="utf-8"
    )
    type_("\n".join(commands(section(README, "C programs"))), tmp_path)
    assert type_("mirage-py inspect main.spt", tmp_path).splitlines()[1].startswith("Target    spt")


def test_verbs_exist(tmp_path: Path) -> None:
    """Each `mirage-py VERB` in the pages is one that the command knows."""
    verbs = set(re.findall(r"mirage-py (\w+)", README + CONTRIBUTING))
    assert {"build", "run", "new", "doctor"} <= verbs
    for verb in verbs - {"builds"}:
        type_(f"mirage-py {verb} --help", tmp_path)


@pytest.mark.parametrize("page", [README, CONTRIBUTING], ids=["README", "CONTRIBUTING"])
def test_make_targets_exist(page: str) -> None:
    targets = set(re.findall(r"^(?:\| `)?make (\w+)", page, re.MULTILINE))
    assert {"hello", "test"} <= targets
    for target in targets:
        type_(f"make --dry-run {target}", ROOT)


def test_folders_exist() -> None:
    """The map of the house is the house's."""
    (house,) = (one.text for one in blocks(section(CONTRIBUTING, "The house")))
    folders = [line.split()[0] for line in house.splitlines() if not line.startswith(" ")]
    assert len(folders) > 5
    for folder in folders:
        assert (ROOT / folder.partition("<")[0]).is_dir(), folder
