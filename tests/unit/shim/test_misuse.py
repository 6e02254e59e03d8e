"""What the guest's modules make of values that they do not take: it is said at the call."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest

MISUSES = [
    ("random", "generate", (-1,), ValueError, "not -1"),
    ("random", "generate", (1.5,), TypeError, "not 1.5"),
    ("random", "generate", (b"ab",), TypeError, "a number of bytes, not b'ab'"),
    ("random", "generate", (True,), TypeError, "not True"),
    ("hooks", "at_exit", (3,), TypeError, "a hook is a function, not 3"),
    ("hooks", "at_enter_iter", (None,), TypeError, "not None"),
    ("hooks", "at_leave_iter", ("x",), TypeError, "not 'x'"),
    ("sleep", "ns", ("x",), TypeError, "nanoseconds, an int, not 'x'"),
    ("sleep", "ns", (1.5,), TypeError, "not 1.5"),
    ("ptime.mock", "set", (1.5,), TypeError, "ints, not 1.5"),
    ("ptime.mock", "set", (1, "UTC"), TypeError, "not 'UTC'"),
    ("mtime.mock", "set", ("x",), TypeError, "not 'x'"),
    ("mtime.mock", "tick_for", (1.5,), TypeError, "not 1.5"),
    ("log", "set_level", ("loud",), ValueError, "unknown level: loud"),
    ("log", "set_level", (3,), ValueError, "unknown level: 3"),
    ("log", "set_levels", ("info,http:loud",), ValueError, "unknown level: loud"),
    ("log", "source", (3,), TypeError, "a source has a name, not 3"),
    ("log", "set_reporter", (3,), TypeError, "a reporter is a function, not 3"),
]


@pytest.mark.parametrize(("module", "name", "given", "kind", "message"), MISUSES)
def test_misuse(
    module: str, name: str, given: tuple[Any, ...], kind: type[Exception], message: str
) -> None:
    with pytest.raises(kind, match=message):
        getattr(import_module(f"mirage.{module}"), name)(*given)
