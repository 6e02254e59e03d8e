"""UDP over the addresses of a stack."""

import asyncio.core
import socket

from mirage import log

if False:  # for type checkers
    from collections.abc import Awaitable

    from mirage.stack import Ip

_log = log.source("udp")


class Udp:
    """Datagrams."""

    def __init__(self, ip: Ip) -> None:
        self.ip = ip

    def listen(self, port: int, address: str = "") -> "Port":
        """A `Port` to which datagrams for `port`, and for `address` if it is given, come. Raises
        OSError if it is taken."""
        return Port(port, address, self.ip)

    def write(self, data: bytes | bytearray | memoryview, host: str, port: int) -> None:
        """Send one datagram from a port of no importance. `host` is an address. Raises OSError if
        there is no way to it."""
        self.ip.check(host)
        sender = socket.socket(_family(host), socket.SOCK_DGRAM)
        try:
            self.ip.keep(sender)
            sender.sendto(data, (host, port))
        finally:
            sender.close()


class Port:
    """A port that is listened on."""

    def __init__(self, port: int, address: str, ip: Ip) -> None:
        self.ip = ip
        self.socket: socket.socket = socket.socket(_family(address), socket.SOCK_DGRAM)
        ip.keep(self.socket)
        self.socket.setblocking(False)
        self.socket.bind((address, port))

    def read(self, most: int = 65535) -> Awaitable[tuple[bytes, tuple[str, int]]]:
        """The next datagram, to be awaited, and where it came from, an (address, port). What is
        longer than `most` is cut."""
        yield asyncio.core._io_queue.queue_read(self.socket)
        return self.socket.recvfrom(most)

    def write(self, data: bytes | bytearray | memoryview, host: str, port: int) -> None:
        """Send one datagram from this port."""
        try:
            self.socket.sendto(data, (host, port))
        except OSError:
            self.ip.check(host)
            raise

    def close(self) -> None:
        self.socket.close()


def _family(address):
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def connect(ip: Ip) -> Udp:
    """UDP over `ip`."""
    _log.info("UDP layer connected on %s", ip)
    return Udp(ip)
