"""Network devices: guest class `mirage.net.Network`."""

from mirage_py.dsl import Impl, impl, typ

__all__ = ["Network", "default_network", "netif", "network"]


class Network:
    """A network device: Ethernet frames."""


network = typ(Network)


def netif(name: str) -> Impl[Network]:
    """The network device that the tender attaches as `--net:NAME=INTERFACE`."""
    return impl(
        "net",
        network,
        connect=f"mirage.net.connect({name!r})",
        imports=["mirage.net"],
        attach=("net", name),
    )


default_network: Impl[Network] = netif("service")
"""The network device `service`."""
