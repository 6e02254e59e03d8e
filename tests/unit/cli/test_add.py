"""What `mirage-py add` understands of a requirement, and what it leaves of config.py."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mirage_py.cli.add import BadRequirement, PinOfSeveral, add, parsed
from mirage_py.cli.common import Settings
from mirage_py.sources import resolve
from mirage_py.sources.errors import Unresolved
from mirage_py.support.files import locked
from tests.support.wheels import wheel

CONFIG = """\
from mirage_py import *

register("here", [main("unikernel.start", job)])
"""


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("A_b", {}),
        ("a-b[x,c]>=1.0,<2", {"extras": ["c", "x"], "min": "1.0", "max": "2"}),
        ("a.b==1.0", {"pin": "==1.0"}),
        ("a-b==1.4.*", {"min": "1.4", "max": "1.5"}),
        ("a-b~=1.4", {"min": "1.4", "max": "2"}),
        ("a-b~=1.4.2rc1", {"min": "1.4.2rc1", "max": "1.5"}),
    ],
)
def test_requirements(text: str, given: dict[str, Any]) -> None:
    assert parsed(text) == ("a-b", given)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("a @ git+https://host/a@main", "`mirage-py add a --pin git+https://host/a@main`"),
        ("a @ https://host/a.whl", "without what stands behind its name"),
        ("https://host/a", "`mirage-py add NAME --pin git+https://host/a`"),
        ("./a", "`mirage-py add a --pin ./a`"),
        ("a<=2", "NAME>=2.0"),
    ],
)
def test_what_is_none(text: str, hint: str) -> None:
    with pytest.raises(BadRequirement) as caught:
        parsed(text)
    assert hint in str(caught.value.hint)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project, and an index that has `one` and `two`."""
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", (tmp_path / "simple").as_uri())
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    for name in ("one", "two"):
        wheel(tmp_path / "simple", name, "1.0", {f"{name}.py": ""})
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "config.py").write_text(CONFIG)
    (folder / "unikernel.py").write_text("def start(): pass\n")
    return folder


def test_a_pin_is_of_one_package(project: Path) -> None:
    with pytest.raises(PinOfSeveral):
        add(Settings(project / "config.py"), ["one", "two"], pin="../one")
    assert (project / "config.py").read_text() == CONFIG


def test_two_at_once(project: Path) -> None:
    """The second begins where the first has ended: what both did is there."""
    command = [sys.executable, "-m", "mirage_py", "-C", str(project), "add"]
    with locked(project):
        running = [
            subprocess.Popen([*command, name], stderr=subprocess.PIPE, text=True)
            for name in ("one", "two")
        ]
        for one in running:
            assert one.stderr is not None
            assert "waiting for another mirage-py" in one.stderr.readline()
        assert (project / "config.py").read_text() == CONFIG
    for one in running:
        _, messages = one.communicate(timeout=120)
        assert one.returncode == 0, messages
    text = (project / "config.py").read_text()
    assert 'package("one", min="1.0")' in text
    assert 'package("two", min="1.0")' in text


def test_a_config_that_is_a_link_stays_one(project: Path) -> None:
    there = (project / "config.py").rename(project / "other.py")
    (project / "config.py").symlink_to(there.name)
    add(Settings(project / "config.py"), ["one"])
    assert (project / "config.py").is_symlink()
    assert 'package("one", min="1.0")' in there.read_text()


def test_config_is_written_last(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It keeps its encoding and its ends of lines; and until pip has answered it is as it was."""
    text = "# -*- coding: latin-1 -*-\r\n# caf\xe9\r\n" + CONFIG.replace("\n", "\r\n")
    config = project / "config.py"
    config.write_bytes(text.encode("latin-1"))
    seen = []

    def report(*asked: Any) -> Any:
        seen.append(config.read_bytes())
        return asked_of_pip(*asked)

    asked_of_pip = resolve.report
    monkeypatch.setattr(resolve, "report", report)
    add(Settings(config), ["one"])
    assert set(seen) == {text.encode("latin-1")}
    written = text.replace("job)", 'job, packages=[package("one", min="1.0")])')
    assert config.read_bytes() == written.encode("latin-1")


def test_what_is_wrong_is_told_at_its_line(project: Path) -> None:
    """As config.py would have it, which then is as it was."""
    with pytest.raises(Unresolved) as caught:
        add(Settings(project / "config.py"), ["none"])
    assert caught.value.position is not None
    assert 'packages=[package("none")]' in caught.value.position.text
    assert (project / "config.py").read_text() == CONFIG
