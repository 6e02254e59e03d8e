"""A time limit by hand: wait for as long as a task may take, then see what became of it."""

import asyncio
import random

from mirage import log


async def toss() -> str:
    await asyncio.sleep(random.uniform(0, 3))
    return "Heads"


async def limited(task: asyncio.Task[str], seconds: float) -> str | None:
    """What the task returns within so many seconds, or None."""
    await asyncio.sleep(seconds)
    if task.done():
        return await task
    task.cancel()
    return None


async def start() -> None:
    side = await limited(asyncio.create_task(toss()), 2)
    if side is None:
        log.info("Cancelled")
    else:
        log.info('Returned "%s"', side)
