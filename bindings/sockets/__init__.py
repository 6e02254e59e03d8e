"""The host's network as MicroPython's module `socket`: what programs import in an image that has
`socket_stackv4v6`. getaddrinfo takes addresses and `localhost`; names, if the image has a client of
the DNS.
"""

import errno
import select
import struct

import _hooks
import _sockets
import uio as io
from mirage.address import MAPPED, packed, text

if False:  # for type checkers
    from typing import Any, Self

    Address = tuple[str, int]
    Buffer = bytes | bytearray | memoryview

AF_INET = 2
AF_INET6 = 10
SOCK_STREAM = 1
SOCK_DGRAM = 2
IPPROTO_TCP = 6
IPPROTO_UDP = 17
SOL_SOCKET = 1
SHUT_WR = 1
# The options' numbers in host_sockets.h.
SO_REUSEADDR = 0
SO_BROADCAST = 1
SO_KEEPALIVE = 2
TCP_NODELAY = 3
TCP_KEEPIDLE = 4
TCP_KEEPINTVL = 5
TCP_KEEPCNT = 6
_IPV6_ONLY = 7
SO_LINGER = 8
SO_ERROR = 100  # is asked for alone

timeout = TimeoutError
error = OSError
gaierror = _hooks.gaierror

_CLOSE = 4  # MP_STREAM_CLOSE, py/stream.h
_POLL = 3  # MP_STREAM_POLL
_CHUNK = 2048
_NOT_FOUND = -2
_HERE = "127.0.0.1"

_any = ("::", False)


def restrict(address: str, *, ipv6_only: bool = False) -> None:
    """Let sockets that are bound to no address have this one: `0.0.0.0` for IPv4 alone, `::` for
    both families or for IPv6 alone, or one of the host's."""
    global _any
    _any = (address, ipv6_only)


class socket(io.IOBase):  # noqa: N801 (its name elsewhere)
    """A socket, of both families."""

    def __init__(
        self, family: int = AF_INET, kind: int = SOCK_STREAM, proto: int = 0, fd: int = -1
    ) -> None:
        self._fd: int = _sockets.open(kind == SOCK_STREAM) if fd < 0 else fd
        self._timeout: float | None = None
        self._connecting = False
        self._connected = False
        self._refused = False
        self._ahead = b""
        self._any: tuple[str, bool] = _any

    def restrict(self, address: str, *, ipv6_only: bool = False) -> None:
        """The same for this socket."""
        self._any = (address, ipv6_only)

    def bind(self, address: Address) -> None:
        host, port = _place(address)
        any_host, ipv6_only = self._any
        if ipv6_only:
            _sockets.set_option(self._fd, _IPV6_ONLY, 1)
        try:
            _sockets.bind(self._fd, packed(_address_of(host) if host else any_host), port)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise OSError(errno.EADDRINUSE, "port %d" % port) from None
            raise

    def listen(self, backlog: int = 128) -> None:
        _sockets.listen(self._fd, backlog)

    def accept(self) -> "tuple[socket, Address]":
        peer = bytearray(18)
        fd = self._waiting(select.POLLIN, _sockets.accept, peer)
        return socket(fd=fd), _address(peer)

    def connect(self, address: Address) -> None:
        host, port = _place(address)
        to = packed(_address_of(host or _HERE))
        if self._connected and self._fd >= 0:  # Linux says so the second time
            raise OSError(errno.EISCONN)
        self._refused = False
        try:
            try:
                _sockets.connect(self._fd, to, port)
            except OSError as error:
                if error.errno != errno.ECONNABORTED:
                    raise
                # So Linux tells, once more, that the connection before was refused.
                _sockets.connect(self._fd, to, port)
        except OSError as error:
            if error.errno != errno.EINPROGRESS:
                raise
            self._connecting = True
            if self._timeout == 0:
                raise
            self._wait(select.POLLOUT)
            self._check()

    def _check(self):
        """Raise what connecting failed with."""
        if self._connecting and _sockets.poll(self._fd, select.POLLOUT):
            self._connecting = False
            error = _sockets.error(self._fd)
            if error:
                self._refused = True
                raise OSError(error)
            self._connected = True

    def send(self, data: Buffer) -> int:
        self._check()
        return self._waiting(select.POLLOUT, _sockets.send, data)

    def sendall(self, data: Buffer) -> None:
        view = _view(data)
        sent = 0
        while sent < len(view):
            sent += self.send(view[sent:])

    def sendto(self, data: Buffer, address: Address) -> int:
        host, port = _place(address)
        to = packed(_address_of(host or _HERE))
        return self._waiting(select.POLLOUT, _sockets.send_to, data, to, port)

    def recv(self, size: int) -> bytes:
        if self._ahead:
            return self._take(size)
        self._check()
        if self._refused:  # of which Linux says that its peer has closed it
            raise OSError(errno.ENOTCONN)
        data = bytearray(size)
        return bytes(data[: self._waiting(select.POLLIN, _sockets.receive, data)])

    def recvfrom(self, size: int) -> tuple[bytes, Address]:
        data, peer = bytearray(size), bytearray(18)
        got = self._waiting(select.POLLIN, _sockets.receive_from, data, peer)
        return bytes(data[:got]), _address(peer)

    def _take(self, size):
        taken, self._ahead = self._ahead[:size], self._ahead[size:]
        return taken

    def _waiting(self, event, call, *arguments):
        """What a call gives, once it need not wait. OSError EAGAIN, ETIMEDOUT."""
        while True:
            result = call(self._fd, *arguments)
            if result >= 0:
                return result
            self._wait(event)

    def _wait(self, event):
        if self._timeout == 0:
            raise OSError(errno.EAGAIN)
        poller = select.poll()
        poller.register(self, event)
        if not poller.poll(-1 if self._timeout is None else int(self._timeout * 1000)):
            raise OSError(errno.ETIMEDOUT)

    def settimeout(self, seconds: float | None) -> None:
        self._timeout = seconds

    def setblocking(self, flag: bool) -> None:
        self._timeout = None if flag else 0

    def getpeername(self) -> Address:
        return self._name(True)

    def getsockname(self) -> Address:
        return self._name(False)

    def _name(self, of_peer):
        name = bytearray(18)
        _sockets.name(self._fd, of_peer, name)
        return _address(name)

    def setsockopt(self, level: int, option: int, value: int | Buffer) -> None:
        if option == SO_LINGER:  # struct linger
            lingers, seconds = struct.unpack("ii", value)
            value = seconds if lingers else -1
        _sockets.set_option(self._fd, option, int(value))

    def getsockopt(self, level: int, option: int) -> int:
        if option == SO_ERROR:
            self._connecting = False
            return _sockets.error(self._fd)
        return _sockets.option(self._fd, option)

    def shutdown(self, how: int) -> None:
        _sockets.shutdown(self._fd)

    def makefile(self, *_: Any) -> "Self":
        return self

    def fileno(self) -> int:
        return self._fd

    def close(self) -> None:
        if self._fd >= 0:
            _sockets.close(self._fd)
            self._fd = -1

    # As a stream: what would wait on a socket that does not is None.

    def readinto(self, buffer: bytearray | memoryview, size: int = -1) -> int | None:
        view = memoryview(buffer)
        view = view if size < 0 else view[:size]
        got = 0
        if self._ahead:
            taken = self._take(len(view))
            got = len(taken)
            view[:got] = taken
        self._check()
        while got < len(view):
            part = _sockets.receive(self._fd, view[got:])
            if part == 0:
                break
            if part > 0:
                got += part
            elif self._timeout != 0:
                self._wait(select.POLLIN)
            else:
                return got or None
        return got

    def read(self, size: int = -1) -> bytes | None:
        if size >= 0:
            data = bytearray(size)
            got = self.readinto(data)
            return None if got is None else bytes(data[:got])
        data = b""
        while True:
            more = self.read(_CHUNK)
            if not more:
                return data or more
            data += more

    def readline(self, size: int = -1) -> bytes | None:
        searched = 0
        while True:
            end = self._ahead.find(b"\n", searched) + 1
            if not end and 0 <= size <= len(self._ahead):
                end = size
            if end:
                return self._take(min(end, size) if size >= 0 else end)
            searched = len(self._ahead)
            data = bytearray(_CHUNK)
            got = _sockets.receive(self._fd, data)
            if got > 0:
                self._ahead += data[:got]
            elif got == 0:
                return self._take(searched)
            elif self._timeout == 0:
                return self._take(searched) or None
            else:
                self._wait(select.POLLIN)

    def write(self, data: Buffer, *part: int) -> int | None:
        """Send all; of `data` the first bytes if one number is given, of two so many from there."""
        self._check()
        if part:
            start = part[0] if len(part) > 1 else 0
            data = _view(data)[start : start + part[-1]]
        if self._timeout != 0:
            self.sendall(data)
            return len(data)
        sent = _sockets.send(self._fd, data)
        return None if sent < 0 else sent

    def ioctl(self, request: int, argument: int) -> int:
        if request == _POLL:
            if self._fd < 0:
                return 32  # MP_STREAM_POLL_NVAL
            ahead = argument & select.POLLIN if self._ahead else 0
            return ahead | _sockets.poll(self._fd, argument)
        if request == _CLOSE:
            self.close()
            return 0
        return -1

    def __enter__(self) -> "Self":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _view(data):
    """What is to be sent: text, too, as by sockets of lwIP."""
    return memoryview(data.encode() if isinstance(data, str) else data)


def inet_pton(family: int, address: str) -> bytes:
    """The bytes of an address. OSError if it is none of that family."""
    try:
        data = packed(address)
    except ValueError:
        raise OSError(errno.EINVAL)
    if (":" in address) != (family == AF_INET6):
        raise OSError(errno.EINVAL)
    return data if family == AF_INET6 else data[12:]


def inet_ntop(family: int, data: Buffer) -> str:
    """How the bytes of an address are written. OSError if they are none of that family."""
    if len(data) != (16 if family == AF_INET6 else 4):
        raise OSError(errno.EINVAL)
    written = text(data if family == AF_INET6 else MAPPED + bytes(data))
    return "::ffff:" + written if family == AF_INET6 and ":" not in written else written


def _place(address):
    if not isinstance(address, tuple) or not 2 <= len(address) <= 4:
        raise TypeError("an address is a tuple (host, port)")
    return address[:2]


def _address_of(host):
    """An address of a host: of a name, the first."""
    try:
        packed(host)
    except ValueError:
        return getaddrinfo(host, 0)[0][4][0]
    return host


def _address(peer):
    return text(peer), peer[16] << 8 | peer[17]


def getaddrinfo(
    host: str | None,
    port: int | str | None,
    family: int = 0,
    type: int = 0,  # noqa: A002 (its name elsewhere)
    proto: int = 0,
    flags: int = 0,
) -> list[tuple[int, int, int, str, Address]]:
    """What to connect a socket to, or to bind it to. Raises gaierror of a name that is not found,
    as all are unless the image has a client of the DNS."""
    host = "127.0.0.1" if host == "localhost" else host or ""
    port = int(port or 0)
    if host:
        try:
            packed(host)
        except ValueError:
            find = _hooks.resolver()
            if find:
                return find(host, port, family, type)
            raise gaierror(_NOT_FOUND, host + ": no DNS client in this image")
    family = AF_INET6 if ":" in host else AF_INET
    return [(family, type or SOCK_STREAM, proto, "", (host, port))]
