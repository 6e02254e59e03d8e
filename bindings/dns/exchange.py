"""A question to name servers, over UDP and TCP.

These are generators: they yield what they wait for, `(socket, events, milliseconds)`, and are sent
whether it came in time. So a task can wait for them (`wait`), and a function that is not one can
(mirage.dns.together).
"""

import asyncio.core
import errno
import select
import socket
import struct
import time

from mirage import random
from mirage.dns import message

if False:  # for type checkers
    from collections.abc import Generator
    from typing import Any

    from mirage.dns.servers import Server, Silence
    from mirage.stack import Ip

    Steps = Generator[tuple[socket.socket, int, int], bool, Any]

_FIRST = 1000  # milliseconds that the first servers have each; twice that in the next round
_PORTS = 1024  # ports below are not taken
_CODES = {  # what a server says in place of an answer (RFC 1035, 4.1.1)
    2: "name server %s failed (code 2, SERVFAIL)",
    5: "name server %s refuses to answer (code 5, REFUSED)",
}


def ask(
    ip: Ip, servers: list[Server], name: str, kind: int, milliseconds: int, silence: Silence
) -> Steps:
    """The response of one of `servers`, a `Message`. Each is asked from `ip` in its turn, and then
    again, until one says what records there are, or that there are none; those of `silence` come
    last. Raises TimeoutError, or OSError if none of them could be asked or each of them said that
    it does not answer."""
    servers = silence.last(servers)
    end = time.ticks_add(time.ticks_ms(), milliseconds)
    pause = _FIRST
    while True:
        error = None
        late = False
        for server in servers:
            left = time.ticks_diff(end, time.ticks_ms())
            if left <= 0:
                raise TimeoutError("DNS request timeout")
            try:
                answer = yield from _exchange(ip, server, name, kind, min(pause, left))
                silence.forget(server)
                if answer.code in (message.NO_ERROR, message.NAME_ERROR):
                    return answer
                error = _CODES.get(answer.code, "%%s answers with code %d" % answer.code) % server
            except TimeoutError:
                silence.note(server)
                late = True
            except (OSError, message.Malformed) as failure:
                silence.note(server)
                error = "no name server answers: %s: %s" % (server, failure)
        if not late:
            raise OSError(errno.EIO, error)
        pause *= 2


def _exchange(ip, server, name, kind, milliseconds):
    """The response of a server."""
    end = time.ticks_add(time.ticks_ms(), milliseconds)
    over = _over_tcp if server.tcp else _over_udp
    answer = yield from over(ip, server, _query(name, kind), end)
    if answer.code == message.FORMAT_ERROR:
        # It may not know of EDNS (RFC 6891, 6.2.2).
        answer = yield from over(ip, server, _query(name, kind, False), end)
    if answer.truncated and not server.tcp:
        answer = yield from _over_tcp(ip, server, _query(name, kind), end)
    return answer


def _query(name, kind, extended=True):
    identifier = struct.unpack(">H", random.generate(2))[0]
    return message.query(identifier, name, kind, extended)


def _over_udp(ip, server, query, end):
    opened = _socket(ip, server, socket.SOCK_DGRAM)
    try:
        _bind(opened, server)
        opened.connect((server.address, server.port))  # so that nobody else is heard
        opened.send(query)
        while True:
            yield from _until(opened, select.POLLIN, end)
            try:
                return message.read(opened.recv(message.ACCEPTED), query)
            except message.Malformed:
                pass  # not from the server, perhaps: its own response may still come
            except OSError as error:
                if error.errno != errno.EAGAIN:
                    raise
    finally:
        opened.close()


def _bind(opened, server):
    """Take a port that nobody can guess (RFC 5452, 9.2)."""
    here = "::" if ":" in server.address else "0.0.0.0"  # noqa: S104 - any address is meant
    for _ in range(8):
        port = struct.unpack(">H", random.generate(2))[0]
        if port >= _PORTS:
            try:
                opened.bind((here, port))
            except OSError as error:
                if error.errno != errno.EADDRINUSE:
                    raise
            else:
                return


def _over_tcp(ip, server, query, end):
    opened = _socket(ip, server, socket.SOCK_STREAM)
    try:
        try:
            opened.connect((server.address, server.port))
        except OSError as error:
            if error.errno != errno.EINPROGRESS:
                raise
        data = struct.pack(">H", len(query)) + query
        while data:
            yield from _until(opened, select.POLLOUT, end)
            data = data[opened.write(data) or 0 :]
        length = struct.unpack(">H", (yield from _read(opened, 2, end)))[0]
        return message.read((yield from _read(opened, length, end)), query)
    finally:
        opened.close()


def _read(opened, length, end):
    """That many bytes of a connection."""
    data = b""
    while len(data) < length:
        yield from _until(opened, select.POLLIN, end)
        more = opened.read(length - len(data))
        if more == b"":
            raise OSError(errno.ECONNRESET)
        data += more or b""
    return data


def _socket(ip, server, kind):
    family = socket.AF_INET6 if ":" in server.address else socket.AF_INET
    opened = socket.socket(family, kind)
    ip.keep(opened)
    opened.setblocking(False)
    return opened


def _until(opened, events, end):
    """Wait for a socket until a moment. Raises TimeoutError."""
    left = time.ticks_diff(end, time.ticks_ms())
    if left <= 0 or not (yield opened, events, left):
        raise TimeoutError("DNS request timeout")


async def wait(steps: Steps) -> Any:
    """What `steps` come to, while other tasks run."""
    came = None
    try:
        while True:
            opened, events, milliseconds = steps.send(came)
            try:
                await asyncio.wait_for_ms(_event(opened, events), milliseconds)
                came = True
            except TimeoutError:
                came = False
    except StopIteration as end:
        return end.value
    finally:
        steps.close()


def _event(opened, events):
    queue = asyncio.core._io_queue
    yield queue.queue_read(opened) if events == select.POLLIN else queue.queue_write(opened)
