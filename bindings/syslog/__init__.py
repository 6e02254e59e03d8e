"""Log messages sent to a syslog server (RFC 3164), in place of the console: what `syslog_udp` and
`syslog_tcp` in config.py make.

A message is sent where it is logged, unless the network does not take it at once: then it waits in
a queue. What the queue has no room for is lost, and the server is told how many were. What goes
wrong with all this is said on the console.
"""

import asyncio
import asyncio.core
import socket

from mirage import args, hooks, log

if False:  # for type checkers
    from mirage.stack import Stack

LIMIT = 65536
"""Bytes of messages that may wait."""

_FACILITY = 3 << 3  # "system daemons", RFC 3164, section 4.1.1
_SEVERITIES = (6, 6, 3, 4, 6, 7)  # of the levels of mirage.log: quiet, app, error, ...
_MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec"
_CONNECT = 10  # seconds after which a server that does not answer is not there
_RETRY, _MOST_RETRY = 1, 30  # seconds
_FLUSH = 2  # seconds that messages may put off the end of the unikernel

_log = log.source("syslog")


class Syslog:
    """Log messages on their way to a server, over UDP: a datagram each."""

    most: int = 65507
    """Bytes of the longest message that can be sent: those of a datagram over IPv4."""

    def __init__(self, stack: Stack, host: str, port: int, truncate: int | None) -> None:
        self.stack = stack
        self.host = host
        self.port = port
        cut = bool(truncate) and 0 < truncate < self.most
        self.truncate: int = truncate if cut else self.most
        """Bytes of a message that are sent."""
        self.lost = 0
        """Messages that were lost and that the server does not know of."""
        self._waiting = []
        self._size = 0
        self._task = None
        self._socket = None
        self._failed = ""

    def report(self, source: str, level: int, message: str) -> None:
        """Send a message: the reporter of `mirage.log`."""
        text = record(source, level, message).encode()
        self._wait(self._framed(text[: self.truncate]))
        if not self._task and not self._send():
            self._task = asyncio.create_task(self._send_later())

    def _wait(self, framed):
        if self._size + len(framed) > LIMIT:
            self.lost += 1
            return
        self._waiting.append(framed)
        self._size += len(framed)

    def _send(self):
        """Whether the network has taken all that waits."""
        while self._waiting:
            if not self._take(self._waiting[0]):
                return False
            self._size -= len(self._waiting.pop(0))
            if self.lost:
                text = record("syslog", log.WARNING, "%d messages were lost" % self.lost)
                self.lost = 0
                self._wait(self._framed(text.encode()))
        return True

    async def _send_later(self):
        while not self._send():
            await asyncio.sleep(_RETRY)
        self._task = None

    async def flush(self) -> None:
        """Wait until all that was logged has left, but not for long."""
        try:
            await asyncio.wait_for(self._left(), _FLUSH)
        except (OSError, TimeoutError):
            self._say("some messages were not sent")

    def _say(self, what):
        log.console("syslog", log.ERROR, "%s:%d: %s" % (self.host, self.port, what))

    # Over UDP.

    def _framed(self, text):
        return text

    def _take(self, framed):
        """Whether the network has taken it."""
        if not self._socket:
            family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
            self._socket = socket.socket(family, socket.SOCK_DGRAM)
        try:
            self._socket.sendto(framed, (self.host, self.port))
        except OSError as error:
            if self._failed != repr(error):  # once, however often it is tried again
                self._failed = repr(error)
                self._say(self._failed)
            return False
        self._failed = ""
        return True

    async def _left(self):
        await self._send_later()
        await self.stack.ip.reached(self.host)


class Connected(Syslog):
    """Log messages on their way to a server, over TCP: each with a zero byte behind it."""

    most: int = LIMIT - 1

    def __init__(self, stack: Stack, host: str, port: int, truncate: int | None) -> None:
        Syslog.__init__(self, stack, host, port, truncate)
        self.keeper: asyncio.Task[None] | None = None
        self._stream = None
        self._taken = 0  # bytes of the first message that waits

    async def connect(self) -> None:
        """Raises OSError."""
        opening = self.stack.tcp.connect(self.host, self.port)
        try:
            self._stream, _ = await asyncio.wait_for(opening, _CONNECT)
        except OSError as error:
            raise OSError("%s:%d: %s" % (self.host, self.port, str(error) or "timed out")) from None
        self._taken = 0

    async def keep(self) -> None:
        """Connect again whenever the connection ends."""
        while True:
            self._say("%s, reconnecting" % await _end(self._stream))
            if self._task:  # it waits for room on a connection that is no more
                self._task.cancel()
                self._task = None
            self._stream.s.close()
            self._stream = None
            await self._reconnect()
            self._say("reconnected")
            self._task = asyncio.create_task(self._send_later())

    async def _reconnect(self):
        seconds = _RETRY
        while not self._stream:
            try:
                await self.connect()
            except OSError:
                await asyncio.sleep(seconds)
                seconds = min(2 * seconds, _MOST_RETRY)

    def _framed(self, text):
        return text.replace(b"\0", b" ") + b"\0"

    def _take(self, framed):
        if not self._stream:
            return False
        try:
            taken = self._stream.s.write(memoryview(framed)[self._taken :])
        except OSError:  # `keep` knows
            return False
        self._taken += taken or 0
        if self._taken < len(framed):
            return False
        self._taken = 0
        return True

    async def _send_later(self):
        while self._stream and not self._send():
            await self._writable()
        self._task = None

    def _writable(self):
        yield asyncio.core._io_queue.queue_write(self._stream.s)

    async def _left(self):
        await self._send_later()
        if self._waiting:
            raise OSError("not connected")
        self._stream.s.shutdown(socket.SHUT_WR)
        await _end(self._stream)  # the server has all of it


async def _end(stream):
    """Wait for the end of a connection, and why it is."""
    try:
        while await stream.read(256):
            pass
        return "closed by the server"
    except OSError as error:
        return repr(error)


def record(source: str, level: int, message: str) -> str:
    """A message as RFC 3164 writes it, section 4.1; the host is the unikernel's name."""
    _, month, day, hour, minute, second = log.local_time()
    return "<%d>%s %2d %02d:%02d:%02d %s %s: %s" % (
        _FACILITY | _SEVERITIES[level],
        _MONTHS[3 * month - 3 : 3 * month], day, hour, minute, second,
        args.name(), source, message,
    )  # fmt: skip


def connect_udp(stack: Stack, host: str | None, port: int, truncate: int | None) -> Syslog | None:
    """Send log messages to that server from now on, cut after `truncate` bytes. Without a host they
    stay on the console."""
    if not _given(host):
        return None
    syslog = Syslog(stack, host, port, truncate)
    _report_to(syslog)
    return syslog


async def connect_tcp(
    stack: Stack, host: str | None, port: int, truncate: int | None
) -> Connected | None:
    """As `connect_udp`, on a connection, which is made again if it ends. Raises OSError if the
    server cannot be connected to at first."""
    if not _given(host):
        return None
    syslog = Connected(stack, host, port, truncate)
    await syslog.connect()
    syslog.keeper = asyncio.create_task(syslog.keep())
    _report_to(syslog)
    return syslog


def _given(host):
    if not host:
        _log.warning("no syslog server specified, dumping logs to stdout")
    return host


def _report_to(syslog):
    log.set_reporter(syslog.report)
    hooks.at_exit(syslog.flush)
