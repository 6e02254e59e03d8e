"""What an image knows of itself: the module `_info`, which `mirage.info` reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mirage_py.support.version import version

if TYPE_CHECKING:
    from mirage_py.lock.model import Lock

NAME = "_info"


def info_source(lock: Lock) -> str:
    """The Python of the module."""
    libraries = [("mirage-py", version(), "ISC")]
    libraries += [(one.name, one.version, one.licence) for one in lock.sources]
    rows = "".join(f"    {one!r},\n" for one in libraries)
    return (
        "# Written by mirage-py.\n"
        f"NAME = {lock.graph.config.name!r}\n"
        f"TARGET = {lock.graph.target.name!r}\n"
        f"LIBRARIES = (\n{rows})\n"
    )
