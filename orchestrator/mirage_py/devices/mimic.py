"""Connections of clients: guest package `mirage.mimic`."""

from mirage_py.devices.dns import DnsClient, dns_client
from mirage_py.devices.happy_eyeballs import HappyEyeballs, happy_eyeballs
from mirage_py.devices.stack import Stack, stackv4v6
from mirage_py.dsl import Impl, impl, typ

__all__ = ["Mimic", "mimic", "mimic_happy_eyeballs"]


class Mimic:
    """Connections to names and addresses, whatever runs under them."""


mimic = typ(Mimic)

_over_happy_eyeballs = impl(
    "mimic",
    stackv4v6 >> happy_eyeballs >> dns_client >> mimic,
    connect=lambda stack, eyes, client: f"mirage.mimic.connect({stack}, {eyes}, {client})",
    imports=["mirage.mimic"],
)


def mimic_happy_eyeballs(
    stack: Impl[Stack], happy_eyeballs: Impl[HappyEyeballs], dns_client: Impl[DnsClient]
) -> Impl[Mimic]:
    """Connections over `stack` by `happy_eyeballs`, which finds names by `dns_client`."""
    return _over_happy_eyeballs(stack, happy_eyeballs, dns_client)
