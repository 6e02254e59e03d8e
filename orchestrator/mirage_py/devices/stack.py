"""UDP, TCP and the stack of all: guest packages `mirage.udp`, `mirage.tcp`, `mirage.stack`."""

from mirage_py.devices.ethernet import Arp, Ethernet, ethernet
from mirage_py.devices.ip import Ip, Ipv4, Ipv6, create_ipv4v6, ipv4v6
from mirage_py.devices.network import Network
from mirage_py.dsl import Impl, impl, typ

__all__ = [
    "Stack",
    "Tcp",
    "Udp",
    "direct_stackv4v6",
    "direct_tcp",
    "direct_udp",
    "stackv4v6",
    "tcpv4v6",
    "tcpv4v6_of_stackv4v6",
    "udpv4v6",
    "udpv4v6_of_stackv4v6",
]


class Udp:
    """UDP: datagrams."""


class Tcp:
    """TCP: connections."""


class Stack:
    """A TCP/IP stack: UDP and TCP over IPv4 and IPv6."""


udpv4v6 = typ(Udp)
tcpv4v6 = typ(Tcp)
stackv4v6 = typ(Stack)

_udp = impl(
    "udp", ipv4v6 >> udpv4v6, connect=lambda ip: f"mirage.udp.connect({ip})", imports=["mirage.udp"]
)
_tcp = impl(
    "tcp", ipv4v6 >> tcpv4v6, connect=lambda ip: f"mirage.tcp.connect({ip})", imports=["mirage.tcp"]
)
_stack = impl(
    "stack",
    ethernet >> ipv4v6 >> udpv4v6 >> tcpv4v6 >> stackv4v6,
    connect=lambda ethernet, ip, udp, tcp: f"mirage.stack.connect({ethernet}, {ip}, {udp}, {tcp})",
    imports=["mirage.stack"],
)
_udp_of_stack = impl("udp", stackv4v6 >> udpv4v6, connect=lambda stack: f"{stack}.udp")
_tcp_of_stack = impl("tcp", stackv4v6 >> tcpv4v6, connect=lambda stack: f"{stack}.tcp")


def direct_udp(ip: Impl[Ip]) -> Impl[Udp]:
    """UDP over IP."""
    return _udp(ip)


def direct_tcp(ip: Impl[Ip]) -> Impl[Tcp]:
    """TCP over IP."""
    return _tcp(ip)


def direct_stackv4v6(
    network: Impl[Network],
    ethernet: Impl[Ethernet],
    arp: Impl[Arp],
    v4: Impl[Ipv4],
    v6: Impl[Ipv6],
) -> Impl[Stack]:
    """The stack that is made of these devices, of one interface."""
    ip = create_ipv4v6(v4, v6)
    return _stack(ethernet, ip, direct_udp(ip), direct_tcp(ip))


def udpv4v6_of_stackv4v6(stack: Impl[Stack]) -> Impl[Udp]:
    """The stack's UDP."""
    return _udp_of_stack(stack)


def tcpv4v6_of_stackv4v6(stack: Impl[Stack]) -> Impl[Tcp]:
    """The stack's TCP."""
    return _tcp_of_stack(stack)
