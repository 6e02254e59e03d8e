"""Network devices: Ethernet frames, sent and received.

A `Network` is what `netif` in config.py gives to `start`, and what an Ethernet stack stands on.
"""

import _net
from mirage import log

_log = log.source("netif")


class Network:
    """A network device of the image's manifest."""

    def __init__(self, name):
        self.name = name
        self.handle = _net.acquire(name)
        address = bytearray(6)
        _net.mac(self.handle, address)
        self.mac = bytes(address)
        self.mtu = _net.mtu(self.handle)
        """Bytes that a frame carries, its header of 14 not counted."""


def connect(name):
    """The device that the tender attached under that name. Raises OSError if there is none."""
    network = Network(name)
    _log.info("Plugging into %s with mac %s mtu %d", name, text(network.mac), network.mtu)
    return network


def text(mac):
    """An Ethernet address as it is written."""
    return ":".join("%02x" % byte for byte in mac)
