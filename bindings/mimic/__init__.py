"""Connections of clients to names and addresses, whatever runs under them: TCP, and later TLS."""

if False:  # for type checkers
    from asyncio import StreamReader, StreamWriter

    from mirage.dns import Client
    from mirage.happy_eyeballs import HappyEyeballs
    from mirage.stack import Stack


class Mimic:
    """What `mimic_happy_eyeballs` in config.py gives to `start`."""

    def __init__(self, happy_eyeballs: HappyEyeballs) -> None:
        self.happy_eyeballs = happy_eyeballs

    async def connect(
        self, host: str, port: int, *, tls: None = None
    ) -> tuple[StreamReader, StreamWriter]:
        """A connection to `port` of `host`, a name or an address: (reader, writer). Raises
        OSError."""
        if tls is not None:
            raise NotImplementedError("there is no TLS in this image")
        return await self.happy_eyeballs.connect(host, port)


def connect(stack: Stack, happy_eyeballs: HappyEyeballs, client: Client) -> Mimic:
    """Connections by `happy_eyeballs`, which finds names by `client`."""
    happy_eyeballs.inject(client)
    return Mimic(happy_eyeballs)
