"""The patches that the project carries: one number is one patch, and each says what it is for."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.support.checkout import ROOT

PATCHES = sorted((ROOT / "runtime_c" / "vendor").glob("*/patches/*.patch"))
LEAST = 40
"""Characters that say what a patch does and why."""


def test_a_number_is_one_patch() -> None:
    """They are applied in the order of their names."""
    numbers = Counter((patch.parent, patch.name.split("-")[0]) for patch in PATCHES)
    assert len(PATCHES) > 50
    assert [str(folder / number) for (folder, number), count in numbers.items() if count > 1] == []


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: f"{patch.parts[-3]}/{patch.name}")
def test_first_paragraph(patch: Path) -> None:
    first = patch.read_text(encoding="utf-8").split("\n\n")[0]
    assert not first.startswith(("---", "diff "))
    assert len(first) >= LEAST
