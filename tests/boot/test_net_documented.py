"""What MicroPython's documentation says of `socket`, `select` and asyncio's streams, and what is
expected beside it of CPython's, by lwIP and by the host's sockets: a program in the image checks
each function against a server of the host."""

from __future__ import annotations

import contextlib
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.network import TIMEOUT, Network, can_make_namespaces
from tests.support.unikernel import Unikernels

pytestmark = pytest.mark.skipif(
    not can_make_namespaces(), reason="needs root and /dev/net/tun for a tap"
)
ECHO, NOBODY, ACCEPTS, SERVES = 7000, 7001, 7002, 7003
TOLD = Path(__file__).parents[1] / "library" / "sockets.py"
FILES = {
    "config.py": """\
from mirage_py import *
peer = runtime_arg("--peer", default="10.0.0.1", doc="Who sends back what he gets.")
stack = generic_stackv4v6(default_network, ipv6_network="fd00::2/64")
register("documented", [main("unikernel.start", stackv4v6 >> job, args=[peer])(stack)])
""",
    "told.py": TOLD.read_text(encoding="utf-8"),
    "unikernel.py": f"""\
import asyncio, errno, select, socket, struct, time
import told

ECHO, NOBODY, ACCEPTS, SERVES = {ECHO}, {NOBODY}, {ACCEPTS}, {SERVES}
def check(found, *wanted):
    if found not in wanted:
        raise AssertionError("%r is not %r" % (found, wanted))

def fails(call, *arguments):
    try:
        return call(*arguments)
    except OSError as error:
        return errno.errorcode.get(error.errno, error.errno)

def raises(kind, call, *arguments, **named):
    try:
        call(*arguments, **named)
    except kind as error:
        return error
    raise AssertionError("nothing was raised")

def constants():
    names = ("AF_INET AF_INET6 SOCK_STREAM SOCK_DGRAM IPPROTO_TCP IPPROTO_UDP SOL_SOCKET "
             "SO_REUSEADDR SO_BROADCAST SO_KEEPALIVE TCP_NODELAY")
    for name in names.split():
        check(type(getattr(socket, name)), int)
    check((socket.IPPROTO_TCP, socket.IPPROTO_UDP), (6, 17))

def addresses():
    check(socket.inet_pton(socket.AF_INET, "1.2.3.4"), b"\\x01\\x02\\x03\\x04")
    check(socket.inet_pton(socket.AF_INET6, "fd00::1"), b"\\xfd" + bytes(14) + b"\\x01")
    check(socket.inet_ntop(socket.AF_INET, b"\\x7f\\0\\0\\1"), "127.0.0.1")
    check(socket.inet_ntop(socket.AF_INET6, bytes(15) + b"\\1"), "::1")
    mapped = socket.inet_pton(socket.AF_INET6, "::FFFF:1.2.3.4")
    check(socket.inet_ntop(socket.AF_INET6, mapped), "::ffff:1.2.3.4")
    for call, arguments in (
        (socket.inet_pton, (socket.AF_INET, "::1")), (socket.inet_pton, (socket.AF_INET, "no")),
        (socket.inet_pton, (socket.AF_INET, "1.2.3")),
        (socket.inet_pton, (socket.AF_INET, "0x1.2.3.4")),
        (socket.inet_ntop, (socket.AF_INET, b"123")),
    ):
        check(fails(call, *arguments), "EINVAL")

    family, kind, _, _, at = socket.getaddrinfo(peer, ECHO)[0]
    check((family, kind), (socket.AF_INET, socket.SOCK_STREAM))
    check(at[:2], (peer, ECHO))
    one = socket.getaddrinfo(peer, ECHO, socket.AF_INET, socket.SOCK_DGRAM, 0, 0)[0]
    check(one[1], socket.SOCK_DGRAM)
    check(socket.getaddrinfo("::1", 1)[0][0], socket.AF_INET6)
    unknown = raises(socket.gaierror, socket.getaddrinfo, "no-such-name.invalid", 1)
    check(unknown.args, (socket.EAI_NONAME, "no-such-name.invalid: no DNS client in this image"))
    named = socket.getaddrinfo(host=peer, port="80", type=socket.SOCK_DGRAM, family=0)[0]
    check((named[1], named[4][:2]), (socket.SOCK_DGRAM, (peer, 80)))
    check(socket.getaddrinfo(peer, None)[0][4][1], 0)
    raises(ValueError, socket.getaddrinfo, peer, "http?")

def opened():
    made = socket.socket()
    made.connect(socket.getaddrinfo(peer, ECHO, 0, socket.SOCK_STREAM)[0][-1])
    return made

def streams():
    s = opened()
    check(s.send(b"abc"), 3)
    check(s.recv(100), b"abc")
    check(s.sendall(b"hello"), None)
    check(s.read(5), b"hello")
    check(s.write(b"a line\\nanother\\n"), 15)
    check(s.readline(), b"a line\\n")
    check(s.readline(), b"another\\n")
    s.write(b"0123456789")
    room = bytearray(4)
    check(s.readinto(room), 4)
    check(bytes(room), b"0123")
    check(s.readinto(room, 2), 2)
    check(bytes(room), b"4523")
    check(s.read(4), b"6789")
    file = s.makefile("rwb", 0)
    file.write(b"as a file\\n")
    check(file.readline(), b"as a file\\n")
    large = bytes(range(256)) * 400
    check(s.write(large[:40000]), 40000)
    check(s.read(40000) == large[:40000], True)
    s.write(b"end\\n")  # it sends this back and closes
    check(s.read(), b"end\\n")
    check(s.read(1), b"")
    check(s.recv(1), b"")
    check(s.readline(), b"")
    s.close()
    check(fails(s.send, b"x"), "EBADF")
    check(fails(s.recv, 1), "EBADF")
    with_close = opened()
    with_close.close()
    with_close.close()
    refused = socket.socket()
    check(fails(refused.connect, (peer, NOBODY)), "ECONNREFUSED")
    away = socket.socket()
    for _ in range(2):
        check(fails(away.connect, ("192.0.2.1", ECHO)), "ENETUNREACH")
    check(fails(away.getpeername), "ENOTCONN")
    away.connect((peer, ECHO))  # it may be connected to another place
    check(away.getpeername(), (peer, ECHO))
    check(away.getsockname()[0], own)
    away.close()
    raises(ConnectionRefusedError, socket.create_connection, (peer, NOBODY))
    shut = opened()
    shut.shutdown(socket.SHUT_WR)
    check(raises(BrokenPipeError, shut.send, b"x").errno, errno.EPIPE)
    shut.close()

def waiting():
    s = opened()
    s.settimeout(0.05)
    check(fails(s.recv, 1), "ETIMEDOUT")
    check(str(raises(socket.timeout, s.recv, 1)), "[Errno 110] Connection timed out")
    for quiet in (lambda: s.settimeout(0), lambda: s.setblocking(False)):
        quiet()
        check(fails(s.recv, 1), "EAGAIN")
        raises(BlockingIOError, s.recv, 1)
        check(s.read(1), None)
        check(s.readline(), None)
    check(s.write(bytes(10)), 10)
    while True:
        sent = s.write(bytes(100000))
        if sent != 100000:  # no more than there is room for
            break
    s.setblocking(True)
    check(len(s.read(10)), 10)
    s.settimeout(None)
    check(len(s.recv(1)), 1)
    s.close()
    s = socket.socket()
    s.setblocking(False)
    check(fails(s.connect, (peer, ECHO)), "EINPROGRESS")
    poller = select.poll()
    poller.register(s, select.POLLOUT)
    check(len(poller.poll(5000)), 1)
    check(s.send(b"x"), 1)
    s.close()

def options():
    s = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    for option in (socket.SO_REUSEADDR, socket.SO_KEEPALIVE):
        check(s.setsockopt(socket.SOL_SOCKET, option, 1), None)
        check(s.getsockopt(socket.SOL_SOCKET, option), 1)
    check(s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1), None)
    check(s.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 7), None)
    check(s.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE), 7)
    check(s.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR), 0)
    check(s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 5)), None)
    s.close()
    check(s.fileno(), -1)
    s = opened()
    s.write(b"lost")
    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    s.close()

def names():
    with socket.create_connection((peer, ECHO), timeout=5) as s:
        check(s.getpeername()[1], ECHO)
        check(s.getpeername()[0], peer)
        check(s.getsockname()[0] != "0.0.0.0", True)
        check(s.fileno() >= 0, True)
    check(fails(s.send, b"x"), "EBADF")
    s = socket.socket()
    check(fails(s.getpeername), "ENOTCONN")
    check(fails(s.bind, ("10.9.8.7", 4000)), "EADDRNOTAVAIL")
    for port in (-1, 65536, 70000):
        raises(OverflowError, s.bind, ("", port))
        raises(OverflowError, s.connect, (peer, port))
    s.bind(("", ACCEPTS))
    check(s.getsockname()[1], ACCEPTS)
    s.listen(1)
    other = socket.socket()
    taken = raises(OSError, lambda: (other.bind(("", ACCEPTS)), other.listen(1)))
    check(taken.args, (errno.EADDRINUSE, "port %d" % ACCEPTS))
    s.close()
    other.close()
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    raises(OverflowError, s.sendto, b"x", (peer, 65536))
    s.close()

def datagrams():
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.settimeout(5)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_BROADCAST, 1)
    at = socket.getaddrinfo(peer, ECHO, 0, socket.SOCK_DGRAM)[0][-1]
    check(s.sendto(b"a datagram", at), 10)
    data, who = s.recvfrom(100)
    check((data, who[:2]), (b"a datagram", (peer, ECHO)))
    s.connect(at)
    check(s.getpeername(), (peer, ECHO))
    check(s.getsockname()[1] > 0, True)
    check(s.send(b"another"), 7)
    check(s.recv(100), b"another")
    s.close()

def polling():
    s, other = opened(), opened()
    poller = select.poll()
    poller.register(s)
    check(poller.poll(0)[0][:2], (s, select.POLLOUT))
    poller.modify(s, select.POLLIN)
    check(poller.poll(0), [])
    check(poller.poll(20), [])
    s.write(b"x")
    check([one[:2] for one in poller.poll(5000)], [(s, select.POLLIN)])
    check([one[:2] for one in poller.ipoll(5000)], [(s, select.POLLIN)])
    s.read(1)
    poller.register(other, select.POLLIN)
    other.write(b"y")
    check([one[0] for one in poller.poll()], [other])
    other.read(1)
    poller.unregister(other)
    check(fails(poller.modify, other, select.POLLIN), "ENOENT")
    check(select.select([s], [], [], 0.02), ([], [], []))
    check(select.select([s], [s], [], 1), ([], [s], []))
    s.write(b"end\\n")
    check(select.select([s], [], []), ([s], [], []))
    check(s.read(), b"end\\n")
    check(poller.poll(5000)[0][1] & select.POLLIN, select.POLLIN)
    s.close()
    other.close()

def accepting():
    for number, backlog in enumerate(((), (1,), (-1,))):
        s = socket.socket()
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        s.bind(socket.getaddrinfo("0.0.0.0", ACCEPTS)[0][-1])
        s.listen(*backlog)
        print("accepting", number + 1)
        connected, who = s.accept()
        check(who[0], peer)
        line = connected.readline()
        connected.write(line)
        connected.close()
        s.close()

async def nothing():
    await [1]

async def connections():
    reader, writer = await asyncio.open_connection(peer, ECHO)
    check(writer.get_extra_info("peername"), (peer, ECHO))
    check(writer.get_extra_info("sockname")[0], own)
    check(writer.get_extra_info("compression"), None)
    check(writer.get_extra_info("compression", 1), 1)
    writer.write(b"one\\ntwo\\n")
    await writer.drain()
    check(await reader.readline(), b"one\\n")
    check(await reader.readexactly(4), b"two\\n")
    writer.write(b"x" * 100000)
    draining = asyncio.create_task(writer.drain())
    check(len(await reader.readexactly(100000)), 100000)
    await draining
    writer.write(b"some")
    await writer.drain()
    room = bytearray(10)
    check(await reader.readinto(room), 4)
    check(bytes(room), b"some" + bytes(6))
    writer.write(b"a;b::c\\nd\\r\\n")
    await writer.drain()
    for separator, part in ((b";", b"a;"), (b"::", b"b::"), (b"\\r\\n", b"c\\nd\\r\\n")):
        check(await reader.readuntil(separator), part)
    check((writer.can_write_eof(), writer.is_closing()), (True, False))
    writer.write(b"x" * 300000)
    reading = asyncio.create_task(reader.readexactly(300000))
    writer.write_eof()
    await writer.drain()
    check(len(await reading), 300000)
    check(await reader.read(), b"")
    try:
        await reader.readuntil()
        check(False, True)
    except EOFError:
        pass
    writer.close()
    check(writer.is_closing(), True)
    await writer.wait_closed()
    reader, writer = await asyncio.open_connection(peer, ECHO)
    writer.write(b"end\\n")
    await writer.drain()
    check(await reader.read(2), b"en")
    try:
        await reader.readexactly(10)
        check(False, True)
    except EOFError:
        pass
    check(await reader.read(), b"")
    check(await reader.readline(), b"")
    writer.close()
    await writer.wait_closed()
    for host, errors in (
        (peer, (errno.ECONNREFUSED,)), ("192.0.2.1", (errno.ENETUNREACH,)),
    ):
        try:
            await asyncio.open_connection(host, NOBODY)
            check(False, True)
        except OSError as error:
            check(error.errno, *errors)
            check(type(error), ConnectionRefusedError if host == peer else OSError)
    for wrong in (70000, -1):
        try:
            await stack.tcp.connect(peer, wrong)
            check(False, True)
        except OverflowError as error:
            check(str(error), "port must be 0-65535")
    try:
        await asyncio.wait_for(nothing(), 5)
        check(False, True)
    except TypeError as error:
        check(str(error), "what yields 1 can't be used in 'await' expression")
    try:
        reader, _ = await asyncio.open_connection(peer, ECHO)
        await asyncio.wait_for(reader.read(1), 0.05)
        check(False, True)
    except asyncio.TimeoutError:
        pass

async def serving():
    served = []
    ended = asyncio.Event()

    async def serve(reader, writer):
        check(reader, writer)
        line = await reader.readline()
        writer.write(line)
        await writer.drain()
        writer.close()
        await writer.wait_closed()
        served.append((writer.get_extra_info("peername")[0], asyncio.current_task()))
        if len(served) == 3:
            ended.set()

    async with await asyncio.start_server(serve, "0.0.0.0", SERVES, backlog=5) as server:
        for number in range(3):
            print("serving", number + 1)
        await ended.wait()
    check([who for who, _ in served], [peer] * 3)
    check(len({{id(task) for _, task in served}}), 3)
    again = await asyncio.start_server(serve, "0.0.0.0", SERVES)
    again.close()
    await again.wait_closed()

async def loopback(stack):
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", ACCEPTS))
    listener.listen(1)
    s = socket.socket()
    s.connect(("127.0.0.1", ACCEPTS))
    connected, who = listener.accept()
    check(s.getsockname(), who)
    s.write(bytes(5000) + b"line\\n")
    check(connected.read(5000) == bytes(5000), True)
    check(connected.readline(), b"line\\n")
    connected.close()
    check(s.read(), b"")
    s.close()
    listener.close()
    check(fails(socket.socket().connect, ("127.0.0.1", NOBODY)), "ECONNREFUSED")

    async def upper(reader, writer):
        check(writer.get_extra_info("sockname")[1], SERVES)
        writer.write((await reader.read()).upper())
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    servers = [await stack.tcp.listen(SERVES, upper)]
    places = ["127.0.0.1", "::1", own]
    if own != "127.0.0.1":
        await stack.ip.ipv6.ready()
        places.append("fd00::2")
    for place in places:
        for connect in (asyncio.open_connection, stack.tcp.connect):
            reader, writer = await connect(place, SERVES)
            check(writer.get_extra_info("peername"), (place.upper(), SERVES), (place, SERVES))
            writer.write(b"x" * 100000)
            await writer.drain()
            writer.s.shutdown(socket.SHUT_WR)
            check(await reader.read() == b"X" * 100000, True)
            writer.close()
            await writer.wait_closed()
    datagram = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    datagram.settimeout(5)
    datagram.bind(("127.0.0.1", SERVES))
    datagram.sendto(b"to myself", ("127.0.0.1", SERVES))
    data, who = datagram.recvfrom(100)
    check(data, b"to myself")
    check(datagram.sendto(b"back", who), 4)
    check(datagram.recv(100), b"back")
    datagram.close()

def neighbours():
    # By a stack of the image's own alone: where the host's are, there may be any.
    began = time.ticks_ms()
    check(fails(socket.socket().connect, ("10.0.0.77", ECHO)), "EHOSTUNREACH")
    check(time.ticks_diff(time.ticks_ms(), began) < 15_000, True)
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        s = socket.socket(socket.AF_INET, kind)
        s.bind(("127.0.0.1", 0))
        check(fails(s.connect, (peer, ECHO)), "EINVAL")
        if kind == socket.SOCK_DGRAM:
            check(fails(s.sendto, b"x", (peer, ECHO)), "EINVAL")

async def start(stack_, who):
    global peer, own, stack
    stack = stack_
    peer, own = who, "127.0.0.1" if who == "127.0.0.1" else "10.0.0.2"
    for one in (
        constants, addresses, streams, waiting, options, names, datagrams, polling, accepting
    ):
        one()
    for one in (connections, serving):
        await one()
    await loopback(stack)
    if own != peer:
        neighbours()
    told.start(peer, ECHO, NOBODY)
    print("done")
""",
}


def echo(listener: socket.socket) -> None:
    """Sends back what comes on each connection, until that ends in `end`."""

    def one(connected: socket.socket) -> None:
        with connected, contextlib.suppress(OSError):
            while data := connected.recv(65536):
                connected.sendall(data)
                if data.endswith(b"end\n"):
                    return

    with contextlib.suppress(OSError):
        while True:
            threading.Thread(target=one, args=(listener.accept()[0],), daemon=True).start()


def echo_datagrams(here: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while True:
            here.sendto(*here.recvfrom(65536))


@contextlib.contextmanager
def echoing(network: Network, host: str) -> Iterator[None]:
    with network.inside():
        listener = socket.create_server((host, ECHO))
        datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        datagrams.bind((host, ECHO))
    with listener, datagrams:
        for target, one in ((echo, listener), (echo_datagrams, datagrams)):
            threading.Thread(target=target, args=(one,), daemon=True).start()
        try:
            yield
        finally:
            listener.shutdown(socket.SHUT_RDWR)


def call(network: Network, address: str, port: int) -> None:
    """Who connects gets his line back."""
    with network.inside():
        connected = socket.create_connection((address, port), TIMEOUT)
    with connected:
        connected.sendall(b"called\n")
        assert connected.makefile("rb").read() == b"called\n"


CALLS = {"accepting 1": ACCEPTS, "accepting 2": ACCEPTS, "accepting 3": ACCEPTS} | dict.fromkeys(
    ("serving 1", "serving 2", "serving 3"), SERVES
)
"""Where the image waits for a connection when it says so."""


@pytest.mark.parametrize("host", [False, True], ids=["lwip", "host"])
def test_documented(host: bool, unikernels: Unikernels) -> None:
    image = unikernels.build(FILES, "unix" if host else "spt", *(["--net=host"] if host else []))
    peer, address = ("127.0.0.1", "127.0.0.1") if host else ("10.0.0.1", "10.0.0.2")
    with Network() as network, echoing(network, peer):
        guest = network.start(
            image.path, "--mem=16", attached=not host, args=(f"--peer={peer}", "-l", "quiet")
        )
        for line, port in CALLS.items():
            guest.wait(line)
            call(network, address, port)
        guest.wait("done")
        assert guest.ended() == 0, "\n".join(guest.lines)
        cpython = network.run(sys.executable, str(TOLD), peer, str(ECHO), str(NOBODY))
    assert guest.lines[guest.lines.index("new") : -1] == cpython.stdout.splitlines()
