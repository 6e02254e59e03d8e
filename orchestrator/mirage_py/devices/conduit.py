"""Conduits: guest package `mirage.conduit`."""

from mirage_py.devices.stack import Stack, stackv4v6
from mirage_py.dsl import Impl, impl, typ

__all__ = ["Conduit", "conduit", "conduit_direct"]


class Conduit:
    """Connections, whatever runs under them."""


conduit = typ(Conduit)

_direct = impl(
    "conduit",
    stackv4v6 >> conduit,
    connect=lambda stack: f"mirage.conduit.connect({stack})",
    imports=["mirage.conduit"],
)


_tls = impl("conduit_direct(..., tls=True)", stackv4v6 >> conduit, requires=["tls"])


def conduit_direct(stack: Impl[Stack], *, tls: bool = False) -> Impl[Conduit]:
    """Connections of a TCP/IP stack. There is no `tls` yet: an image with it cannot be
    configured."""
    return (_tls if tls else _direct)(stack)
