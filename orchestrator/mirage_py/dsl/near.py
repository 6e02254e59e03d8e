"""What the user may have meant by a name that does not exist."""

from __future__ import annotations

import builtins
import difflib
import re
import traceback
from collections.abc import Iterable

CANNOT_IMPORT = re.compile(r"cannot import name '(\w+)' from 'mirage_py")


def near(name: str, candidates: Iterable[str]) -> str | None:
    """The candidate that looks most like `name`, if one does."""
    found = difflib.get_close_matches(name, sorted(candidates), 1)
    return found[0] if found else None


def near_name(error: BaseException) -> str | None:
    """The name that was meant where `error` is about a name: of the eDSL, or of the user's."""
    if isinstance(error, NameError) and error.name:
        return near(error.name, {*_visible(error), *dir(builtins)})
    import mirage_py  # noqa: PLC0415 - it imports this package

    if isinstance(error, AttributeError) and error.obj is mirage_py:
        return near(str(error.name), mirage_py.__all__)
    wrong = CANNOT_IMPORT.match(str(error)) if isinstance(error, ImportError) else None
    return near(wrong[1], mirage_py.__all__) if wrong else None


def _visible(error: BaseException) -> set[str]:
    """The names that could be used where `error` was raised."""
    *_, (frame, _) = traceback.walk_tb(error.__traceback__)
    return {*frame.f_locals, *frame.f_globals}
