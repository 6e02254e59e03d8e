"""Ethernet and ARP over a network device: what IP stands on."""

import _net
from mirage import log
from mirage.net import Network, text, until

_ethernet = log.source("ethernet")
_NAME_SERVERS = 4  # DNS_MAX_SERVERS, lwipopts.h


class Ethernet:
    """A device whose frames go to the stack: those for its address, and those for all."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.handle: int = network.handle
        self.mac: bytes = network.mac
        self.mtu: int = network.mtu
        _net.attach(self.handle)
        self.index: int = _net.index(self.handle)
        """The number of the interface, for the socket option `SO_BINDTODEVICE`."""

    async def frame(self) -> bytes:
        """The first 128 bytes of the next frame that the stack is given, which has it, too. Of
        many, those are seen for which there is time."""
        _net.watch(self.handle)
        head = bytearray(self.mtu + 14)
        await until(lambda: _net.waiting(self.handle))
        return bytes(head[: _net.read(self.handle, head)])

    def name_servers(self) -> list[str]:
        """The addresses of name servers that DHCP or a router has named."""
        return [one for one in map(_net.name_server, range(_NAME_SERVERS)) if one]

    def __str__(self) -> str:
        return text(self.mac)


class Arp:
    """The Address Resolution Protocol (RFC 826): questions for our address are answered, and
    neighbours are asked for."""

    def __init__(self, ethernet: Ethernet) -> None:
        self.ethernet = ethernet
        _net.enable_arp(ethernet.handle)


def connect(network: Network) -> Ethernet:
    """Ethernet on `network`. Raises OSError if another stack stands on it."""
    ethernet = Ethernet(network)
    _ethernet.info("Connected Ethernet interface %s", ethernet)
    return ethernet


def connect_arp(ethernet: Ethernet) -> Arp:
    """ARP on `ethernet`."""
    return Arp(ethernet)
