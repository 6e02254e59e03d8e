"""Two coins are tossed at once; `gather` waits until both lie: two seconds, not three."""

import asyncio

from mirage import log


async def toss(side: str, seconds: float) -> None:
    await asyncio.sleep(seconds)
    log.info(side)


async def start() -> None:
    await asyncio.gather(toss("Heads", 1), toss("Tails", 2))
    log.info("Finished")
