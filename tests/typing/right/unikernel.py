"""What a unikernel uses of the guest's modules."""

import asyncio
import io

from deflate import ZLIB, DeflateIO
from micropython import const
from mirage import args, hooks, info, log, mtime, ptime, random, sleep
from mirage.block import Block
from mirage.kv import DICTIONARY, NotFound, Reader, Writer
from mirage.stack import Stack

port = args.add("--port", "-p", type=int, default=8080, doc="Port of the service.")
hello = args.add("--hello", default="Hello World!")
limit = args.add("--limit", type=float)
hosts = args.add("--host", type="ip", repeated=True)
http = log.source("http")
MOST = const(512)


def at_exit() -> None:
    http.warning("the end of %s for %s", args.name(), info.target)


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(await reader.readline())
    await writer.drain()


async def start(disk: Block, files: Reader, store: Writer, stack: Stack, number: int) -> None:
    hooks.at_exit(at_exit)
    log.info("%s %d", hello().upper(), port() + number)
    most = limit()
    if most is not None:
        await sleep.ns(int(most * 1e9) - mtime.elapsed_ns() + ptime.now())
    disk.write(0, disk.read(0, disk.blocks) + random.generate(16))
    DeflateIO(io.BytesIO(), ZLIB).write(bytes(MOST))
    for name, kind in await files.list("/"):
        if kind == DICTIONARY:
            continue
        try:
            await store.set(name, await files.get(name))
        except NotFound as error:
            log.exception("gone", error)
    await stack.tcp.listen(port(), echo)
    for library in info.libraries:
        print(library.name, library.version)
    print(stack.ip.ipv4 and stack.ip.ipv4.address, len(hosts()))
