"""The language and the library print in an image what they print in CPython."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.unikernel import Unikernels, mirage_py

PROGRAMS = Path(__file__).parents[1] / "library"
NAMES = (
    "common", "containers", "declared", "errors", "language", "letters", "members", "natives",
    "programs", "subclasses", "texts", "use", "waits",
)  # fmt: skip
CONFIG = """\
from mirage_py import *

register("same", [main("unikernel.start", job, args=[runtime_arg("--part", default="")])])
"""
ENCODED = "\ufeffﬁ = 3\n\x0c\ndef told():\n    return fi\n"
"""With a byte-order mark, a name that is another one's, and pages."""
UNIKERNEL = f"""\
import encoded
import {", ".join(NAMES)}


async def start(part):
    assert encoded.told() == 3
    parts = {{{", ".join(f'"{name}": {name}' for name in NAMES)}}}
    running = parts[part].start()
    if running is not None:
        await running
"""


@pytest.fixture(scope="module")
def image(unikernels: Unikernels) -> Path:
    files = {f"{name}.py": (PROGRAMS / f"{name}.py").read_text(encoding="utf-8") for name in NAMES}
    files |= {"config.py": CONFIG, "unikernel.py": UNIKERNEL, "encoded.py": ENCODED}
    return unikernels.build(files, "unix").path


@pytest.mark.parametrize("name", NAMES)
def test_same(name: str, image: Path) -> None:
    told = subprocess.run(
        [sys.executable, PROGRAMS / f"{name}.py"],
        check=True, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    ran = mirage_py("run", "-q", "--mem=64", str(image), "--", f"--part={name}")
    assert ran.console == told.stdout
