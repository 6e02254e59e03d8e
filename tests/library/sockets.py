"""What sockets say of what they cannot do, printed: CPython and an image must print the same."""

import errno
import socket

LARGEST = 65507
"""Bytes of a datagram."""


def said(label, call, *arguments):
    """Print what a call returned or failed with."""
    try:
        result = call(*arguments)
    except socket.gaierror:
        told = "gaierror"
    except OSError as error:
        told = errno.errorcode.get(error.errno, error.errno)
    except Exception as error:
        told = type(error).__name__
    else:
        told = "done" if result is None or isinstance(result, tuple) else result
    # One number has two names.
    print(label, "EOPNOTSUPP" if told == "ENOTSUP" else told)


def tcp():
    return socket.socket(socket.AF_INET, socket.SOCK_STREAM)


def udp():
    return socket.socket(socket.AF_INET, socket.SOCK_DGRAM)


def each(of, calls):
    for name, *arguments in calls:
        said(name, getattr(of, name), *arguments)


def new(peer, echo, nobody):
    each(
        tcp(),
        (
            ("send", b"x"), ("sendall", b"x"), ("sendto", b"x", (peer, echo)), ("recv", 1),
            ("recvfrom", 1), ("getpeername",), ("shutdown", socket.SHUT_WR), ("accept",),
            ("setsockopt", socket.SOL_SOCKET, 9999, 1), ("getsockopt", socket.SOL_SOCKET, 9999),
        ),
    )  # fmt: skip


def refused(peer, echo, nobody):
    """It is as a new one then, and may be connected to another port."""
    s = tcp()
    each(
        s,
        (
            ("connect", (peer, nobody)), ("getsockopt", socket.SOL_SOCKET, socket.SO_ERROR),
            ("connect", (peer, nobody)), ("send", b"x"), ("recv", 1), ("getpeername",),
            ("connect", (peer, 0)), ("connect", (peer, echo)), ("send", b"ab"), ("recv", 2),
        ),
    )  # fmt: skip
    s.close()


def connected(peer, echo, nobody):
    s = tcp()
    s.connect((peer, echo))
    each(
        s,
        (
            ("connect", (peer, echo)), ("listen", 1), ("accept",), ("bind", ("", 0)),
            ("sendto", b"x", (peer, nobody)), ("recv", 1), ("shutdown", socket.SHUT_WR),
            ("send", b"x"), ("close",), ("send", b"x"), ("recv", 1), ("connect", (peer, echo)),
            ("bind", ("", 0)), ("listen", 1), ("accept",), ("getsockname",), ("close",),
        ),
    )  # fmt: skip


def listening(peer, echo, nobody):
    s = tcp()
    s.bind(("127.0.0.1", 0))
    taken = s.getsockname()
    s.setblocking(False)
    each(
        s,
        (
            ("bind", ("", 0)), ("listen", 1), ("listen", 2), ("connect", (peer, echo)),
            ("send", b"x"), ("recv", 1), ("accept",),
        ),
    )  # fmt: skip
    said("taken", share, taken)
    s.close()


def share(place):
    other = tcp()
    other.bind(place)
    other.listen(1)


def datagrams(peer, echo, nobody):
    s = udp()
    s.setblocking(False)
    each(
        s,
        (
            ("send", b"x"), ("getpeername",), ("listen", 1), ("accept",), ("recv", 1),
            ("recvfrom", 1), ("sendto", b"x", (peer, 0)),
            ("sendto", bytes(LARGEST + 1), (peer, echo)), ("sendto", bytes(99999), (peer, echo)),
            ("sendto", b"x", (peer, nobody)), ("bind", ("", 0)), ("shutdown", socket.SHUT_WR),
            ("close",), ("send", b"x"), ("recv", 1),
        ),
    )  # fmt: skip
    s = udp()
    s.settimeout(5)
    each(s, (("connect", (peer, nobody)), ("send", b"x"), ("recv", 1), ("send", b"x")))
    s.close()


def places(peer, echo, nobody):
    unknown = ("no-such-name.invalid", 1)
    for each_of in (tcp, udp):
        each(each_of(), (("connect", unknown), ("bind", unknown), ("bind", ("10.9.8.7", 0))))
    said("sendto", udp().sendto, b"x", unknown)
    said("getaddrinfo", socket.getaddrinfo, *unknown)
    each(tcp(), (("connect", peer), ("connect", (peer,)), ("connect", ("", nobody))))
    for port in (-1, 65536):
        said("connect", tcp().connect, (peer, port))


def start(*where):
    for one in (new, refused, connected, listening, datagrams, places):
        print(one.__name__)
        one(*where)


if __name__ == "__main__":
    import sys

    start(sys.argv[1], *(int(port) for port in sys.argv[2:]))
