"""How messages offer things."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def any_of(options: Sequence[str]) -> str:
    """`a`, `a or b`, `a, b or c`."""
    *most, last = options
    return f"{', '.join(most)} or {last}" if most else last
