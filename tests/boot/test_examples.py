"""Every example, on every target: what it prints and how it ends is what its expect.toml says."""

from __future__ import annotations

import re
import time
import tomllib
from pathlib import Path

import pytest

from mirage_py import catalog
from tests.support.unikernel import Unikernels

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
FOUND = sorted(path.parent for path in EXAMPLES.rglob("expect.toml"))


@pytest.mark.parametrize("target", sorted(catalog.targets(catalog.share())))
@pytest.mark.parametrize("example", FOUND, ids=lambda path: str(path.relative_to(EXAMPLES)))
def test_example(example: Path, target: str, unikernels: Unikernels) -> None:
    expect = tomllib.loads((example / "expect.toml").read_text(encoding="utf-8"))
    image = unikernels.build(example, target)
    before = time.monotonic()
    ran = image.run(mem=2)
    took = time.monotonic() - before
    assert ran.status == expect["exit"], ran
    assert len(ran.lines) == len(expect["console"]), ran
    for line, pattern in zip(ran.lines, expect["console"], strict=True):
        assert re.search(pattern, line), ran
    least, most = expect.get("seconds", [0, 60])
    assert least <= took <= most
