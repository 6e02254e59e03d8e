"""Connections to names, over IPv6 or IPv4, whichever works first (RFC 8305).

`generic_happy_eyeballs` in config.py gives a `HappyEyeballs`, which finds names once there is a
client of the DNS; `asyncio.open_connection` and `socket.getaddrinfo` take names from then on.
"""

import asyncio.stream

import _hooks
from mirage.dns.servers import is_address
from mirage.happy_eyeballs.race import Race
from mirage.happy_eyeballs.search import Search
from mirage.tcp import streams

if False:  # for type checkers
    from socket import socket

    from mirage.dns import Client
    from mirage.stack import Stack
    from mirage.tcp import Tcp


class HappyEyeballs:
    """Makes connections. Times are in milliseconds.

    aaaa_timeout     how long IPv4 addresses that are known wait for IPv6 ones
    connect_delay    between the starts of two attempts
    connect_timeout  until there is a connection, or none
    resolve_timeout  until there is an address
    """

    def __init__(
        self,
        stack: Stack,
        *,
        aaaa_timeout: int = 50,
        connect_delay: int = 250,
        connect_timeout: int = 10_000,
        resolve_timeout: int = 3000,
    ) -> None:
        self.stack = stack
        self.aaaa_timeout = aaaa_timeout
        self.connect_delay = connect_delay
        self.connect_timeout = connect_timeout
        self.resolve_timeout = resolve_timeout
        self._client = None

    def inject(self, client: Client, *, spare: bool = False) -> None:
        """Find names by `client` from now on, those that asyncio and socket are given, too; if it
        is `spare`, these only as long as no other client finds them."""
        self._client = client
        if not (spare and asyncio.stream.connector):
            asyncio.stream.connector = self.connected
            _hooks.set_resolver(client.getaddrinfo_here)

    async def connect(
        self, host: str, port: int
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection to `port` of `host`, a name or an address: (reader, writer). Raises
        OSError."""
        return streams(await self.connected(host, port))

    async def connected(self, host: str, port: int, tcp: Tcp | None = None) -> socket:
        """A socket that is connected to `port` of `host`, and does not block; over `tcp`, if that
        is given. Raises OSError."""
        tcp = tcp or self.stack.tcp
        race = Race(tcp.connected, port, self.connect_delay)
        if is_address(host):
            race.add([host])
            return await self._run(race)
        if self._client is None:
            raise _hooks.gaierror(-2, host + ": no DNS client in this image")
        kinds = self._kinds(tcp.ip)
        search = Search(race, self._client, host, kinds, self.aaaa_timeout, self.resolve_timeout)
        try:
            return await self._run(race)
        except OSError:
            if race.tried:
                raise
            raise search.failure() from None
        finally:
            search.stop()

    def _kinds(self, ip):
        """The records that lead to addresses which a stack can reach: all, where it does not say
        what its own are."""
        kinds = [kind for kind, there in (("AAAA", ip.ipv6), ("A", ip.ipv4)) if there]
        return kinds or ["AAAA", "A"]

    async def _run(self, race):
        try:
            return await asyncio.wait_for_ms(race.run(), self.connect_timeout)
        except TimeoutError:
            raise TimeoutError("connection timeout") from None


def connect(
    stack: Stack,
    aaaa_timeout: int,
    connect_delay: int,
    connect_timeout: int,
    resolve_timeout: int,
    resolve_retries: int,
    timer_interval: int,
) -> HappyEyeballs:
    """What makes connections over `stack`. Times are in nanoseconds, as boot arguments have them.
    MirageOS looks every `timer_interval` whether it is time for an attempt; here a timer tells."""
    return HappyEyeballs(
        stack,
        aaaa_timeout=_milliseconds(aaaa_timeout),
        connect_delay=_milliseconds(connect_delay),
        connect_timeout=_milliseconds(connect_timeout),
        resolve_timeout=_milliseconds(resolve_timeout) * max(1, resolve_retries),
    )


def _milliseconds(nanoseconds):
    return max(1, nanoseconds // 1_000_000)
