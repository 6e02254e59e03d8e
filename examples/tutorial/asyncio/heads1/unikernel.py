"""Two coins are tossed at once; `gather` waits until both lie: two seconds, not three."""

import asyncio

from mirage import log


async def toss(side, seconds):
    await asyncio.sleep(seconds)
    log.info(side)


async def start():
    await asyncio.gather(toss("Heads", 1), toss("Tails", 2))
    log.info("Finished")
