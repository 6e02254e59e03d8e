"""Names: a client of the Domain Name System.

    address = await dns.gethostbyname("mirage.io")
    for preference, host in await dns.resolve("mirage.io", "MX"): ...

`dns` is a `Client`, what `generic_dns_client` in config.py gives to `start`. Where there is one,
`asyncio.open_connection` and `socket.getaddrinfo` take names, too.
"""

from mirage.dns.client import Client, NotFound
from mirage.dns.servers import Server, servers_of

if False:  # for type checkers
    from mirage.happy_eyeballs import HappyEyeballs
    from mirage.stack import Stack

__all__ = ["Client", "NotFound", "Server", "connect", "servers_of"]


def connect(
    stack: Stack, happy_eyeballs: HappyEyeballs, servers: str | None, timeout: int, size: int
) -> Client:
    """A client, by which `happy_eyeballs` finds names from now on. `servers` is the value of
    `--dns-servers`, None for those that the network names; `timeout` is in nanoseconds. Raises
    ValueError."""
    if timeout < 1:
        raise ValueError("--dns-timeout is a number from 1, not %d" % timeout)
    if size < 0:
        raise ValueError("--dns-cache-size is a number from 0, not %d" % size)
    milliseconds = max(1, timeout // 1_000_000)
    client = Client(stack, servers_of(servers), milliseconds=milliseconds, size=size)
    happy_eyeballs.inject(client)
    return client
