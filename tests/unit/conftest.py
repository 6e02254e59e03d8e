"""What the unit tests share: a project on disk, and a small house of targets and bindings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from mirage_py import catalog

HELLO = {
    "config.py": """\
from mirage_py import *

app = main("unikernel.start", job)
register("hello", [app])
""",
    "unikernel.py": """\
from mirage import log


async def start():
    log.info("hello")
""",
}
TARGET = """\
abi = "{name}"
abi_version = 2
provides = {provides}
arches = ["x86_64"]
sources = []
link_script = "link.ld"
min_memory = 2

[tender]
official = "solo5-{name}"
"""
HOUSE = {
    "targets/hvt/target.toml": TARGET.format(name="hvt", provides='["console", "clock", "block"]'),
    "targets/spt/target.toml": TARGET.format(name="spt", provides='["console", "clock", "block"]'),
    "targets/spt/tender/main.c": "",
    "targets/bare/target.toml": TARGET.format(name="bare", provides='["console", "clock"]'),
    "bindings/args/__init__.py": "import _args\nadd = get = name = None\n",
    "bindings/block/block.pyx": "",
    "bindings/block/__init__.py": "import _block\nBlock = Device = None\n",
    "bindings/crunch/crunch.pyx": "",
    "bindings/ethernet/__init__.py": "",
    "bindings/crunch/__init__.py": "import _crunch\n",
    "bindings/log/__init__.py": (
        "import time\nimport _time\nfrom mirage import ptime\nclass Source: pass\n"
    ),
    "bindings/ptime/__init__.py": "import time\n",
    "bindings/time/time.pyx": "",
}

Project = Callable[[Mapping[str, str]], Path]


def write(root: Path, files: Mapping[str, str]) -> Path:
    """The folder `root`, filled with `files`."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Makes a project: that of HELLO, with other files in place of its own."""

    def make(files: Mapping[str, str]) -> Path:
        return write(tmp_path / "project", HELLO | files)

    return make


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A house with the targets hvt, spt and bare, which every stage takes for ours."""
    root = write(tmp_path / "house", HOUSE)
    monkeypatch.setattr(catalog, "share", lambda: root)
    return root
