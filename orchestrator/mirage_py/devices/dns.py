"""Clients of the Domain Name System: guest package `mirage.dns`."""

from collections.abc import Sequence
from typing import Any

from mirage_py.devices.happy_eyeballs import HappyEyeballs, happy_eyeballs
from mirage_py.devices.servers import name_servers
from mirage_py.devices.stack import Stack, stackv4v6
from mirage_py.dsl import Impl, impl, runtime_arg, typ

__all__ = ["DnsClient", "dns_client", "generic_dns_client"]

SECOND = 1_000_000_000


class DnsClient:
    """A client of the Domain Name System."""


dns_client = typ(DnsClient)


def generic_dns_client(
    stack: Impl[Stack],
    happy_eyeballs_: Impl[HappyEyeballs],
    *,
    group: str | None = None,
    timeout: int = 5 * SECOND,
    nameservers: Sequence[str] = (),
    cache_size: int = 32,
) -> Impl[DnsClient]:
    """A client of the name servers of the boot argument `--dns-servers`, or else of `nameservers`,
    or else of those that DHCP or a router names. Servers are written udp:10.0.0.1 or
    tcp:[fd00::1]:53. `timeout` is in nanoseconds, `cache_size` in answers: the defaults of
    `--dns-timeout` and `--dns-cache-size`. In a group they are `--GROUP-dns-servers` and so on.
    `happy_eyeballs_` finds names by it."""
    if timeout < 1 or cache_size < 0:
        raise ValueError("timeout is a number from 1, cache_size one from 0")
    section = "DNS"
    servers: Any = name_servers("nameservers", nameservers)
    declared = impl(
        "dns_client",
        stackv4v6 >> happy_eyeballs >> dns_client,
        connect=lambda *values: f"mirage.dns.connect({', '.join(values)})",
        imports=["mirage.dns"],
        runtime_args=[
            runtime_arg(
                "dns-servers", default=servers, docv="SERVER,…",
                doc="Name servers, as udp:ADDRESS[:PORT] or tcp:ADDRESS[:PORT].",
                section=section, group=group,
            ),
            runtime_arg(
                "dns-timeout", type=int, default=timeout, section=section, group=group,
                doc="Nanoseconds that a question may take.",
            ),
            runtime_arg(
                "dns-cache-size", type=int, default=cache_size, section=section, group=group,
                doc="How many answers are remembered.",
            ),
        ],
    )  # fmt: skip
    return declared(stack, happy_eyeballs_)
