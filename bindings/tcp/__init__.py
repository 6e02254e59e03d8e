"""TCP over the addresses of a stack, as asyncio's streams."""

import asyncio
import asyncio.stream
import errno
import socket
import sys
from asyncio.stream import Server, Stream

import _args
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
        logged and closes its connection, or ends the unikernel (`--on-task-error`). Raises OSError
        if the port is taken."""

        async def serve(reader, writer):
            try:
                await callback(reader, writer)
            except Exception as error:
                if _args.get("--on-task-error") == "abort":
                    raise
                _log.error("connection from %s: %r", writer.get_extra_info("peername")[0], error)
                sys.print_exception(error)
            finally:
                await writer.wait_closed()

        listener = socket.socket(_family(address))
        self.ip.keep(listener)
        listener.setblocking(False)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen(BACKLOG)
        server = Server()
        server.task = asyncio.create_task(server._serve(listener, serve, None))
        await asyncio.sleep(0)  # its task is then there to be cancelled
        return server

    async def connect(
        self, host: str, port: int
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection to `port` of `host`: (reader, writer). The host is an address, or a name
        where the image has a client of the DNS. Raises OSError; OverflowError of what is no
        port."""
        find = asyncio.stream.connector
        if find and not is_address(host):
            return streams(await find(host, port, self))
        address, port = socket.getaddrinfo(host, port)[0][-1]  # no name gets as far
        return streams(await self.connected(address, port))

    async def connected(self, address: str, port: int) -> socket.socket:
        """A socket that is connected to `port` of an address, and does not block. Raises
        OSError."""
        await self.ip.ready(address)
        made = socket.socket(_family(address))
        try:
            self.ip.keep(made)
            made.setblocking(False)
            try:
                made.connect((address, port))
            except OSError as error:
                if error.errno != errno.EINPROGRESS:
                    raise
            await writable(made)
            made.send(b"")  # which raises what connecting failed with
        except BaseException:
            made.close()
            raise
        return made


def streams(connected: socket.socket) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connected socket as (reader, writer)."""
    stream = Stream(connected, {"peername": connected.getpeername()})
    return stream, stream


def writable(connected: socket.socket) -> Awaitable[None]:
    """Wait until a socket is connected, has room, or has failed. To be awaited."""
    yield asyncio.core._io_queue.queue_write(connected)


def is_address(host: str) -> bool:
    """Whether `host` is an address rather than a name, of which the last part is no number."""
    return ":" in host or host.rpartition(".")[2].isdigit()


def _family(address):
    return socket.AF_INET6 if ":" in address else socket.AF_INET


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
