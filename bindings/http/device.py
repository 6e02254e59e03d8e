"""What config.py gives to `start`."""

from mirage.http.client import Client
from mirage.http.server import Server

if False:  # for type checkers
    from typing import Any

    from mirage.conduit import Conduit
    from mirage.http.server import Handler
    from mirage.mimic import Mimic
    from mirage.resolver import Resolver
    from mirage.tcp import Tcp


class Http:
    """What `cohttp_server` gives: servers over a conduit."""

    def __init__(self, conduit: Conduit) -> None:
        self.conduit = conduit

    async def listen(
        self, port: int, handler: Handler, *, tls: None = None, **limits: Any
    ) -> Server:
        """Answer requests on a port from now on: the `Server`. `tls` is what the conduit takes for
        it, `limits` are those of `Server`. Raises OSError."""
        server = Server(handler, **limits)
        options = {"tls": tls} if tls is not None else {}
        await server.listen(port, self.conduit, **options)
        return server

    async def serve(self, handler: Handler, port: int = 80, **options: Any) -> None:
        """`listen`, and answer until the server is closed."""
        await (await self.listen(port, handler, **options)).wait_closed()


class HttpServer:
    """What `paf_server` gives: a server on one port."""

    def __init__(self, tcp: Tcp, port: int) -> None:
        self.tcp = tcp
        self.port = port

    async def serve(self, handler: Handler, **limits: Any) -> None:
        """Answer requests with what `handler` returns; `limits` are those of `Server`. Raises
        OSError."""
        await Server(handler, **limits).serve(self.port, self.tcp)


def client_of_conduit(resolver: Resolver, conduit: Conduit) -> Client:
    """What `cohttp_client` gives: a client over a conduit."""

    async def connect(host, port, *, server_hostname=None, ssl=None):
        return await conduit.connect(host, port, resolver=resolver, tls=ssl)

    return Client(connect=connect)


def client_of_mimic(tcp: Tcp, mimic: Mimic) -> Client:
    """What `paf_client` gives: a client over a mimic."""

    async def connect(host, port, *, server_hostname=None, ssl=None):
        return await mimic.connect(host, port, tls=ssl)

    return Client(connect=connect)
