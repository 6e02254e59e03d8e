"""What the user may have meant by a name of Python's that does not exist."""

from __future__ import annotations

import builtins
import re
import traceback
from types import FrameType

from mirage_py.support.near import near

CANNOT_IMPORT = re.compile(r"cannot import name '(\w+)' from 'mirage_py")


def near_name(error: BaseException) -> str | None:
    """The name that was meant where `error` is about a name: of the eDSL, or of the user's."""
    if isinstance(error, NameError) and error.name:
        *_, (frame, _) = traceback.walk_tb(error.__traceback__)
        return near(error.name, {*names(frame), *dir(builtins)})
    import mirage_py  # noqa: PLC0415 - it imports this package

    if isinstance(error, AttributeError) and error.obj is mirage_py:
        return near(str(error.name), mirage_py.__all__)
    wrong = CANNOT_IMPORT.match(str(error)) if isinstance(error, ImportError) else None
    return near(wrong[1], mirage_py.__all__) if wrong else None


def names(frame: FrameType) -> dict[str, object]:
    """The names that can be used in a frame, and their values."""
    return {**frame.f_globals, **frame.f_locals}
