"""Names that Meson reads: it finds the same characters again."""

from __future__ import annotations

from pathlib import Path

import pytest
from mesonbuild import mparser
from mesonbuild.machinefile import MachineFileParser

from mirage_py.workspace.quote import (
    UnusableFolder,
    check_folder,
    quoted,
    quoted_for_machine_file,
)

WORDS = ["plain", "a, b", "50%", "it's", "a\\b", "\\", "\\n", "ä", '"', "#x", "@0@", "'"]


@pytest.mark.parametrize("word", WORDS)
def test_quoted(word: str) -> None:
    lines = mparser.Parser(quoted(word), "meson.build").parse().lines
    assert [line.value for line in lines] == [word]


def test_machine_file(tmp_path: Path) -> None:
    words = [word for word in WORDS if "'" not in word]
    file = tmp_path / "cross.ini"
    file.write_text(f"[a]\nb = {quoted_for_machine_file(words)}\n", encoding="utf-8")
    assert MachineFileParser([str(file)], str(tmp_path)).sections["a"]["b"] == words


@pytest.mark.parametrize("name", ["it's", "a\\b", "two\nlines"])
def test_unusable(name: str) -> None:
    check_folder(Path("/a, b/50%"))
    with pytest.raises(UnusableFolder, match="nothing can be built"):
        check_folder(Path("/") / name)
