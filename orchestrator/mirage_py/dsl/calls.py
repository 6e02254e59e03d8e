"""Calls that Python refuses: how the function that was meant is called."""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from typing import Any

from mirage_py.support.near import near

REFUSED = re.compile(
    r"(?:\w+\.)*(\w+)\(\) (?:got an unexpected|got multiple|got some|missing \d|takes )"
)
KEYWORD = re.compile(r"unexpected keyword argument '(\w+)'")


def call_hint(error: TypeError, visible: Mapping[str, object]) -> str | None:
    """How to call the function that `error` is about, if it is one of the names that are visible
    where it was raised."""
    found = REFUSED.match(str(error))
    function = visible.get(found[1]) if found else None
    if function is None or not callable(function):
        return None
    how = f"it is called as `{called(function)}`"
    typed = KEYWORD.search(str(error))
    close = near(typed[1], inspect.signature(function).parameters) if typed else None
    return f"did you mean `{close}`? {how}" if close else how


def called(function: Any) -> str:
    """A function as it is called: `block_of_file(name)`."""
    given = [shown(one) for one in inspect.signature(function).parameters.values()]
    return f"{function.__name__}({', '.join(given)})"


def shown(parameter: inspect.Parameter) -> str:
    """A parameter as it is given: `name`, `group=...` if it has a default or must be named."""
    if parameter.kind in {parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD}:
        return "..."
    needed = parameter.default is parameter.empty and parameter.kind != parameter.KEYWORD_ONLY
    return parameter.name if needed else f"{parameter.name}=..."
