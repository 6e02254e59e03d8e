"""Targets whose images are made with the compiler's sanitizers: `--sanitize`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mirage_py.catalog.targets import Target
from mirage_py.support.errors import MirageError

if TYPE_CHECKING:
    from collections.abc import Mapping


class NotSanitizable(MirageError):
    """A target without a place for the sanitizers' own code, which needs an operating system."""

    exit_code = 2

    def __init__(self, target: Target, able: list[str]) -> None:
        whose = "an official Solo5's images" if target.solo5 else "images"
        super().__init__(
            f"`--sanitize` does not work with {whose} for `{target.name}`",
            hint=f"build with {' or '.join(f'`-t {name}`' for name in able)}" if able else None,
        )


def sanitized_target(target: Target, known: Mapping[str, Target]) -> Target:
    """`target` with the sanitizers. Raises NotSanitizable."""
    if target.solo5 or not target.sanitizable:
        able = [one.name for one in known.values() if one.sanitizable]
        raise NotSanitizable(target, able)
    return replace(target, sources=target.sanitizable, sanitized=True)
