"""An image that finds names and makes connections as it is told, one line at a time.

with client(unikernels, "--dns-servers=10.0.0.1") as one:
    assert one.do("resolve host.example") == "['10.0.0.77']"
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass

from tests.support.network import Guest, Network
from tests.support.unikernel import Unikernels

CLIENT = {
    "config.py": """\
from mirage_py import *
stack = generic_stackv4v6(default_network)
eyes = generic_happy_eyeballs(stack)
names = generic_dns_client(stack, eyes)
connector = mimic_happy_eyeballs(stack, eyes, names)
client = paf_client(tcpv4v6_of_stackv4v6(stack), connector)
app = main("unikernel.start", stackv4v6 >> dns_client >> mimic >> alpn_client >> resolver >> job)
register("names", [app(stack, names, connector, client, resolver_dns(stack))])
""",
    "unikernel.py": """\
import asyncio, gc, socket
import _net
from mirage import log, mtime

class Other:
    turns = 0
    async def run(self):
        while True:
            self.turns += 1
            await asyncio.sleep(0.05)

async def do(words):
    if words[0] == "resolve":
        return await dns.resolve(*words[1:])
    if words[0] == "addresses":
        return await resolver.resolve(words[1])
    if words[0] == "host":
        return await dns.gethostbyname(words[1])
    if words[0] == "cached":
        return len(dns.cache)
    if words[0] == "getaddrinfo":
        return socket.getaddrinfo(words[1], int(words[2]))
    if words[0] == "names":
        return await dns.getaddrinfo(words[1], 80, *map(int, words[2:]))
    if words[0] == "others":  # how often they run while a connection to a name is made
        other = Other()
        task = asyncio.create_task(other.run())
        try:
            await stack.tcp.connect(words[1], 80)
        except OSError:
            task.cancel()
        return other.turns
    if words[0] == "fetch":
        response = await client.request(words[1])
        return response.status, response.headers.get("content-type"), len(await response.read())
    if words[0] in ("connect", "mimic"):
        connect = asyncio.open_connection if words[0] == "connect" else mimic.connect
        reader, writer = await connect(words[1], int(words[2]))
        data = await reader.read(100)
        await writer.wait_closed()
        return data
    if words[0] == "memory":
        gc.collect()
        return gc.mem_alloc(), _net.memory_used()

async def serve(reader, writer):
    while line := await reader.readline():
        before = mtime.elapsed_ns()
        try:
            told = repr(await do(line.decode().split()))
        except Exception as error:
            told = "%s: %s" % (type(error).__name__, error)
        writer.write("%d %s\\n" % ((mtime.elapsed_ns() - before) // 1000000, told))
        await writer.drain()
    await writer.wait_closed()

async def start(stack_, *devices):
    global stack, dns, mimic, client, resolver
    stack = stack_
    dns, mimic, client, resolver = devices
    server = await stack.tcp.listen(9, serve)
    log.info("listening")
    await server.wait_closed()
""",
}


@dataclass(frozen=True)
class Client:
    network: Network
    guest: Guest
    address: str

    def do(self, line: str) -> str:
        """What came of a line."""
        return self.timed(line)[1]

    def timed(self, line: str) -> tuple[int, str]:
        """The same after how many milliseconds it took."""
        with self.network.inside():
            connected = socket.create_connection((self.address, 9), timeout=30)
        with connected, connected.makefile("rw") as file:
            file.write(line + "\n")
            file.flush()
            took, _, told = file.readline().rstrip("\n").partition(" ")
            return int(took), told


@contextlib.contextmanager
def client(
    unikernels: Unikernels, *args: str, target: str = "spt", host: bool = False
) -> Iterator[Client]:
    """The image, started in a network of its own; on the sockets of the host, if `host`."""
    image = unikernels.build(CLIENT, target, *(["--net=host"] if host else []))
    with Network() as network:
        guest = network.start(image.path, "--mem=8", args=args, attached=not host)
        guest.wait("listening")
        yield Client(network, guest, "127.0.0.1" if host else "10.0.0.2")
        assert guest.alive(), guest.lines
