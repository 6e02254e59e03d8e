"""Ethernet and ARP: guest package `mirage.ethernet`."""

from mirage_py.devices.network import Network, network
from mirage_py.dsl import Impl, impl, typ

__all__ = ["Arp", "Ethernet", "arp", "arpv4", "ethernet", "ethif"]


class Ethernet:
    """Ethernet: frames by protocol, for this station and for all."""


class Arp:
    """The Address Resolution Protocol: the stations of a link by their IPv4 addresses."""


ethernet = typ(Ethernet)
arpv4 = typ(Arp)

_ethernet = impl(
    "ethernet",
    network >> ethernet,
    connect=lambda network: f"mirage.ethernet.connect({network})",
    imports=["mirage.ethernet"],
)
_arp = impl(
    "arp",
    ethernet >> arpv4,
    connect=lambda ethernet: f"mirage.ethernet.connect_arp({ethernet})",
    imports=["mirage.ethernet"],
)


def ethif(network: Impl[Network]) -> Impl[Ethernet]:
    """Ethernet on a network device."""
    return _ethernet(network)


def arp(ethernet: Impl[Ethernet]) -> Impl[Arp]:
    """ARP on Ethernet."""
    return _arp(ethernet)
