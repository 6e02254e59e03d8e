"""A TCP/IP stack of a kind that keys and the target choose."""

from collections.abc import Sequence
from typing import Literal

from mirage_py.devices.ethernet import arp, ethif
from mirage_py.devices.ip import (
    DEFAULT,
    Lease,
    create_ipv4,
    create_ipv6,
    dhcp_proj_lease,
    ipv4_of_dhcp,
    no_lease,
)
from mirage_py.devices.network import Network
from mirage_py.devices.sockets import socket_stackv4v6
from mirage_py.devices.stack import Stack, direct_stackv4v6
from mirage_py.dsl import Impl, combine, key, match_impl, provides

__all__ = ["generic_stackv4v6", "generic_stackv4v6_with_lease"]

RULE = """\
sockets  with `--net=host` or `--net=socket`: the sockets of the host, where the target has such
dhcp     else with `--dhcp`: a stack in the image, its IPv4 address by DHCP unless `--ipv4` is given
sockets  else without `--net`, where the target has such
static   else: a stack in the image, its IPv4 address that of `--ipv4`"""
"""Keys and arguments of a group have its name before theirs."""


def stack_kind(
    net: str | None, dhcp: bool, no_dhcp: bool, sockets: bool
) -> Literal["sockets", "dhcp", "static"]:
    """The first line of RULE that holds."""
    if net in ("host", "socket"):
        return "sockets"
    if dhcp and not no_dhcp:
        return "dhcp"
    return "sockets" if sockets and net is None else "static"


def generic_stackv4v6(
    network: Impl[Network],
    *,
    group: str | None = None,
    ipv4_network: str = DEFAULT,
    ipv4_gateway: str | None = None,
    ipv6_network: str | None = None,
    ipv6_gateway: str | None = None,
) -> Impl[Stack]:
    """A stack. It is the sockets of the host with the key `--net=host`, and where the target has
    such, which is `unix`, also without it. Else, so with `--net=direct`, it is one on `network`,
    whose IPv4 address is one that a DHCP server gives, with the key `--dhcp`, or that of the boot
    argument `--ipv4`, which is `ipv4_network` unless it is given; of IPv6 it has what `create_ipv6`
    says. In a `group`, keys and arguments are `--GROUP-net`, `--GROUP-ipv4` and so on."""
    return generic_stackv4v6_with_lease(
        network,
        group=group,
        ipv4_network=ipv4_network,
        ipv4_gateway=ipv4_gateway,
        ipv6_network=ipv6_network,
        ipv6_gateway=ipv6_gateway,
    )[0]


def generic_stackv4v6_with_lease(
    network: Impl[Network],
    *,
    group: str | None = None,
    dhcp_requests: Sequence[int] = (),
    ipv4_network: str = DEFAULT,
    ipv4_gateway: str | None = None,
    ipv6_network: str | None = None,
    ipv6_gateway: str | None = None,
) -> tuple[Impl[Stack], Impl[Lease]]:
    """The same, and the lease, which is None unless a DHCP server gave the address. It is asked for
    the options of the codes `dhcp_requests` (RFC 2132) as well."""
    net = key(
        "--net",
        choices=["host", "socket", "direct", "ocaml"],
        group=group,
        doc="Whose TCP/IP it is: the host's (host or socket), or the image's (direct or ocaml).",
    )
    dhcp = key("--dhcp", flag=True, doc="Ask a DHCP server for the IPv4 address.", group=group)
    no_dhcp = key("--no-dhcp", flag=True, doc="Ask none: the default.", group=group)
    kind = combine(stack_kind, net, dhcp, no_dhcp, provides("sockets"))
    link = ethif(network)
    neighbours = arp(link)
    leased = ipv4_of_dhcp(link, neighbours, group=group, requests=dhcp_requests)
    static = create_ipv4(link, neighbours, group=group, address=ipv4_network, gateway=ipv4_gateway)
    v6 = create_ipv6(link, group=group, address=ipv6_network, gateway=ipv6_gateway)
    stack = match_impl(
        kind,
        [
            ("sockets", socket_stackv4v6(group=group)),
            ("dhcp", direct_stackv4v6(network, link, neighbours, leased, v6)),
        ],
        default=direct_stackv4v6(network, link, neighbours, static, v6),
        doc=RULE.replace("--", f"--{group}-") if group else RULE,
    )
    lease = match_impl(kind, [("dhcp", dhcp_proj_lease(leased))], default=no_lease)
    return stack, lease
