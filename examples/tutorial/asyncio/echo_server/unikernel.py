"""An echo server without a network: lines come at their own pace, and are echoed."""

import asyncio
import random

from mirage import args, log

pause = args.add("--pause", type=int, default=2500, doc="Milliseconds between lines, at most.")


async def read_line() -> str:
    await asyncio.sleep(random.randrange(pause()) / 1000)
    return "a" * random.randrange(20)


async def start() -> None:
    for _ in range(10):
        log.info(await read_line())
