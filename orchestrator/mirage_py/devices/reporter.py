"""What shows log messages: guest module `mirage.log`."""

from typing import Literal, get_args

from mirage_py.dsl import Impl, Value, code, impl, typ
from mirage_py.dsl.value import lift

__all__ = ["Reporter", "default_reporter", "no_reporter", "reporter"]

Level = Literal["quiet", "app", "error", "warning", "info", "debug"]


LEVELS = get_args(Level)


class Reporter:
    """What shows log messages."""


reporter = typ(Reporter)


def known(level: str) -> str:
    """The level that a key decided. Raises ValueError."""
    if level not in LEVELS:
        raise ValueError(f"{level!r} is no level, those are {', '.join(LEVELS)}")
    return level


def default_reporter(level: Level | Value[str] = "info") -> Impl[Reporter]:
    """Lines on the console, of messages up to `level`, which a key may decide; the boot argument
    `--logs` says otherwise."""
    return impl(
        "reporter",
        reporter,
        connect=code("mirage.log.connect({})", lift(level).map(known)),
        imports=["mirage.log"],
        lazy=True,
    )


no_reporter: Impl[Reporter] = impl("no_reporter", reporter, excludes=["mirage.log"])
"""None: nothing may import `mirage.log`."""
