"""What an image costs to keep and to run: bytes, and the least memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.unikernel import Unikernels

ROOT = Path(__file__).resolve().parents[2]
MOST = 270_000
"""Bytes of a stripped image; measured: 153,000, with asyncio and log 176,000."""

PRINTER = {
    "config.py": """\
from mirage_py import *
register("printer", [main("unikernel.start", job)])
""",
    "unikernel.py": """\
def start():
    print("Hello")
""",
}


@pytest.mark.parametrize("sources", [PRINTER, ROOT / "examples/tutorial/hello"], ids=["p", "hello"])
def test_size(unikernels: Unikernels, sources: dict[str, str] | Path) -> None:
    size = unikernels.build(sources, "spt").path.stat().st_size
    assert 50_000 < size <= MOST


def test_least_memory(unikernels: Unikernels) -> None:
    """Two megabytes, of which one lies below the image, leave room for a heap."""
    ran = unikernels.build(PRINTER, "spt").run(mem=2)
    assert (ran.status, ran.lines) == (0, ["Hello"])
