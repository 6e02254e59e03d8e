"""Devices of Xen and Qubes, which no target has yet: to use one is a mistake that says so."""

from mirage_py.devices.block import Block, block
from mirage_py.dsl import Impl, impl, typ

__all__ = ["Qubesdb", "block_of_xenstore_id", "default_qubesdb", "qubesdb"]


class Qubesdb:
    """The configuration store of a Qubes domain."""


qubesdb = typ(Qubesdb)

default_qubesdb: Impl[Qubesdb] = impl("qubesdb", qubesdb, requires=["qubesdb"])
"""The store of the domain that the image runs in."""


def block_of_xenstore_id(number: str) -> Impl[Block]:
    """The block device that Xen knows by `number`."""
    return impl(f"block_of_xenstore_id({number!r})", block, requires=["xenstore"])
