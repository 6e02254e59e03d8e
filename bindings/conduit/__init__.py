"""Connections by what is to run over them: plain TCP, and later TLS."""

from mirage.tcp import streams

if False:  # for type checkers
    from asyncio import Server, StreamReader, StreamWriter

    from mirage.resolver import Resolver
    from mirage.stack import Stack
    from mirage.tcp import Serve, Tcp


class Conduit:
    """What `conduit_direct` in config.py gives to `start`."""

    def __init__(self, tcp: Tcp) -> None:
        self.tcp = tcp

    async def listen(self, port: int, callback: Serve, *, tls: None = None) -> Server:
        """Accept connections to `port`, each of which `await callback(reader, writer)` serves.
        Returns asyncio's server. Raises OSError if the port is taken."""
        _plain(tls)
        return await self.tcp.listen(port, callback)

    async def connect(
        self, host: str, port: int, *, resolver: Resolver | None = None, tls: None = None
    ) -> tuple[StreamReader, StreamWriter]:
        """A connection to `port` of `host`: (reader, writer). The host is an address, or a name
        that `resolver` finds. Raises OSError."""
        _plain(tls)
        if resolver is None:
            return await self.tcp.connect(host, port)
        return streams(await resolver.connected(host, port))


def _plain(tls):
    if tls is not None:
        raise NotImplementedError("there is no TLS in this image")


def connect(stack: Stack) -> Conduit:
    """Connections of a stack."""
    return Conduit(stack.tcp)
