"""Devices of Xen and Qubes, which no target has yet: to use one is a mistake that says so."""

from mirage_py.devices.block import Block, block
from mirage_py.devices.ethernet import Arp, Ethernet, arpv4, ethernet
from mirage_py.devices.ip import Ipv4, ipv4
from mirage_py.dsl import Impl, impl, typ

__all__ = ["Qubesdb", "block_of_xenstore_id", "default_qubesdb", "ipv4_qubes", "qubesdb"]


class Qubesdb:
    """The configuration store of a Qubes domain."""


qubesdb = typ(Qubesdb)

default_qubesdb: Impl[Qubesdb] = impl("qubesdb", qubesdb, requires=["qubesdb"])
"""The store of the domain that the image runs in."""


def block_of_xenstore_id(number: str) -> Impl[Block]:
    """The block device that Xen knows by `number`."""
    return impl(f"block_of_xenstore_id({number!r})", block, requires=["xenstore"])


def ipv4_qubes(db: Impl[Qubesdb], link: Impl[Ethernet], arp: Impl[Arp]) -> Impl[Ipv4]:
    """IPv4 with the address that Qubes gives the domain."""
    declared = impl("ipv4_qubes", qubesdb >> ethernet >> arpv4 >> ipv4, requires=["qubesdb"])
    return declared(db, link, arp)
