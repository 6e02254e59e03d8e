"""IPv4 over Ethernet, with an address that is given or leased."""

import asyncio

import _net
from mirage import log
from mirage.net import text, until

if False:  # for type checkers
    from mirage.ethernet import Arp, Ethernet

_arp = log.source("ARP")
_dhcp = log.source("dhcp_client")
_RETRY_LOG = 10  # seconds without an answer after which it is said again


class Ipv4:
    """The IPv4 address of an interface. ICMP echo requests (ping) are answered."""

    def __init__(self, ethernet: Ethernet, lease: "Lease | None" = None) -> None:
        self.ethernet = ethernet
        self.handle: int = ethernet.handle
        self.lease = lease
        """What DHCP gave, a `Lease`; None if the address is static."""

    @property
    def address(self) -> str:
        return _net.ipv4(self.handle)

    @property
    def prefix(self) -> int:
        """The length of the network's prefix."""
        return _net.ipv4_prefix(self.handle)

    @property
    def gateway(self) -> str | None:
        """Where packets for other networks go, or None."""
        return _net.ipv4_gateway(self.handle)

    def __str__(self) -> str:
        return "%s/%d" % (self.address, self.prefix)


class Lease:
    """What a DHCP server gave."""

    def __init__(self, handle: int) -> None:
        self.address: str = _net.ipv4(handle)
        self.prefix: int = _net.ipv4_prefix(handle)
        gateway = _net.ipv4_gateway(handle)
        self.routers: list[str] = [gateway] if gateway else []
        self.servers: list[str] = [one for one in map(_net.name_server, range(4)) if one]
        """Name servers."""
        self.server: str = _net.lease_server(handle)
        self.seconds: int = _net.lease_time(handle)
        self.options: dict[int, bytes] = _options(handle)
        """Other options by code, as bytes (RFC 2132)."""


def _options(handle):
    buffer = bytearray(512)
    length = _net.lease_options(handle, buffer)
    options = {}
    at = 0
    while at < length:
        code, size = buffer[at], buffer[at + 1]
        options[code] = bytes(buffer[at + 2 : at + 2 + size])
        at += 2 + size
    return options


def connect(
    ethernet: Ethernet,
    arp: Arp,
    cidr: str = "10.0.0.2/24",
    gateway: str | None = None,
    ipv6_only: bool = False,
) -> Ipv4 | None:
    """The static address `cidr`, such as 10.0.0.2/24, announced to the neighbours; None if
    `ipv6_only`. Raises ValueError if it is no address."""
    if ipv6_only:
        return None
    address, _, prefix = cidr.partition("/")
    _arp.info("Sending gratuitous ARP for %s (%s)", address, text(ethernet.mac))
    _net.set_ipv4(ethernet.handle, address, int(prefix or 32), gateway or "")
    return Ipv4(ethernet)


async def connect_dhcp(
    ethernet: Ethernet,
    arp: Arp,
    hostname: str = "",
    cidr: str | None = None,
    gateway: str | None = None,
    ipv6_only: bool = False,
) -> Ipv4 | None:
    """The address that a DHCP server gives, which is asked until it does; `cidr` is taken instead
    if it is given, and none if `ipv6_only`. The lease is renewed as long as the image runs."""
    if ipv6_only:
        return None
    if cidr:
        return connect(ethernet, arp, cidr, gateway)
    handle = ethernet.handle
    _net.start_dhcp(handle, hostname)
    while True:
        try:
            await asyncio.wait_for(_leased(handle), _RETRY_LOG)
            break
        except TimeoutError:
            _dhcp.warning("no answer for %d seconds on %s", _RETRY_LOG, ethernet.network.name)
    lease = Lease(handle)
    _dhcp.info("Lease obtained! IP: %s, routers: %s", lease.address, ", ".join(lease.routers))
    return Ipv4(ethernet, lease)


async def _leased(handle):
    await until(lambda: _net.has_lease(handle))
