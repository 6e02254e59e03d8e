"""Ports: 80 a handler, 81 files, 82 asyncio's streams."""

import asyncio

from mirage.http import Response, Server, Static

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 20\r\n"
STAYS = HEAD + b"\r\nhello mirage world!\n"
CLOSES = HEAD + b"Connection: close\r\n\r\nhello mirage world!\n"


async def handler(request):
    return Response("hello mirage world!\n")


async def stream(reader, writer):
    stays = True
    while stays and await reader.readline():
        while len(line := await reader.readline()) > 2:
            if line.lower() == b"connection: close\r\n":
                stays = False
        writer.write(STAYS if stays else CLOSES)
        await writer.drain()


async def start(files, tcp):
    await Server(handler).listen(80, tcp)
    await Server(Static(files)).listen(81, tcp)
    await tcp.listen(82, stream)
    await asyncio.sleep(100_000)
