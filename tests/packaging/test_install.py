"""Installing as README says, in a checkout that is new."""

from __future__ import annotations

from pathlib import Path

from tests.support.checkout import ROOT, run
from tests.support.markdown import commands, section


def test_readme(checkout: Path) -> None:
    """The lines of README, typed into one shell, give a command that works and misses nothing."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    typed = "\n".join(commands(section(readme, "Install")))
    looks = "command -v mirage-py; mirage-py --version; mirage-py doctor"
    told = run("sh", "-ec", f"{{\n{typed}\n}} >&2\n{looks}", cwd=checkout)
    where, version = told.splitlines()[:2]
    assert where == str(checkout / ".venv" / "bin" / "mirage-py")
    assert version.strip()
