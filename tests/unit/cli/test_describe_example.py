"""`describe` and its pictures for an example of the tutorial."""

from __future__ import annotations

import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from mirage_py.cli.app import main
from tests.support.golden import Golden

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "tutorial" / "hello-key"
Output = pytest.CaptureFixture[str]


@pytest.fixture
def example(tmp_path: Path) -> str:
    """The example, not configured."""
    left_out = shutil.ignore_patterns("_build", "dist")
    return str(shutil.copytree(EXAMPLE, tmp_path / EXAMPLE.name, ignore=left_out))


def test_in_words(example: str, golden: Golden, capsys: Output) -> None:
    assert main(["-C", example, "describe"]) == 0
    golden("describe/hello-key.txt", capsys.readouterr().out)


def test_as_a_graph(example: str, golden: Golden, capsys: Output) -> None:
    assert main(["-C", example, "describe", "--dot"]) == 0
    golden("describe/hello-key.dot", capsys.readouterr().out)
    assert main(["-C", example, "describe", "--dot", "-o", "-"]) == 0
    golden("describe/hello-key.dot", capsys.readouterr().out)
    assert not (Path.cwd() / "-").exists()


def test_as_a_picture(example: str, tmp_path: Path, capsys: Output) -> None:
    """Graphviz draws a diamond with the names of the application and of its line."""
    if shutil.which("dot") is None:
        pytest.skip("Graphviz' `dot` is not installed")
    drawing = tmp_path / "hello-key.svg"
    assert main(["-C", example, "describe", "--svg", "-o", str(drawing)]) == 0
    assert capsys.readouterr().out == ""
    svg = "{http://www.w3.org/2000/svg}"
    (node,) = [
        group
        for group in ET.parse(drawing).iter(f"{svg}g")  # noqa: S314 - a drawing of ours
        if group.get("class") == "node"
    ]
    assert [text.text for text in node.iter(f"{svg}text")] == ["unikernel.start", "config.py:3"]
    polygon = node.find(f"{svg}polygon")
    assert polygon is not None
    assert len(set(polygon.get("points", "").split())) == 4


def test_without_graphviz(example: str, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    assert main(["-C", example, "describe", "--svg"]) != 0
    assert "install graphviz" in capsys.readouterr().err
