"""What mypy makes of config.py and unikernel.py: right/ has no error, nor have the examples and
those of docs/; wrong/ has the errors that its comments say.

A comment `# error: MESSAGE` stands above the line that mypy must complain of, with that message
first.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mirage_py.cli.app import main
from tests.support.markdown import Block, blocks

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
EXPECTED = re.compile(r"# error: (.*)")
TOLD = re.compile(r"(.+?):(\d+): error: (.*)")
EXAMPLES = sorted(path.parent for path in ROOT.glob("examples/**/config.py"))
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))]
MYPY = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-error-summary"]


def expected(path: Path) -> dict[tuple[str, int], str]:
    """The error that a file's comments announce for each of its lines."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return {
        (path.name, number): found[1]
        for number, line in enumerate(lines, 2)
        if (found := EXPECTED.search(line))
    }


def told(folder: Path, cache: Path) -> dict[tuple[str, int], str]:
    """The first error that mypy tells for each line of a folder's files."""
    argv = [*MYPY, "--cache-dir", cache, *sorted(folder.glob("*.py"))]
    done = subprocess.run(argv, capture_output=True, text=True, check=False, cwd=folder)
    assert done.stderr == ""
    errors: dict[tuple[str, int], str] = {}
    for line in done.stdout.splitlines():
        if found := TOLD.fullmatch(line):
            errors.setdefault((Path(found[1]).name, int(found[2])), found[3])
    return errors


@pytest.mark.parametrize("folder", ["right", "wrong"])
def test_files(folder: str, tmp_path: Path) -> None:
    files = sorted((HERE / folder).glob("*.py"))
    wanted = {place: error for path in files for place, error in expected(path).items()}
    assert told(HERE / folder, tmp_path) == wanted
    assert {name for name, _ in wanted} == {path.name for path in files if folder == "wrong"}


def modules(page: Path) -> list[list[Block]]:
    """Of each section of a page, the Python that it shows as files."""
    sections = page.read_text(encoding="utf-8").split("\n## ")
    files = [[one for one in blocks(text) if (one.file or "").endswith(".py")] for text in sections]
    return [section for section in files if section]


def checked(folder: Path, cache: Path, *paths: Path) -> str:
    """What mypy says of a project's own modules, but for those of its tests."""
    done = subprocess.run(
        [*MYPY[:3], "--strict", "--no-error-summary", "--cache-dir", cache, *folder.glob("*.py")],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "MYPYPATH": os.pathsep.join(map(str, paths))},
    )
    return done.stdout + done.stderr


def test_examples(tmp_path: Path) -> None:
    """Each alone, with its settings, where no other mypy.ini is above it."""
    said = {}
    for example in EXAMPLES:
        folder = tmp_path / example.relative_to(ROOT)
        shutil.copytree(example, folder, ignore=shutil.ignore_patterns("_build", "dist"))
        if told := checked(folder, tmp_path / "cache", *folder.glob("library")):
            said[example.name] = told
    assert said == {}
    assert len(EXAMPLES) > 20


def test_a_new_project(tmp_path: Path) -> None:
    """Its tests, too."""
    assert main(["-q", "-C", str(tmp_path), "new", "site"]) == 0
    argv = [*MYPY, "--cache-dir", tmp_path / "cache", "."]
    done = subprocess.run(argv, capture_output=True, text=True, check=False, cwd=tmp_path / "site")
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_docs(tmp_path: Path) -> None:
    said = {}
    sections = [(page, files) for page in PAGES for files in modules(page)]
    for number, (page, files) in enumerate(sections):
        folder = tmp_path / f"{page.stem}{number}"
        folder.mkdir()
        for file in files:
            if file.file and "/" not in file.file:
                (folder / file.file).write_text(file.text, encoding="utf-8")
        if told := checked(folder, tmp_path / "cache"):
            said[folder.name] = told
    assert said == {}
    assert len(sections) > 10
