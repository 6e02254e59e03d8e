"""UDP over the addresses of a stack."""

import asyncio.core
import socket

from mirage import log

_log = log.source("udp")
_LONGEST = 65535


class Udp:
    """Datagrams."""

    def __init__(self, ip):
        self.ip = ip

    def listen(self, port, address=""):
        """A `Port` to which datagrams for `port`, and for `address` if it is given, come. Raises
        OSError if it is taken."""
        return Port(port, address)

    def write(self, data, host, port):
        """Send one datagram from a port of no importance. `host` is an address."""
        sender = socket.socket(_family(host), socket.SOCK_DGRAM)
        try:
            sender.sendto(data, (host, port))
        finally:
            sender.close()


class Port:
    """A port that is listened on."""

    def __init__(self, port, address):
        self.socket = socket.socket(_family(address), socket.SOCK_DGRAM)
        self.socket.setblocking(False)
        self.socket.bind((address, port))

    def read(self, most=_LONGEST):
        """The next datagram, to be awaited, and where it came from, an (address, port). What is
        longer than `most` is cut."""
        yield asyncio.core._io_queue.queue_read(self.socket)
        return self.socket.recvfrom(most)

    def write(self, data, host, port):
        """Send one datagram from this port."""
        self.socket.sendto(data, (host, port))

    def close(self):
        self.socket.close()


def _family(address):
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def connect(ip):
    """UDP over `ip`."""
    _log.info("UDP layer connected on %s", ip)
    return Udp(ip)
