"""Every section of docs/ that shows commands is followed: its files are written, its commands are
typed, and they print what it shows. A line `…` stands for any lines, none included; a moment or a
duration for any other."""

from __future__ import annotations

import contextlib
import re
import shlex
from pathlib import Path

import pytest

from tests.support.bench import ALONE
from tests.support.markdown import blocks, commands
from tests.test_readme import ROOT, type_

SECTIONS = [
    pytest.param(text, id=f"{page.stem}: {text.partition(chr(10))[0]}")
    for page in sorted((ROOT / "docs").glob("*.md"))
    for text in page.read_text(encoding="utf-8").split("\n## ")[1:]
    if commands(text)
]


TIMES = (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d", r"in \d+\.\d\ds$")
"""Moments of logs, and how long pytest took."""


def pattern(shown: str) -> str:
    """The regular expression for an output that is shown."""
    return "".join("(?:.*\n)*" if line == "…" else of_line(line) for line in shown.splitlines())


def of_line(shown: str) -> str:
    """The regular expression for a line."""
    found = re.escape(shown)
    for time in TIMES:
        for text in re.findall(time, shown):
            found = found.replace(re.escape(text), time.removesuffix("$"))
    return found + "\n"


def typed_alone(lines: list[str], folder: Path, slower: int = 1) -> str:
    """What the commands print, typed into one shell that has a network of its own, from which no
    source can be fetched; what they leave running ends with it. Whoever types them may be `slower`
    than he says."""
    type_("mirage-py lock && mirage-py pull", folder)
    before = [f"sleep() {{ command sleep $(($1 * {slower})); }}", "ip link set lo up"]
    (folder / "typed").write_text("\n".join([*before, *lines]), encoding="utf-8")
    return type_(shlex.join([*ALONE, "sh", "-e", "typed"]), folder)


@pytest.mark.parametrize("text", SECTIONS)
def test_section(text: str, tmp_path: Path) -> None:
    shown = ""
    for block in blocks(text):
        if block.file:
            (tmp_path / block.file).parent.mkdir(exist_ok=True)
            (tmp_path / block.file).write_text(block.text, encoding="utf-8")
        elif block.language == "text":
            shown += block.text
    if " &\n" not in text:
        printed = "".join(type_(command, tmp_path) for command in commands(text))
        assert re.fullmatch(pattern(shown), printed), printed
        return
    with contextlib.suppress(AssertionError):
        if re.fullmatch(pattern(shown), typed_alone(commands(text), tmp_path)):
            return
    # On a busy host what runs in the background may not have been ready.
    printed = typed_alone(commands(text), tmp_path, slower=5)
    assert re.fullmatch(pattern(shown), printed), printed
