"""Clocks and sleeping: guest modules `mirage.sleep`, `mirage.ptime` and `mirage.mtime`.

Their values are modules, which most import rather than take: a device is connected only if
something imports its module, or is given it. `no_...` leaves the module out, and what imports it is
a mistake.
"""

from mirage_py.dsl import Impl, impl, typ

__all__ = [
    "Mtime", "Ptime", "Sleep", "default_mtime", "default_ptime", "default_sleep", "mock_mtime",
    "mock_ptime", "mtime", "no_mtime", "no_ptime", "no_sleep", "ptime", "sleep",
]  # fmt: skip


class Sleep:
    """Waiting for some time."""


class Ptime:
    """The time of day."""


class Mtime:
    """Time since some moment before the boot."""


sleep = typ(Sleep)
ptime = typ(Ptime)
mtime = typ(Mtime)

default_sleep: Impl[Sleep] = impl(
    "sleep", sleep, connect="mirage.sleep", imports=["mirage.sleep"], lazy=True
)
default_ptime: Impl[Ptime] = impl(
    "ptime", ptime, connect="mirage.ptime", imports=["mirage.ptime"], lazy=True
)
default_mtime: Impl[Mtime] = impl(
    "mtime", mtime, connect="mirage.mtime", imports=["mirage.mtime"], lazy=True
)

no_sleep: Impl[Sleep] = impl("no_sleep", sleep, excludes=["mirage.sleep"])
no_ptime: Impl[Ptime] = impl("no_ptime", ptime, excludes=["mirage.ptime"])
no_mtime: Impl[Mtime] = impl("no_mtime", mtime, excludes=["mirage.mtime"])

mock_ptime: Impl[Ptime] = impl(
    "mock_ptime",
    ptime,
    connect="mirage.ptime.mock.start() or mirage.ptime",
    imports=["mirage.ptime.mock"],
)
"""A clock that stands still until `mirage.ptime.mock.set` moves it; log lines tell its time."""

mock_mtime: Impl[Mtime] = impl(
    "mock_mtime",
    mtime,
    connect="mirage.mtime.mock.start() or mirage.mtime",
    imports=["mirage.mtime.mock"],
)
"""A clock that stands still until `mirage.mtime.mock` moves it."""
