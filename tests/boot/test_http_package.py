"""The package mirage.http inside an image, over pipes in place of sockets."""

from __future__ import annotations

import re
from pathlib import Path

from tests.support.unikernel import Unikernels

FOLDER = Path(__file__).parent / "http"


def test_package(unikernels: Unikernels) -> None:
    """Each test of the folder has run and passed."""
    image = unikernels.build(FOLDER, "unix")
    ran = image.run(mem=16)
    told = [line for line in ran.lines if re.match("passed|FAILED", line)]
    names = [
        name
        for path in sorted(FOLDER.glob("*_tests.py"))
        for name in re.findall(r"^async def (test_\w+)", path.read_text(), re.MULTILINE)
    ]
    assert ran.status == 0, ran.console
    assert sorted(told) == sorted(f"passed {name}" for name in names), ran.console
