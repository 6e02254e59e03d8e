"""What an image may weigh, and the least memory that it must start in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.unikernel import Unikernels

HELLO = Path(__file__).resolve().parents[2] / "examples" / "tutorial" / "hello"
MOST = {"spt": 270_000, "unix": 277_000, "virtio": 330_000}
"""Bytes of the stripped image."""


@pytest.mark.parametrize("target", MOST)
def test_hello(target: str, unikernels: Unikernels) -> None:
    image = unikernels.build(HELLO, target)
    assert image.path.stat().st_size <= MOST[target]
    assert image.run(mem=2).status == 0
