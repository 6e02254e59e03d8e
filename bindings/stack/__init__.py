"""A TCP/IP stack: one interface with IPv4, IPv6 or both, and UDP and TCP over them."""

import errno
import socket

from mirage import log

if False:  # for type checkers
    from mirage.ethernet import Ethernet
    from mirage.ipv4 import Ipv4
    from mirage.ipv6 import Ipv6
    from mirage.tcp import Tcp
    from mirage.udp import Udp

_log = log.source("tcpip-stack-direct")
_families = log.source("ip")


class Ip:
    """The addresses of an interface, of either family."""

    def __init__(self, ipv4: Ipv4 | None, ipv6: Ipv6 | None) -> None:
        self.ipv4 = ipv4
        """None if there is none."""
        self.ipv6 = ipv6
        """None if there is none."""

    async def reached(self, host: str) -> None:
        """Wait until the station that packets for `host`, an IPv4 address, go to first has told its
        address: until then what is sent waits inside."""
        if self.ipv4 and ":" not in host:
            await self.ipv4.reached(host)

    def check(self, host: str) -> None:
        """OSError if nothing can be sent to `host`, an address, and a log message why."""
        six = ":" in host
        if not (self.ipv6 if six else self.ipv4):
            _families.warning(
                "attempted to write an IPv%d packet in a v%d only stack",
                *((6, 4) if six else (4, 6)),
            )
            raise OSError(errno.ENETUNREACH)
        if not six:
            self.ipv4.check(host)

    async def ready(self, host: str) -> None:
        """Wait until something can be sent to `host`, an address: those of IPv6 are looked for on
        the link first. OSError if nothing ever can."""
        self.check(host)
        if ":" in host:
            await self.ipv6.settled()

    def keep(self, kept: socket.socket) -> None:
        """Let a socket send and be reached through this interface alone. Before it is bound or
        connected."""
        index = (self.ipv4 or self.ipv6).ethernet.index
        kept.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, index)

    def name_servers(self) -> list[str]:
        """The addresses of name servers that DHCP or a router has named."""
        return (self.ipv4 or self.ipv6).ethernet.name_servers()

    def __str__(self) -> str:
        return ", ".join(str(one) for one in (self.ipv4, self.ipv6) if one)


class Stack:
    """What `generic_stackv4v6` in config.py gives to `start`."""

    def __init__(self, ip: Ip, udp: Udp, tcp: Tcp) -> None:
        self.ip = ip
        self.udp = udp
        self.tcp = tcp


async def connect_ip(ipv4: Ipv4 | None, ipv6: Ipv6 | None) -> Ip:
    """Both families on one interface, or one; the other is None. Raises ValueError if both are.
    Where IPv6 is all there is, it waits until that can be used; OSError if it cannot."""
    if not (ipv4 or ipv6):
        raise ValueError("--ipv4-only and --ipv6-only leave nothing")
    if not ipv4:
        await ipv6.ready()
    return Ip(ipv4, ipv6)


def connect(ethernet: Ethernet, ip: Ip, udp: Udp, tcp: Tcp) -> Stack:
    """All of it as one."""
    _log.info("Dual TCP/IP stack assembled: mac=%s,ip=%s", ethernet, ip)
    return Stack(ip, udp, tcp)
