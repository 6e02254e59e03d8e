"""The same as timeout1 with `wait_for`, which returns as soon as the task has."""

import asyncio
import random

from mirage import log


async def toss() -> str:
    await asyncio.sleep(random.uniform(0, 3))
    return "Heads"


async def start() -> None:
    try:
        side = await asyncio.wait_for(toss(), 2)
    except asyncio.TimeoutError:
        log.info("Cancelled")
    else:
        log.info('Returned "%s"', side)
