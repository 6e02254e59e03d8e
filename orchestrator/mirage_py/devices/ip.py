"""IPv4, IPv6 and both: guest packages `mirage.ipv4`, `mirage.ipv6`, `mirage.stack`."""

from mirage_py.devices.ethernet import Arp, Ethernet, arpv4, ethernet
from mirage_py.dsl import Impl, impl, typ

__all__ = [
    "Ip",
    "Ipv4",
    "Ipv6",
    "create_ipv4",
    "create_ipv4v6",
    "create_ipv6",
    "ipv4",
    "ipv4_of_dhcp",
    "ipv4v6",
    "ipv4v6_of_ipv4",
    "ipv4v6_of_ipv6",
    "ipv6",
]

DEFAULT = "10.0.0.2/24"


class Ipv4:
    """IPv4 on one interface."""


class Ipv6:
    """IPv6 on one interface."""


class Ip:
    """IPv4, IPv6 or both on one interface."""


ipv4 = typ(Ipv4)
ipv6 = typ(Ipv6)
ipv4v6 = typ(Ip)


def create_ipv4(
    ethernet_: Impl[Ethernet], arp: Impl[Arp], *, address: str = DEFAULT, gateway: str | None = None
) -> Impl[Ipv4]:
    """IPv4 with a static `address`, such as 10.0.0.2/24, and a gateway to other networks."""
    declared = impl(
        "ipv4",
        ethernet >> arpv4 >> ipv4,
        connect=f"mirage.ipv4.connect({{0}}, {{1}}, {address!r}, {gateway!r})",
        imports=["mirage.ipv4"],
    )
    return declared(ethernet_, arp)


def ipv4_of_dhcp(ethernet_: Impl[Ethernet], arp: Impl[Arp], *, hostname: str = "") -> Impl[Ipv4]:
    """IPv4 with an address that a DHCP server gives; the image starts when it has one."""
    declared = impl(
        "dhcp_ipv4",
        ethernet >> arpv4 >> ipv4,
        connect=f"await mirage.ipv4.connect_dhcp({{0}}, {{1}}, {hostname!r})",
        imports=["mirage.ipv4"],
    )
    return declared(ethernet_, arp)


def create_ipv6(
    ethernet_: Impl[Ethernet],
    *,
    address: str | None = None,
    gateway: str | None = None,
    accept_router_advertisements: bool = True,
) -> Impl[Ipv6]:
    """IPv6 with a link-local address, those that routers announce, and a static one."""
    connect = f"{{0}}, {address!r}, {gateway!r}, {accept_router_advertisements!r}"
    declared = impl(
        "ipv6",
        ethernet >> ipv6,
        connect=f"await mirage.ipv6.connect({connect})",
        imports=["mirage.ipv6"],
    )
    return declared(ethernet_)


_both = impl(
    "ipv4v6",
    ipv4 >> ipv6 >> ipv4v6,
    connect="mirage.stack.connect_ip({0}, {1})",
    imports=["mirage.stack"],
)
_only_ipv4 = impl(
    "ipv4v6",
    ipv4 >> ipv4v6,
    connect="mirage.stack.connect_ip({0}, None)",
    imports=["mirage.stack"],
)
_only_ipv6 = impl(
    "ipv4v6",
    ipv6 >> ipv4v6,
    connect="mirage.stack.connect_ip(None, {0})",
    imports=["mirage.stack"],
)


def create_ipv4v6(v4: Impl[Ipv4], v6: Impl[Ipv6]) -> Impl[Ip]:
    """Both families on one interface."""
    return _both(v4, v6)


def ipv4v6_of_ipv4(v4: Impl[Ipv4]) -> Impl[Ip]:
    """IPv4 alone."""
    return _only_ipv4(v4)


def ipv4v6_of_ipv6(v6: Impl[Ipv6]) -> Impl[Ip]:
    """IPv6 alone."""
    return _only_ipv6(v6)
