"""Installing as README says, in a checkout that is new."""

from __future__ import annotations

from pathlib import Path

from tests.support.checkout import ROOT, run
from tests.support.markdown import commands, section


def test_readme(checkout: Path) -> None:
    """The lines of README give a command that works and misses nothing."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    typed = commands(section(readme, "Install"))
    assert len(typed) == 2
    for command in typed:
        run("sh", "-c", command, cwd=checkout)
    mirage_py = checkout / ".venv" / "bin" / "mirage-py"
    assert run(mirage_py, "--version").strip()
    run(mirage_py, "doctor")
