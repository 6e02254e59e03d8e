import asyncio

from mirage import log


async def start() -> None:
    for _ in range(4):
        log.info("hello")
        await asyncio.sleep(1)
