"""Functions bound to their first argument."""

from __future__ import annotations

from types import MethodType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def method(function: Callable[..., Any], first: object) -> Callable[..., Any]:
    """What calls `function` with `first` before other arguments."""
    return MethodType(function, first)
