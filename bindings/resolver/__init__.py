"""What finds the hosts of a conduit's peers: addresses as they are, names by the DNS."""

from mirage import happy_eyeballs
from mirage.dns import Client, NotFound, servers_of
from mirage.dns.servers import is_address

if False:  # for type checkers
    from socket import socket

    from mirage.happy_eyeballs import HappyEyeballs
    from mirage.stack import Stack


class Resolver:
    """What `resolver_dns` in config.py gives to `start`."""

    def __init__(self, happy_eyeballs: HappyEyeballs, client: Client) -> None:
        self.happy_eyeballs = happy_eyeballs
        self.client = client

    async def resolve(self, host: str) -> list[str]:
        """The addresses of a host: those of IPv4, or else those of IPv6. Raises OSError."""
        if is_address(host):
            return [host]
        reasons = []
        for family, kind in (("v4", "A"), ("v6", "AAAA")):
            try:
                return await self.client.resolve(host, kind)
            except OSError as error:
                reasons.append("%s: %s" % (family, error.args[-1]))
        raise NotFound("name resolution failed: " + "; ".join(reasons))

    async def connected(self, host: str, port: int) -> socket:
        """A socket that is connected to `port` of the address of a host that answers first. Raises
        OSError."""
        return await self.happy_eyeballs.connected(host, port)


def connect(stack: Stack, servers: str | None) -> Resolver:
    """A resolver that asks `servers`, the value of `--resolver`, None for those that the network
    names. Raises ValueError."""
    eyes = happy_eyeballs.HappyEyeballs(stack)
    client = Client(stack, servers_of(servers))
    eyes.inject(client, spare=True)
    return Resolver(eyes, client)
