"""Name servers, as boot arguments name them."""

import time

from mirage import log

_log = log.source("dns-client")
_PORT = 53
_SILENCE = 60_000  # milliseconds


class Server:
    """A name server: its address, its port, and whether it is asked over TCP."""

    def __init__(self, address: str, port: int = _PORT, tcp: bool = False) -> None:
        self.address = address
        self.port = port
        self.tcp = tcp

    def __str__(self) -> str:
        host = "[%s]" % self.address if ":" in self.address else self.address
        return "%s:%s:%d" % ("tcp" if self.tcp else "udp", host, self.port)


class Silence:
    """Which name servers did not answer when they were asked last, for a minute: a question asks
    them after the others."""

    def __init__(self) -> None:
        self._since = {}  # by what is written of a server

    def note(self, server: Server) -> None:
        """It did not answer, or it could not be asked."""
        self._since[str(server)] = time.ticks_ms()

    def forget(self, server: Server) -> None:
        """It answered."""
        self._since.pop(str(server), None)

    def last(self, servers: list[Server]) -> list[Server]:
        """The servers in their order, those of the silence behind the others."""
        silent = [server for server in servers if self._lasts(str(server))]
        return [server for server in servers if server not in silent] + silent

    def _lasts(self, server):
        since = self._since.get(server)
        return since is not None and time.ticks_diff(time.ticks_ms(), since) < _SILENCE


def servers_of(text: str | None) -> list[Server]:
    """The servers of a list such as `udp:10.0.0.1,tcp:[fd00::1]:5353`, whose addresses alone stand
    for UDP; none of None. If there is one of TCP, those of UDP are left out. Raises ValueError."""
    if not text:
        return []
    servers = [_server(one.strip()) for one in text.split(",")]
    connected = [one for one in servers if one.tcp]
    if connected and len(connected) < len(servers):
        _log.warning("servers over UDP are ignored, as there are others")
    return connected or servers


def _server(text):
    protocol, _, place = text.partition(":")
    if protocol == "tls":
        raise ValueError("name server %s: there is no TLS in this image" % text)
    if protocol not in ("udp", "tcp"):
        protocol, place = "udp", text
    address, port = _place(place)
    if not is_address(address) or not 0 < port < 65536:
        raise ValueError("not a name server (udp:10.0.0.1, tcp:[fd00::1]:53): " + text)
    return Server(address.lower(), port, protocol == "tcp")


def _place(text):
    """The address and port of `address`, `address:port` or `[address]:port`."""
    address, port = text, ""
    if text.startswith("["):
        address, _, port = text[1:].partition("]")
        if port and not port.startswith(":"):
            return "", 0
        port = port[1:]
    elif text.count(":") == 1:
        address, _, port = text.partition(":")
    if not port and not text.endswith(":"):
        return address, _PORT
    return address, int(port) if port.isdigit() else 0


def is_address(host: str) -> bool:
    """Whether `host` is an IPv4 or IPv6 address rather than a name."""
    if ":" in host:
        return all(letter in "0123456789abcdefABCDEF:." for letter in host.partition("%")[0])
    parts = host.split(".")
    return len(parts) == 4 and all(part.isdigit() and int(part) < 256 for part in parts)
