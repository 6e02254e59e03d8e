import asyncio

from mirage import log


async def start(ipv6):
    """Pings are answered by the stack itself: nothing is left to do."""
    await ipv6.ready()
    log.info("ready")
    while True:
        await asyncio.sleep(3600)
