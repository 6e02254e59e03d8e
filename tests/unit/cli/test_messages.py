"""What the verbs say: in what colour, and when."""

from __future__ import annotations

from pathlib import Path

import pytest

from mirage_py.cli.app import main

pytestmark = pytest.mark.usefixtures("house")
Output = pytest.CaptureFixture[str]


@pytest.mark.parametrize(("color", "painted"), [("always", True), ("never", False)])
def test_the_colour_of_an_unknown_verb(color: str, painted: bool, capsys: Output) -> None:
    main(["--color", "never" if painted else "always", "cache", "dir"])  # what was set before
    capsys.readouterr()
    assert main(["--color", color, "bild"]) == 2
    said = capsys.readouterr().err
    assert "there is no verb `bild`" in said
    assert ("\x1b[" in said) is painted


def fail(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_what_was_not_done_is_not_said(
    project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    root = project({"dist/a.spt": ""})
    monkeypatch.setattr("mirage_py.cli.clean.remove", fail)
    monkeypatch.setattr("mirage_py.support.files.write_atomically", fail)
    for command in (["new", str(tmp_path / "site")], ["-C", str(root), "clean"]):
        assert main(command) == 1
        told = "error: No space left on device\n\nhint: free some space there, and try again\n"
        assert capsys.readouterr().err == told


def test_where_there_is_no_space(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    """Writing to a file that is open fails without its name."""
    monkeypatch.setattr("mirage_py.support.files.os.fchmod", fail)
    assert main(["new", str(tmp_path / "site")]) == 1
    assert f"No space left on device: {tmp_path / 'site'}/" in capsys.readouterr().err
    assert not [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
