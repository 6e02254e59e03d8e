import asyncio

from mirage import log
from mirage.stack import Stack


async def callback(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    address, port = writer.get_extra_info("peername")
    log.info("new tcp connection from IP %s on port %d", address, port)
    data = await reader.read(4096)
    if data:
        log.debug("read: %d bytes:\n%s", len(data), data.decode())
    else:
        log.info("Closing connection!")


async def start(stack: Stack, port: int) -> None:
    server = await stack.tcp.listen(port, callback)
    log.info("listening on port %d", port)
    await server.wait_closed()
