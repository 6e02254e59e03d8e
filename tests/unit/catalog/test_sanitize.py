"""Targets as they are with `--sanitize`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mirage_py import catalog
from mirage_py.catalog.sanitize import NotSanitizable, sanitized_target

SANITIZE = """
[sanitize]
without = ["start.c"]
with = ["hosted.c"]
"""


@pytest.fixture
def known(house: Path) -> dict[str, catalog.Target]:
    """Targets, of which spt says how."""
    path = house / "targets" / "spt" / "target.toml"
    sources = 'sources = ["start.c", "net.c"]'
    path.write_text(path.read_text().replace("sources = []", sources) + SANITIZE)
    return catalog.targets(house)


def test_sources(known: dict[str, catalog.Target]) -> None:
    """They are others; all else is as it was."""
    target = sanitized_target(known["spt"], known)
    assert [path.name for path in target.sources] == ["net.c", "hosted.c"]
    assert target == replace(known["spt"], sources=target.sources, sanitized=True)
    assert not known["spt"].sanitized


def test_others(known: dict[str, catalog.Target]) -> None:
    """What cannot be is said, and what can."""
    with pytest.raises(NotSanitizable) as wrong:
        sanitized_target(known["hvt"], known)
    assert "`--sanitize` does not work with images for `hvt`" in str(wrong.value)
    assert wrong.value.hint == "build with `-t spt`"


def test_official_solo5(known: dict[str, catalog.Target]) -> None:
    system = replace(known["spt"], sources=(), solo5=Path("cc"))
    with pytest.raises(NotSanitizable, match="official Solo5's images for `spt`"):
        sanitized_target(system, known)
