"""Our library's modules, and asyncio, do in an image what CPython's do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.unikernel import Unikernels

PROGRAMS = Path(__file__).parents[1] / "library"
CONFIG = 'from mirage_py import *\n\nregister("library", [main("{}.start", job)])\n'


@pytest.mark.parametrize("program", ["use", "waits", "packs", "paths"])
def test_an_image_prints_what_cpython_prints(unikernels: Unikernels, program: str) -> None:
    path = PROGRAMS / f"{program}.py"
    wanted = subprocess.run(
        [sys.executable, str(path)], check=True, capture_output=True, text=True
    ).stdout
    files = {"config.py": CONFIG.format(program), path.name: path.read_text()}
    ran = unikernels.build(files, "spt").run()
    assert ran.console.splitlines() == wanted.splitlines()
    assert ran.status == 0
