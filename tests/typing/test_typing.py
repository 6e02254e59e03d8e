"""What mypy makes of config.py and unikernel.py: right/ has no error, wrong/ has those that its
comments say.

A comment `# error: MESSAGE` stands above the line that mypy must complain of, with that message
first.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
EXPECTED = re.compile(r"# error: (.*)")
TOLD = re.compile(r"(.+?):(\d+): error: (.*)")
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
