"""What an image knows of itself: the module `_info`, which `mirage.info` reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mirage_py.support.version import version

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mirage_py.lock.model import Lock, LockedSource

NAME = "_info"


def info_source(lock: Lock, linked: Iterable[LockedSource]) -> str:
    """The Python of the module: `linked` are the vendored sources that are in the image, of which
    only the linker knows; it is written with all of them, and again once that has told."""
    libraries = [("mirage-py", version(), "ISC")]
    libraries += [(one.name, one.version, one.licence) for one in (*linked, *lock.packages)]
    rows = "".join(f"    {one!r},\n" for one in libraries)
    return (
        "# Written by mirage-py.\n"
        f"NAME = {lock.graph.config.name!r}\n"
        f"TARGET = {lock.graph.target.name!r}\n"
        f"LIBRARIES = (\n{rows})\n"
    )
