"""unikernel.py's stream() on MicroPython's port for Linux: small_server.py ADDRESS PORT."""

import asyncio
import sys

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 20\r\n"
STAYS = HEAD + b"\r\nhello mirage world!\n"
CLOSES = HEAD + b"Connection: close\r\n\r\nhello mirage world!\n"


async def stream(reader, writer):
    stays = True
    while stays and await reader.readline():
        while len(line := await reader.readline()) > 2:
            if line.lower() == b"connection: close\r\n":
                stays = False
        writer.write(STAYS if stays else CLOSES)
        await writer.drain()
    writer.close()
    await writer.wait_closed()


async def main(address, port):
    await asyncio.start_server(stream, address, port, 512)
    await asyncio.sleep(100_000)


asyncio.run(main(sys.argv[1], int(sys.argv[2])))
