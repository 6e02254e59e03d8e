"""What finds the peers of a conduit: guest package `mirage.resolver`."""

from collections.abc import Sequence
from typing import Any

from mirage_py.devices.servers import name_servers
from mirage_py.devices.stack import Stack, stackv4v6
from mirage_py.dsl import Impl, impl, runtime_arg, typ

__all__ = ["Resolver", "resolver", "resolver_dns", "resolver_unix_system"]


class Resolver:
    """Finds the addresses of hosts."""


resolver = typ(Resolver)

_system = impl(
    "resolver_unix_system",
    stackv4v6 >> resolver,
    connect=lambda stack: f"mirage.resolver.system.connect({stack})",
    imports=["mirage.resolver.system"],
    requires=["files", "sockets"],
)


def resolver_unix_system(stack: Impl[Stack]) -> Impl[Resolver]:
    """The resolver of the host, whose /etc/hosts and /etc/resolv.conf it reads when the image
    starts; it asks over `stack`. Only for the target unix."""
    return _system(stack)


def resolver_dns(
    stack: Impl[Stack], *, group: str | None = None, ns: Sequence[str] = ()
) -> Impl[Resolver]:
    """A resolver that takes addresses as they are, and names to the name servers of the boot
    argument `--resolver`, or else to those of `ns`, or else to those that DHCP or a router names.
    They are written as those of `generic_dns_client`."""
    servers: Any = name_servers("ns", ns)
    declared = impl(
        "resolver",
        stackv4v6 >> resolver,
        connect=lambda stack, servers: f"mirage.resolver.connect({stack}, {servers})",
        imports=["mirage.resolver"],
        runtime_args=[
            runtime_arg(
                "resolver", default=servers, docv="SERVER,…", group=group,
                doc="Name servers, as udp:ADDRESS[:PORT] or tcp:ADDRESS[:PORT].",
            )
        ],
    )  # fmt: skip
    return declared(stack)
