"""TCP over the addresses of a stack, as asyncio's streams."""

import asyncio
import socket
import sys

from mirage import log

if False:  # for type checkers
    from collections.abc import Awaitable, Callable

    from mirage.stack import Ip

    Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[object]]

_log = log.source("tcp.pcb")
BACKLOG = 128


class Tcp:
    """Connections."""

    def __init__(self, ip: Ip) -> None:
        self.ip = ip

    async def listen(self, port: int, callback: Serve, address: str = "") -> asyncio.Server:
        """Accept connections to `port`, each of which `await callback(reader, writer)` serves; to
        `address` alone if it is given. Returns asyncio's server. An exception of the callback is
        logged and closes its connection. Raises OSError if the port is taken."""

        async def serve(reader, writer):
            try:
                await callback(reader, writer)
            except Exception as error:
                _log.error("connection from %s: %r", writer.get_extra_info("peername")[0], error)
                sys.print_exception(error)
            finally:
                await writer.wait_closed()

        return await asyncio.start_server(serve, address, port, BACKLOG)

    async def connect(
        self, host: str, port: int
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection to `port` of `host`, an address: (reader, writer). Raises OSError."""
        reader, writer = await asyncio.open_connection(host, port)
        error = _failure(writer.s)
        if error:
            await writer.wait_closed()
            raise OSError(error)
        return reader, writer


def _failure(connected):
    """The errno with which a socket that was to be connected failed, 0 if it did not."""
    try:
        connected.send(b"")
    except OSError as error:
        return error.errno
    return 0


def keep_alive(
    stream: asyncio.StreamReader | asyncio.StreamWriter,
    idle: int = 60,
    interval: int = 10,
    probes: int = 6,
) -> None:
    """Ask a silent peer after `idle` seconds whether it is there, then each `interval`; without an
    answer to `probes` the connection fails."""
    stream.s.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, value in (
        (socket.TCP_KEEPIDLE, idle),
        (socket.TCP_KEEPINTVL, interval),
        (socket.TCP_KEEPCNT, probes),
    ):
        stream.s.setsockopt(socket.IPPROTO_TCP, option, value)


async def write_eof(writer: asyncio.StreamWriter) -> None:
    """Tell the peer that nothing more comes, after what was written; it may still send."""
    await writer.drain()
    writer.s.shutdown(socket.SHUT_WR)


def connect(ip: Ip) -> Tcp:
    """TCP over `ip`."""
    _log.info("TCP layer connected on %s", ip)
    return Tcp(ip)
