"""Functions of the eDSL that are called with a keyword that they do not know."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any, TypeVar

from mirage_py.dsl.errors.devices import UnknownKeyword
from mirage_py.dsl.session import here, report

F = TypeVar("F", bound=Callable[..., Any])


def known_keywords(function: F) -> F:
    """`function`, but that a keyword which it does not take is reported, and left out, so that what
    else is wrong with the call is found too."""
    known = tuple(inspect.signature(function).parameters)

    @functools.wraps(function)
    def checked(*args: Any, **named: Any) -> Any:
        for name in [one for one in named if one not in known]:
            report(UnknownKeyword(function.__name__, name, known, here()))
            del named[name]
        return function(*args, **named)

    return checked  # type: ignore[return-value]  # of that signature
