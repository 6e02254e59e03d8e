"""HTTP servers: guest package `mirage.http`."""

from mirage_py.devices.conduit import Conduit, conduit
from mirage_py.devices.stack import Tcp, tcpv4v6
from mirage_py.dsl import Argument, Impl, impl, typ

__all__ = [
    "Http",
    "HttpServer",
    "cohttp_server",
    "http",
    "http_server",
    "httpaf_server",
    "paf_server",
]


class Http:
    """An HTTP server: it listens on the ports that it is told at run time."""


class HttpServer:
    """An HTTP server on one port."""


http = typ(Http)
http_server = typ(HttpServer)

_over_conduit = impl(
    "http",
    conduit >> http,
    connect=lambda conduit: f"mirage.http.Http({conduit})",
    imports=["mirage.http"],
)


def cohttp_server(conduit: Impl[Conduit]) -> Impl[Http]:
    """An HTTP server over a conduit."""
    return _over_conduit(conduit)


def httpaf_server(conduit: Impl[Conduit]) -> Impl[Http]:
    """The same as `cohttp_server`: there is one HTTP/1.1 here."""
    return _over_conduit(conduit)


def paf_server(tcp: Impl[Tcp], *, port: int | Argument[int] = 80) -> Impl[HttpServer]:
    """An HTTP server on `port`, a number or a boot argument."""
    declared = impl(
        "http_server",
        tcpv4v6 >> http_server,
        connect=lambda tcp, at=port: f"mirage.http.HttpServer({tcp}, {at})",
        imports=["mirage.http"],
        runtime_args=[port] if isinstance(port, Argument) else [],
    )
    return declared(tcp)
