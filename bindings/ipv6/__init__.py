"""IPv6 over Ethernet: link-local, static and announced addresses (RFC 4862)."""

import asyncio

import _ipv6
from mirage import log
from mirage.net import until

if False:  # for type checkers
    from mirage.ethernet import Ethernet

_log = log.source("ipv6")
_NUMBERS = 3  # addresses of an interface (LWIP_IPV6_NUM_ADDRESSES)
_SEARCHED, _OURS, _ANOTHERS = 1, 2, 3


class Ipv6:
    """The IPv6 addresses of an interface. ICMPv6 echo requests (ping6) are answered."""

    def __init__(self, ethernet: Ethernet) -> None:
        self.ethernet = ethernet
        self.handle: int = ethernet.handle
        self.task: asyncio.Task[None] | None = None

    @property
    def addresses(self) -> list[str]:
        """Those that are known to be no other station's, the link-local one first."""
        return self._in_state(_OURS)

    async def settled(self) -> None:
        """Wait until it is known of each address whether another station has it."""
        await until(lambda: not self._in_state(_SEARCHED))

    async def ready(self) -> None:
        """Wait until no other station of the link has answered for an address: a second or two.
        OSError if all are others'."""
        await self.settled()
        if not self.addresses:
            raise OSError("IP6 not started, couldn't assign IP addresses")

    def _in_state(self, state):
        return [
            _ipv6.address(self.handle, number)
            for number in range(_NUMBERS)
            if _ipv6.state(self.handle, number) == state
        ]

    def __str__(self) -> str:
        return ", ".join(
            _ipv6.address(self.handle, number) + "/64"
            for number in range(_NUMBERS)
            if _ipv6.state(self.handle, number) in (_SEARCHED, _OURS)
        )


async def connect(
    ethernet: Ethernet,
    cidr: str | None = None,
    gateway: str | None = None,
    accept_router_advertisements: bool = True,
    ipv4_only: bool = False,
) -> Ipv6 | None:
    """A link-local address, and `cidr` if it is given: then it waits, for a second or two, until no
    other station has answered for it; the link-local address is not waited for. None if
    `ipv4_only`. Raises ValueError if `cidr` is no address of a network of 64 bits, and OSError if
    all addresses are others'."""
    if ipv4_only:
        return None
    _log.info("IP6: Starting")
    ipv6 = Ipv6(ethernet)
    _ipv6.enable(ethernet.handle, accept_router_advertisements)
    if cidr:
        address, _, prefix = cidr.partition("/")
        if prefix not in ("", "64"):
            raise ValueError("%s: an IPv6 network has 64 bits here, as in fd00::2/64" % cidr)
        try:
            _ipv6.add(ethernet.handle, address)
        except ValueError as error:
            raise ValueError("%s: %s" % (cidr, error))
    if gateway:
        _ipv6.set_gateway(ethernet.handle, gateway)
    if cidr:
        await _tell(ipv6)
    else:
        ipv6.task = asyncio.create_task(_told(ipv6))
    return ipv6


async def _tell(ipv6):
    await ipv6.settled()
    for address in ipv6._in_state(_ANOTHERS):
        _log.error("%s is the address of another station of the link", address)
    await ipv6.ready()
    _log.info("IP6: Started with %s", ", ".join(ipv6.addresses))


async def _told(ipv6):
    try:
        await _tell(ipv6)
    except OSError as error:
        _log.error("%s", error)
