"""What config.py gives to `start`."""

from mirage.http.server import Server


class Http:
    """What `cohttp_server` gives: servers over a conduit."""

    def __init__(self, conduit):
        self.conduit = conduit

    async def listen(self, port, handler, *, tls=None, **limits):
        """Answer requests on a port from now on: the `Server`. `tls` is what the conduit takes for
        it, `limits` are those of `Server`. Raises OSError."""
        server = Server(handler, **limits)
        options = {"tls": tls} if tls is not None else {}
        await server.listen(port, self.conduit, **options)
        return server

    async def serve(self, handler, port=80, **options):
        """`listen`, and answer until the server is closed."""
        await (await self.listen(port, handler, **options)).wait_closed()


class HttpServer:
    """What `paf_server` gives: a server on one port."""

    def __init__(self, tcp, port):
        self.tcp = tcp
        self.port = port

    async def serve(self, handler, **limits):
        """Answer requests with what `handler` returns; `limits` are those of `Server`. Raises
        OSError."""
        await Server(handler, **limits).serve(self.port, self.tcp)
