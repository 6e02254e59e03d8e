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


def conduit_direct(stack: Impl[Stack]) -> Impl[Conduit]:
    """Connections of a TCP/IP stack."""
    return _direct(stack)
