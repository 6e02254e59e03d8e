"""An echo server without a network: lines come at their own pace, and are echoed."""

import asyncio
import random

from mirage import args, log

pause = args.add("--pause", type=int, default=2500, doc="Milliseconds between lines, at most.")


async def read_line():
    await asyncio.sleep_ms(random.randrange(pause()))
    return "a" * random.randrange(20)


async def start():
    for _ in range(10):
        log.info(await read_line())
