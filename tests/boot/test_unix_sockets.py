"""The host's sockets in place of a stack in the image: `unix`, whose images are programs."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.network import Guest, eventually
from tests.support.running import sending
from tests.support.unikernel import Built, Unikernels, mirage_py

ECHO, LINES, SINK, CALLED, SENT, DATAGRAMS = range(6)
FILES = {
    "config.py": """\
from mirage_py import *
port = runtime_arg("--port", type=int, default=0, doc="The first of the ports.")
app = main("unikernel.start", stackv4v6 >> job, args=[port])
register("sockets", [app(generic_stackv4v6(default_network))], features=["compiler"])
""",
    "unikernel.py": """\
import asyncio, errno, select, socket
from mirage import log

async def echo(reader, writer):
    while data := await reader.read(4096):
        writer.write(data)
        await writer.drain()
    await writer.wait_closed()

async def lines(reader, writer):
    # Both ends of a connection end by themselves.
    while line := await reader.readline():
        writer.write(b"<" + line + b">")
        await writer.drain()
    writer.write(b"end of %s" % writer.get_extra_info("peername")[0].encode())
    await writer.drain()
    writer.s.shutdown(socket.SHUT_WR)
    await reader.read(1)
    await writer.wait_closed()

async def sink(reader, writer):
    await reader.read(1)
    await asyncio.sleep(1000)

async def called(reader, writer):
    # Calls back whom it is told to.
    host, port = (await reader.readline()).decode().split()
    try:
        back, to = await stack.tcp.connect(host, int(port))
        to.write("called by the image")
        await to.drain()
        await to.wait_closed()
        writer.write("called")
    except OSError as error:
        writer.write(errno.errorcode[error.errno])
    await writer.drain()

async def sent(reader, writer):
    # With sockets that wait, and with what they say when they do not.
    host, port = (await reader.readline()).decode().split()
    plain = socket.socket()
    plain.connect(socket.getaddrinfo(host, int(port))[0][-1])
    plain.sendall("x" * 300000)
    plain.settimeout(5)
    line = plain.readline()
    plain.settimeout(0)
    try:
        plain.recv(1)
    except OSError as error:
        line += errno.errorcode[error.errno].encode()
    plain.settimeout(0.05)
    try:
        plain.recv(1)
    except OSError as error:
        line += errno.errorcode[error.errno].encode()
    plain.close()
    with_constant = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with_constant.sendto(b"for nobody", ("127.0.0.1", 65535))
    with_constant.close()
    writer.write(line)
    await writer.drain()

async def start(stack_, port):
    global stack
    stack = stack_
    for number, serve in enumerate((echo, lines, sink, called, sent)):
        await stack.tcp.listen(port + number, serve)
    datagrams = stack.udp.listen(port + 5)
    log.info("listening on %s", stack.ip)
    while True:
        data, peer = await datagrams.read()
        datagrams.write(data, *peer)
""",
}
PORT = 20000 + os.getpid() % 500 * 24
"""The first of those that are used. They are the host's: other runs of the tests have others."""


@contextlib.contextmanager
def running(image: Path, *args: str) -> Iterator[Guest]:
    """The image, started as the program that it is; it has no device."""
    process = subprocess.Popen(
        [image, "--mem=16", *(args or [f"--port={PORT}"])], start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    guest = Guest(process)
    try:
        guest.wait("listening on")
        yield guest
        assert guest.alive(), guest.lines
    finally:
        guest.stop()


@pytest.fixture(scope="module")
def image(unikernels: Unikernels) -> Built:
    return unikernels.build(FILES, "unix", "--net=host")


@pytest.fixture(scope="module")
def guest(image: Built) -> Iterator[Guest]:
    with running(image.path) as guest:
        yield guest


def connection(number: int, host: str = "127.0.0.1") -> socket.socket:
    return socket.create_connection((host, PORT + number), timeout=20)


def received(connected: socket.socket, size: int = -1) -> bytes:
    data = b""
    while len(data) != size:
        more = connected.recv(65536 if size < 0 else size - len(data))
        if not more:
            break
        data += more
    return data


def test_start(guest: Guest) -> None:
    assert "[tcpip-stack-socket] Dual IPv4 and IPv6 socket stack: connect" in guest.lines[0]


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_both_families(guest: Guest, host: str) -> None:
    data = bytes(range(256)) * 2000
    with connection(ECHO, host) as connected, sending(connected, data):
        assert received(connected, len(data)) == data
    with connection(LINES, host) as connected:
        connected.sendall(b"one\ntwo\nthr")
        assert received(connected, 12) == b"<one\n><two\n>"
        connected.shutdown(socket.SHUT_WR)
        assert received(connected) == b"<thr>end of " + host.encode()
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as here:
        here.settimeout(20)
        here.connect((host, PORT + DATAGRAMS))
        for size in 0, 1, 9000:
            here.send(b"x" * size)
            assert here.recv(10000) == b"x" * size


def test_many_at_once_and_peers_that_never_read(guest: Guest) -> None:
    with contextlib.ExitStack() as stack:
        for _ in range(20):
            full = stack.enter_context(connection(SINK))
            full.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                while full.send(b"x" * 65536):
                    pass
        several = [stack.enter_context(connection(ECHO)) for _ in range(200)]
        for number, one in enumerate(several):
            one.sendall(b"%03d" % number)
        assert [received(one, 3) for one in several] == [b"%03d" % one for one in range(200)]


@pytest.mark.parametrize("number", [CALLED, SENT])
@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_calls(guest: Guest, host: str, number: int) -> None:
    """It connects, by streams and by sockets that wait."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as listener, connection(number) as connected:
        listener.bind((host, 0))
        listener.listen()
        listener.settimeout(20)
        connected.sendall(f"{host} {listener.getsockname()[1]}\n".encode())
        with listener.accept()[0] as back:
            back.settimeout(20)
            if number == CALLED:
                assert received(back) == b"called by the image"
                assert received(connected) == b"called"
            else:
                assert received(back, 300000) == b"x" * 300000
                back.sendall(b"line\n")
                assert received(connected) == b"line\nEAGAINETIMEDOUT"


def test_nobody_there(guest: Guest) -> None:
    with socket.socket() as free, connection(CALLED) as connected:
        free.bind(("127.0.0.1", 0))
        connected.sendall(b"127.0.0.1 %d\n" % free.getsockname()[1])
        assert received(connected) == b"ECONNREFUSED"


def test_sleeps_when_there_is_nothing_to_do(guest: Guest) -> None:
    """A connection that has room to write, and one that has ended, keep nobody awake."""

    def ticks() -> int:
        stat = Path(f"/proc/{guest.image}/stat").read_text(encoding="ascii")
        return sum(map(int, stat.rpartition(")")[2].split()[11:13]))

    with connection(ECHO), connection(SINK) as ended:
        ended.shutdown(socket.SHUT_WR)
        before = ticks()
        assert not eventually(lambda: ticks() > before + 5, timeout=2)


FAMILIES = {
    "ipv4-only": (["--ipv4-only"], ["127.0.0.1", "127.0.0.2"], ["::1"]),
    "ipv6-only": (["--ipv6-only"], ["::1"], ["127.0.0.1"]),
    "address": (["--ipv4=127.0.0.1/8"], ["127.0.0.1"], ["127.0.0.2", "::1"]),
}


@pytest.mark.parametrize(("args", "here", "nowhere"), FAMILIES.values(), ids=FAMILIES)
def test_what_it_listens_on(
    image: Built, args: list[str], here: list[str], nowhere: list[str], guest: Guest
) -> None:
    del guest  # of the same ports, above these
    with running(image.path, f"--port={PORT + 10}", *args) as other:
        assert other.alive()
        for host in here:
            with connection(10, host) as connected:
                connected.sendall(b"x")
                assert received(connected, 1) == b"x"
        for host in nowhere:
            with pytest.raises(ConnectionRefusedError):
                connection(10, host)


def test_where_there_are_none(unikernels: Unikernels) -> None:
    """Another target refuses what it does not have."""
    folder = unikernels.build(FILES, "unix", "--net=host").folder
    ran = mirage_py("-C", str(folder), "build", "-t", "spt", "--net=host")
    assert ran.status != 0
    assert "`socket_stack` needs `sockets`, which target `spt` does not provide" in ran.messages


RULES = {
    ("unix",): "sockets",
    ("unix", "--net=direct"): "static",
    ("unix", "--dhcp"): "dhcp",
    ("unix", "--dhcp", "--no-dhcp"): "sockets",
    ("spt",): "static",
    ("spt", "--dhcp"): "dhcp",
}


@pytest.mark.parametrize(("given", "kind"), RULES.items(), ids=map(" ".join, RULES))
def test_describe_tells_the_rule(given: tuple[str, ...], kind: str, tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    ran = mirage_py("-C", str(tmp_path), "describe", "-t", *given)
    assert (
        f"provides sockets) is {kind}  config.py:4\n    sockets  with `--net=host`" in ran.console
    )


def test_describe_tells_the_rule_of_a_group(tmp_path: Path) -> None:
    for name, text in FILES.items():
        named = text.replace("default_network)", 'default_network, group="left")')
        (tmp_path / name).write_text(named, encoding="utf-8")
    ran = mirage_py("-C", str(tmp_path), "describe", "-t", "spt")
    assert "    sockets  with `--left-net=host` or `--left-net=socket`" in ran.console


WEB = {
    "config.py": """\
from mirage_py import *
tcp = tcpv4v6_of_stackv4v6(generic_stackv4v6(default_network))
port = runtime_arg("--port", type=int, default=0, doc="Port of the service.")
register("web", [main("unikernel.start", http_server >> job)(paf_server(tcp, port=port))])
""",
    "unikernel.py": """\
from mirage import log
from mirage.http import Response

async def handler(request):
    body = await request.read()
    return Response(bytes(body) or "hello from " + request.path + "\\n")

async def start(server):
    log.info("listening on a port")
    await server.serve(handler)
""",
}


@pytest.mark.parametrize("port", ["80000", "0", "-1"])
def test_what_is_no_port(port: str, tmp_path: Path) -> None:
    for name, text in WEB.items():
        wrong = text.replace("port=port", f"port={port}").replace("default=0", f"default={port}")
        wrong = wrong.replace("type=int", 'type="port"')
        (tmp_path / name).write_text(wrong, encoding="utf-8")
    ran = mirage_py("-C", str(tmp_path), "describe", "-t", "unix")
    assert ran.status == 1
    assert f"`{port}` is not a value that `--port` takes\n  config.py:3: " in ran.messages
    assert f"`port` is a port or a boot argument, and it is given `{port}`\n  config.py:4: " in (
        ran.messages
    )


def test_a_web_service(unikernels: Unikernels) -> None:
    """Several requests on one connection, and a body of many segments each way."""
    image = unikernels.build(WEB, "unix", "--net=host")
    url = f"http://127.0.0.1:{PORT + 20}"
    with running(image.path, f"--port={PORT + 20}"):
        words = ["curl", "-s", "--retry", "5", "--retry-connrefused", f"{url}/one", f"{url}/two"]
        ran = subprocess.run(words, capture_output=True, check=False, timeout=60)
        assert ran.stdout == b"hello from /one\nhello from /two\n", ran
        data = bytes(range(256)) * 3000
        words = ["curl", "-s", "--data-binary", "@-", f"{url}/echo"]
        ran = subprocess.run(words, input=data, capture_output=True, check=False, timeout=60)
        assert ran.stdout == data
