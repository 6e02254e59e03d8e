"""Waiting for some time, while other tasks run.

    from mirage import sleep
    await sleep.ns(2_500_000_000)

How long is a matter of the event loop: it wakes a task late, never early.
"""

import asyncio

if False:  # for type checkers
    from collections.abc import Awaitable


def ns(duration: int) -> Awaitable[None]:
    """Wait so many nanoseconds, and no less; the event loop's clock has milliseconds. Awaited.
    Raises TypeError unless it is an int."""
    if type(duration) is not int:
        raise TypeError("ns takes nanoseconds, an int, not %r" % (duration,))
    return asyncio.sleep_ms((duration + 999_999) // 1_000_000)


sleep_ns = ns
