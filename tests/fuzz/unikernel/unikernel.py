"""Ports: 80 HTTP, which reads bodies; 7 sends back what it gets, over TCP and UDP."""

import asyncio
import contextlib


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


async def start(stack, server):
    await stack.tcp.listen(7, lines)
    task = asyncio.create_task(datagrams(stack.udp.listen(7)))
    await server.serve(handler, timeout=2, connections=40, body=20_000)
    await task
