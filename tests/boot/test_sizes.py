"""What an image may weigh, and the least memory that it must start in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.unikernel import Unikernels

HELLO = Path(__file__).resolve().parents[2] / "examples" / "tutorial" / "hello"
MOST = {"spt": 270_000, "unix": 277_000, "hvt": 280_000, "virtio": 330_000}
"""Bytes of the stripped image; measured: 176,000 to 191,000."""


@pytest.mark.parametrize("target", MOST)
def test_hello(target: str, unikernels: Unikernels) -> None:
    """Two megabytes, of which one lies below the image, leave room for a heap."""
    image = unikernels.build(HELLO, target)
    assert 50_000 < image.path.stat().st_size <= MOST[target]
    assert image.run(mem=2).status == 0
