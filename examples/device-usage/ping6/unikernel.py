import asyncio

from mirage import log
from mirage.ipv6 import Ipv6


async def start(ipv6: Ipv6) -> None:
    """Pings are answered by the stack itself: nothing is left to do."""
    await ipv6.ready()
    log.info("ready")
    while True:
        await asyncio.sleep(3600)
