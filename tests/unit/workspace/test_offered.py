"""What is asked of the library's modules, and is not there, is told with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from mirage_py.graph.model import Module
from mirage_py.workspace.offered import missing

LIBRARY = {
    "tools": "from inner import *\ndef cut(): pass\nif cut:\n    SIZE = 1\n",
    "inner": "class Saw: pass\n_hidden = 1\n",
    "native": "from unative import *\n",
    "made": "globals().update(a=1)\n",
    "asked": "def __getattr__(name): return 1\n",
    "box/__init__": "_attrs = {'Lid': 'lid'}\ndef __getattr__(name): pass\n",
    "box/lid": "Lid = 1\n",
    "lazy/__init__": "def __getattr__(name): return globals()[name]\n",
}


@pytest.fixture
def told(tmp_path: Path):
    library = {}
    for name, text in LIBRARY.items():
        path = tmp_path / "library" / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        module = name.removesuffix("/__init__").replace("/", ".")
        library[module] = Module(module, path)

    def read(text: str) -> list[str]:
        path = tmp_path / "unikernel.py"
        path.write_text(text)
        found = missing((), [Module("unikernel", path)], tmp_path, library, {"bare"})
        return [f"{one.position}: {one}" for one in found]

    return read


@pytest.mark.parametrize(
    "text",
    [
        "from tools import cut, SIZE, Saw",
        "from native import anything\nfrom made import a\nfrom asked import b",
        "import box.lid\nfrom box import lid, Lid\nfrom tools import *",
        "try:\n    from tools import gone\nexcept ImportError:\n    gone = None",
        "from suppressed import gone\nimport json.gone",
        "import sys\nif sys.argv:\n    from tools import gone",
        "def later():\n    from tools import gone",
    ],
)
def test_what_is_there_or_not_known(told, text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "module", "name"),
    [
        ("from tools import gone", "tools", "gone"),
        ("from tools import (\n    cut,\n    gone,\n)", "tools", "gone"),
        ("import box.gone", "box", "gone"),
        ("from box.gone import x", "box", "gone"),
        ("import tools.cutter", "tools", "cutter"),
        ("import tools.cutter.blade", "tools", "cutter"),
        ("import box.gone.further", "box", "gone"),
        ("import made.gone", "made", "gone"),
        ("import bare.gone", "bare", "gone"),
        ("import lazy.gone", "lazy", "gone"),
    ],
)
def test_what_is_not_there(told, text: str, module: str, name: str) -> None:
    (found,) = told(text)
    assert found.startswith("unikernel.py:1")
    assert f"the guest's module `{module}` has no `{name}`" in found
