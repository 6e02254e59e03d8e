"""What shows log messages: guest module `mirage.log`."""

from typing import Literal, get_args

from mirage_py.dsl import Impl, impl, typ

__all__ = ["Reporter", "default_reporter", "no_reporter", "reporter"]

Level = Literal["quiet", "app", "error", "warning", "info", "debug"]


class Reporter:
    """What shows log messages."""


reporter = typ(Reporter)


def default_reporter(level: Level = "info") -> Impl[Reporter]:
    """Lines on the console, of messages up to `level`; the boot argument `--logs` says otherwise.

    Raises ValueError if there is no such level.
    """
    if level not in get_args(Level):
        raise ValueError(f"a level is one of {', '.join(get_args(Level))}")
    return impl(
        "reporter",
        reporter,
        connect=f"mirage.log.connect({level!r})",
        imports=["mirage.log"],
        lazy=True,
    )


no_reporter: Impl[Reporter] = impl("no_reporter", reporter, excludes=["mirage.log"])
"""None: nothing may import `mirage.log`."""
