"""Ports: 80 HTTP, which reads bodies; 7 sends back what it gets, over TCP and UDP.

9, over UDP and IPv6, does what it is told: `lease NAME` asks for another lease, `show it` tells of
it, `KIND NAME` asks for records. What comes of it is told to port 9 of the host."""

import asyncio
import contextlib
import socket

import _dhcp
from mirage import dns
from mirage.ipv4 import Lease

HOST = "10.0.0.1"


async def handler(request):
    body = await request.read()
    return "%s %s %d\n" % (request.method, request.path, len(body))


async def lines(reader, writer):
    while line := await reader.readline():
        writer.write(line)
        await writer.drain()


async def datagrams(port):
    while True:
        data, (host, number) = await port.read()
        with contextlib.suppress(OSError):  # whoever it says it is from may be nobody
            port.write(data, host, number)


async def orders(stack, port):
    asked = []
    client = dns.Client(stack, dns.servers_of(HOST), milliseconds=300)
    while True:
        word, name = (await port.read())[0].decode().split(" ")
        if word == "lease":
            handle = stack.ip.ipv4.handle
            _dhcp.stop(handle)
            _dhcp.start(handle, name, b"\x2a\xe0")
        elif word == "show":
            tell(stack, show(stack.ip.ipv4.handle))
        else:
            client.cache = type(client.cache)(4)
            asked = [*asked[-8:], asyncio.create_task(ask(stack, client, name, word))]


def show(handle):
    if not _dhcp.has_lease(handle):
        return "none"
    lease = Lease(handle)
    told = ["%d:%d" % (code, len(lease.options[code])) for code in sorted(lease.options)]
    return "%s/%d %s %s" % (lease.address, lease.prefix, lease.server, ",".join(told))


async def ask(stack, client, name, kind):
    with contextlib.suppress(OSError):
        tell(stack, repr(await client.resolve(name, kind)))


def tell(stack, text):
    with contextlib.suppress(OSError):
        stack.udp.write(text[:1000], HOST, 9)


def listened():
    """A socket that listened, and is closed: the sanitizers see what that writes."""
    with socket.socket() as listener:
        listener.bind(("", 8))
        listener.listen(1)


async def start(stack, server):
    listened()
    await stack.tcp.listen(7, lines)
    tasks = [datagrams(stack.udp.listen(7)), orders(stack, stack.udp.listen(9, "::"))]
    tasks = [asyncio.create_task(one) for one in tasks]
    await server.serve(handler, timeout=2, connections=40, body=20_000)
    await asyncio.gather(*tasks)
