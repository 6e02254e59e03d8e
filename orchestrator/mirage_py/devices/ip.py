"""IPv4, IPv6 and both: guest packages `mirage.ipv4`, `mirage.ipv6`, `mirage.stack`."""

from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address, IPv4Interface
from typing import Any

from mirage_py.devices.ethernet import Arp, Ethernet, arpv4, ethernet
from mirage_py.dsl import Argument, Impl, impl, runtime_arg, typ
from mirage_py.dsl.errors.shapes import NotThis
from mirage_py.dsl.session import here, report

__all__ = [
    "Ip",
    "Ipv4",
    "Ipv6",
    "Lease",
    "create_ipv4",
    "create_ipv4v6",
    "create_ipv6",
    "dhcp_proj_lease",
    "ipv4",
    "ipv4_of_dhcp",
    "ipv4v6",
    "ipv4v6_of_ipv4",
    "ipv4v6_of_ipv6",
    "ipv6",
    "lease",
    "no_lease",
]

DEFAULT = "10.0.0.2/24"


class Ipv4:
    """IPv4 on one interface."""


class Ipv6:
    """IPv6 on one interface."""


class Lease:
    """What a DHCP server gave, or None."""


class Ip:
    """IPv4, IPv6 or both on one interface."""


ipv4 = typ(Ipv4)
ipv6 = typ(Ipv6)
lease = typ(Lease)
ipv4v6 = typ(Ip)


def argument(
    name: str, kind: Any, doc: str, group: str | None, default: Any = None
) -> Argument[Any]:
    """A boot argument of the network."""
    return runtime_arg(name, type=kind, default=default, doc=doc, section="NETWORK", group=group)


def check_gateway(address: object, gateway: object) -> None:
    """Report a gateway outside of the network of an address, as far as both are known: nobody would
    find it. In a network of one address it is elsewhere, as some clouds have it."""
    if not (isinstance(address, str) and isinstance(gateway, str)):
        return
    try:
        network = IPv4Interface(address).network
        outside = IPv4Address(gateway) not in network
    except ValueError:  # which the boot argument's type says
        return
    if outside and network.prefixlen < 32:
        hint = f"name a host of {network}, or the network that has {gateway}"
        report(NotThis("gateway", gateway, f"an address of {network}", here(), hint))


def create_ipv4(
    ethernet_: Impl[Ethernet],
    arp: Impl[Arp],
    *,
    group: str | None = None,
    address: str = DEFAULT,
    gateway: str | None = None,
) -> Impl[Ipv4]:
    """IPv4 with the static address of the boot argument `--ipv4`, which is `address` unless it is
    given, and with the gateway of `--ipv4-gateway`."""
    check_gateway(address, gateway)
    declared = impl(
        "ipv4",
        ethernet >> arpv4 >> ipv4,
        connect=lambda *values: f"mirage.ipv4.connect({', '.join(values)})",
        imports=["mirage.ipv4"],
        runtime_args=[
            argument("ipv4", "ipv4_prefix", "The IPv4 address, and its network.", group, address),
            argument("ipv4-gateway", "ipv4", "The way to other networks.", group, gateway),
            argument("ipv6-only", bool, "Leave IPv4 out.", group, False),
        ],
    )
    return declared(ethernet_, arp)


def codes(requests: Sequence[int]) -> Iterator[int]:
    """Those of `requests` that are codes of DHCP options; the rest is reported."""
    for code in requests:
        if code in range(1, 255):
            yield code
        else:
            what = "a list of codes of DHCP options"
            hint = "a code is a number, 1 to 254, as 42 for NTP servers (RFC 2132)"
            report(NotThis("requests", code, what, here(), hint))


def ipv4_of_dhcp(
    ethernet_: Impl[Ethernet],
    arp: Impl[Arp],
    *,
    group: str | None = None,
    hostname: str = "",
    requests: Sequence[int] = (),
) -> Impl[Ipv4]:
    """IPv4 with an address that a DHCP server gives; the image starts when it has one. If the boot
    argument `--ipv4` is given, it is the address, and DHCP is not asked.

    The server is told `hostname`, which is the unikernel's `--name` unless it is given, and is
    asked for the options of the codes `requests` (RFC 2132) beside the usual ones."""
    options = bytes(codes(requests))
    declared = impl(
        "dhcp_ipv4",
        ethernet >> arpv4 >> ipv4,
        connect=lambda link, arp, *more: (
            f"await mirage.ipv4.connect_dhcp({link}, {arp}, {hostname!r}, {options!r}, "
            f"{', '.join(more)})"
        ),
        imports=["mirage.ipv4"],
        runtime_args=[
            argument("ipv4", "ipv4_prefix", "An IPv4 address in place of a leased one.", group),
            argument("ipv4-gateway", "ipv4", "The way to other networks with it.", group),
            argument("ipv6-only", bool, "Leave IPv4 out.", group, False),
        ],
    )
    return declared(ethernet_, arp)


_lease = impl(
    "lease",
    ipv4 >> lease,
    connect=lambda v4: f"mirage.ipv4.lease({v4})",
    imports=["mirage.ipv4"],
)

no_lease: Impl[Lease] = impl("no_lease", lease, connect="None")
"""No lease: None."""


def dhcp_proj_lease(v4: Impl[Ipv4]) -> Impl[Lease]:
    """The lease of an IPv4 address, or None if it is static."""
    return _lease(v4)


def create_ipv6(
    ethernet_: Impl[Ethernet],
    *,
    group: str | None = None,
    address: str | None = None,
    gateway: str | None = None,
) -> Impl[Ipv6]:
    """IPv6 with a link-local address; that of the boot argument `--ipv6`, which is `address` unless
    it is given; and those that routers announce, unless `--accept-router-advertisements=false`.
    Packets for other networks go to `--ipv6-gateway` or to a router that announces itself."""
    declared = impl(
        "ipv6",
        ethernet >> ipv6,
        connect=lambda *values: f"await mirage.ipv6.connect({', '.join(values)})",
        imports=["mirage.ipv6"],
        runtime_args=[
            argument("ipv6", "ipv6_prefix", "An IPv6 address, and its network.", group, address),
            argument("ipv6-gateway", "ipv6", "The way to other networks.", group, gateway),
            argument(
                "accept-router-advertisements", bool, "Take what routers announce.", group, True
            ),
            argument("ipv4-only", bool, "Leave IPv6 out.", group, False),
        ],
    )
    return declared(ethernet_)


_both = impl(
    "ipv4v6",
    ipv4 >> ipv6 >> ipv4v6,
    connect=lambda v4, v6: f"await mirage.stack.connect_ip({v4}, {v6})",
    imports=["mirage.stack"],
)
_only_ipv4 = impl(
    "ipv4v6",
    ipv4 >> ipv4v6,
    connect=lambda v4: f"await mirage.stack.connect_ip({v4}, None)",
    imports=["mirage.stack"],
)
_only_ipv6 = impl(
    "ipv4v6",
    ipv6 >> ipv4v6,
    connect=lambda v6: f"await mirage.stack.connect_ip(None, {v6})",
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
