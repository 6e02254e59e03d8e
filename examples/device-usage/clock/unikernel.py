"""The speaking clock: both clocks of a unikernel, each second."""

import time

from mirage import log, mtime, ptime, sleep

SECOND = 1_000_000_000


async def start() -> None:
    while True:
        log.app("%d nanoseconds have elapsed.", mtime.elapsed_ns())
        log.app("At the stroke, the time will be %s \x07 *BEEP*", text(ptime.now()))
        await sleep.ns(SECOND)


def text(now: int) -> str:
    """The time `now`, in nanoseconds since 1970, as people write it."""
    year, month, day, hour, minute, second = time.gmtime(now // SECOND)[:6]
    date = "%d-%02d-%02d" % (year, month, day)
    return "%s %02d:%02d:%02d -00:00" % (date, hour, minute, second)
