"""The same as heads1 with tasks: each runs from where it is created, and is awaited later."""

import asyncio

from mirage import log


async def toss(side: str, seconds: float) -> None:
    await asyncio.sleep(seconds)
    log.info(side)


async def start() -> None:
    heads = asyncio.create_task(toss("Heads", 1))
    tails = asyncio.create_task(toss("Tails", 2))
    await heads
    await tails
    log.info("Finished")
