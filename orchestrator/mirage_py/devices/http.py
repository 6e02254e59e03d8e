"""HTTP servers and clients: guest package `mirage.http`."""

from mirage_py.devices.conduit import Conduit, conduit
from mirage_py.devices.mimic import Mimic, mimic
from mirage_py.devices.resolver import Resolver, resolver
from mirage_py.devices.stack import Tcp, tcpv4v6
from mirage_py.dsl import Argument, Impl, impl, typ
from mirage_py.dsl.errors.shapes import NotThis
from mirage_py.dsl.session import here, report

__all__ = [
    "AlpnClient",
    "Http",
    "HttpClient",
    "HttpServer",
    "alpn_client",
    "cohttp_client",
    "cohttp_server",
    "http",
    "http_client",
    "http_server",
    "httpaf_server",
    "paf_client",
    "paf_server",
]


class Http:
    """An HTTP server: it listens on the ports that it is told at run time."""


class HttpServer:
    """An HTTP server on one port."""


class HttpClient:
    """An HTTP client."""


class AlpnClient:
    """An HTTP client that agrees with servers on the version of HTTP: on HTTP/1.1, here."""


http = typ(Http)
http_server = typ(HttpServer)
http_client = typ(HttpClient)
alpn_client = typ(AlpnClient)

_over_conduit = impl(
    "http",
    conduit >> http,
    connect=lambda conduit: f"mirage.http.Http({conduit})",
    imports=["mirage.http"],
)

_client_over_conduit = impl(
    "http_client",
    resolver >> conduit >> http_client,
    connect=lambda resolver, conduit: f"mirage.http.client_of_conduit({resolver}, {conduit})",
    imports=["mirage.http"],
)
_client_over_mimic = impl(
    "alpn_client",
    tcpv4v6 >> mimic >> alpn_client,
    connect=lambda tcp, mimic: f"mirage.http.client_of_mimic({tcp}, {mimic})",
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
    if not isinstance(port, Argument) and port not in range(1, 65536):
        what, hint = "a port or a boot argument", "write a number from 1 to 65535"
        report(NotThis("port", port, what, here(), hint))
    declared = impl(
        "http_server",
        tcpv4v6 >> http_server,
        connect=lambda tcp, at=port: f"mirage.http.HttpServer({tcp}, {at})",
        imports=["mirage.http"],
        runtime_args=[port] if isinstance(port, Argument) else [],
    )
    return declared(tcp)


def cohttp_client(resolver: Impl[Resolver], conduit: Impl[Conduit]) -> Impl[HttpClient]:
    """An HTTP client over a conduit, whose servers `resolver` finds."""
    return _client_over_conduit(resolver, conduit)


def paf_client(tcp: Impl[Tcp], mimic: Impl[Mimic]) -> Impl[AlpnClient]:
    """An HTTP client over what `mimic` connects."""
    return _client_over_mimic(tcp, mimic)
