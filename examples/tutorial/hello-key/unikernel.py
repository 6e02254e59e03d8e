"""A boot argument: declared here, given when the unikernel is started (`-- --hello=Hola!`)."""

import asyncio

from mirage import args, log

hello = args.add("--hello", default="Hello World!", doc="How to say hello.")


async def start() -> None:
    for _ in range(4):
        log.info(hello())
        await asyncio.sleep(1)
