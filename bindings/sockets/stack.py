"""The host's network as a stack: what `socket_stackv4v6` in config.py gives to `start`."""

from mirage import log, sockets
from mirage.stack import Stack
from mirage.tcp import Tcp
from mirage.udp import Udp

if False:  # for type checkers
    import socket

_log = log.source("tcpip-stack-socket")
_ANY, _ANY_IPV4 = "::", "0.0.0.0"  # noqa: S104 - any address is meant


class HostIp:
    """The addresses of the host, which it keeps to itself."""

    def __init__(self, address: str, *, ipv6_only: bool) -> None:
        self.ipv6_only = ipv6_only
        self.address = address
        """Where what is listened on is bound: `::` for all."""
        self.ipv4: None = None
        self.ipv6: None = None

    def check(self, host: str) -> None:
        """The host knows itself whether there is a way."""

    async def ready(self, host: str) -> None:
        """The host waits itself."""

    def keep(self, kept: socket.socket) -> None:
        """Let a socket be reached by these addresses alone."""
        kept.restrict(self.address, ipv6_only=self.ipv6_only)

    async def reached(self, host: str) -> None:
        """The host waits itself."""

    def name_servers(self) -> list[str]:
        """None: those of the host are in a file of its own."""
        return []

    def __str__(self) -> str:
        return self.address


def connect(
    ipv4: str | None = None,
    ipv6: str | None = None,
    ipv4_only: bool = False,
    ipv6_only: bool = False,
) -> Stack:
    """The sockets of the host. Those that are bound to no address listen on `ipv4` or `ipv6`, of
    which the length of a network may follow, or on all. Raises ValueError if they cannot."""
    address = _chosen(ipv4, ipv6, ipv4_only, ipv6_only)
    sockets.restrict(address, ipv6_only=ipv6_only)
    _log.info("Dual IPv4 and IPv6 socket stack: connect")
    ip = HostIp(address, ipv6_only=ipv6_only)
    return Stack(ip, Udp(ip), Tcp(ip))


def _chosen(ipv4, ipv6, ipv4_only, ipv6_only):
    if ipv4_only and ipv6_only:
        raise ValueError("--ipv4-only and --ipv6-only leave nothing")
    given = [one.partition("/")[0] for one in (ipv4, ipv6) if one]
    given = [one for one in given if one not in (_ANY_IPV4, _ANY)]
    if len(given) > 1:
        raise ValueError("a socket is bound to one address: give --ipv4 or --ipv6")
    if given and (ipv6_only if "." in given[0] else ipv4_only):
        raise ValueError("%s is of the family that is left out" % given[0])
    if given:
        return given[0]
    return _ANY_IPV4 if ipv4_only else _ANY
