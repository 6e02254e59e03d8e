"""Our library's modules do in an image what CPython's do."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.unikernel import Unikernels

USE = Path(__file__).parents[1] / "library" / "use.py"
CONFIG = 'from mirage_py import *\n\nregister("library", [main("use.start", job)])\n'


@pytest.mark.parametrize("target", ["spt"])
def test_an_image_prints_what_cpython_prints(unikernels: Unikernels, target: str) -> None:
    wanted = subprocess.run(
        [sys.executable, str(USE)], check=True, capture_output=True, text=True
    ).stdout
    ran = unikernels.build({"config.py": CONFIG, "use.py": USE.read_text()}, target).run()
    assert ran.console.splitlines() == wanted.splitlines()
    assert ran.status == 0
