"""IPv4 over Ethernet, with an address that is given or leased."""

import asyncio
import errno

import _dhcp
import _ipv4
import _net
from mirage import args, log
from mirage.net import text, until

if False:  # for type checkers
    from mirage.ethernet import Arp, Ethernet

_arp = log.source("ARP")
_routes = log.source("ipv4")
_log = log.source("dhcp_client")
_FIRST_LOG = 4  # seconds without an answer after which it is said: two tries
_RETRY_LOG = 60  # and again
_WATCH = 1  # seconds between two looks at a lease: lwIP counts its time in seconds
_HOST_NAME = 63  # bytes of a label (RFC 1035, 2.3.4)


class Ipv4:
    """The IPv4 address of an interface. ICMP echo requests (ping) are answered."""

    def __init__(self, ethernet: Ethernet, lease: "Lease | None" = None) -> None:
        self.ethernet = ethernet
        self.handle: int = ethernet.handle
        self.lease = lease
        """What DHCP gave, a `Lease`; None if the address is static, or the lease was lost."""
        self.task: asyncio.Task[None] | None = None

    @property
    def address(self) -> str:
        return _ipv4.address(self.handle)

    @property
    def prefix(self) -> int:
        """The length of the network's prefix."""
        return _ipv4.prefix(self.handle)

    @property
    def gateway(self) -> str | None:
        """Where packets for other networks go, or None."""
        return _ipv4.gateway(self.handle)

    def check(self, host: str) -> None:
        """OSError if there is no way to `host`, an IPv4 address."""
        if not _ipv4.has_route(self.handle, host):
            _routes.warning(
                "Write to %s would require an external route, which was not provided", host
            )
            raise OSError(errno.ENETUNREACH)

    async def reached(self, host: str) -> None:
        """Wait until the station that packets for `host` go to first has told its address."""
        await until(lambda: _ipv4.knows_station(self.handle, host))

    def __str__(self) -> str:
        return "%s/%d" % (self.address, self.prefix)


class Lease:
    """What a DHCP server gave."""

    def __init__(self, handle: int) -> None:
        self.address: str = _ipv4.address(handle)
        self.prefix: int = _ipv4.prefix(handle)
        gateway = _ipv4.gateway(handle)
        self.routers: list[str] = [gateway] if gateway else []
        self.servers: list[str] = [one for one in map(_net.name_server, range(4)) if one]
        """Name servers."""
        self.server: str = _dhcp.server(handle)
        self.seconds: int = _dhcp.seconds(handle)
        self.options: dict[int, bytes] = _options(handle)
        """Other options by code, as bytes (RFC 2132)."""


def _options(handle):
    buffer = bytearray(512)
    length = _dhcp.options(handle, buffer)
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
    try:
        _ipv4.set(ethernet.handle, address, int(prefix or 32), gateway or "")
    except ValueError as error:
        raise ValueError("%s%s: %s" % (cidr, " by " + gateway if gateway else "", error))
    return Ipv4(ethernet)


async def connect_dhcp(
    ethernet: Ethernet,
    arp: Arp,
    hostname: str = "",
    requests: bytes = b"",
    cidr: str | None = None,
    gateway: str | None = None,
    ipv6_only: bool = False,
) -> Ipv4 | None:
    """The address that a DHCP server gives, which is asked until it does; `cidr` is taken instead
    if it is given, and none if `ipv6_only`. The lease is renewed as long as the image runs; if that
    fails, the address is given up when it ends, and another asked for.

    The server is told `hostname`, by default the unikernel's name, and asked for the options whose
    codes are `requests`."""
    if ipv6_only:
        return None
    if cidr:
        return connect(ethernet, arp, cidr, gateway)
    handle = ethernet.handle
    _dhcp.start(handle, (hostname or args.name())[:_HOST_NAME], requests)
    seconds, waited = _FIRST_LOG, 0
    while True:
        try:
            await asyncio.wait_for(_leased(handle), seconds)
            break
        except TimeoutError:
            waited += seconds
            seconds = _RETRY_LOG
            what = "%s for %d s" % (ethernet.network.name, waited)
            if ignored := _dhcp.ignored(handle):
                what += "; %d offers without a lease time or a subnet mask are ignored" % ignored
            _log.warning("no DHCP server answers on %s", what)
    ipv4 = Ipv4(ethernet, _obtained(handle))
    ipv4.task = asyncio.create_task(_watch(ipv4))
    return ipv4


def lease(ipv4: Ipv4 | None) -> Lease | None:
    """The lease of an address, if it has one."""
    return ipv4.lease if ipv4 else None


def _obtained(handle):
    lease = Lease(handle)
    _log.info("Lease obtained! IP: %s, routers: %s", lease.address, ", ".join(lease.routers))
    return lease


async def _watch(ipv4):
    """Tell of a lease that was not renewed, and of the one that takes its place."""
    changes = _dhcp.changes(ipv4.handle)
    while True:
        await asyncio.sleep(_WATCH)
        if changes == _dhcp.changes(ipv4.handle):
            continue
        changes = _dhcp.changes(ipv4.handle)
        if ipv4.lease:
            _log.warning("Lease lost! IP: %s", ipv4.lease.address)
        ipv4.lease = _obtained(ipv4.handle) if _dhcp.has_lease(ipv4.handle) else None


async def _leased(handle):
    await until(lambda: _dhcp.has_lease(handle))
