"""Several questions at the same time: what each of `several` steps (mirage.dns.exchange) comes to,
in their order: a list, or an exception; None for what is not there so many milliseconds
(`patience`) after the first list."""

import asyncio
import select
import time

from mirage.dns.exchange import wait

if False:  # for type checkers
    from typing import Any

    from mirage.dns.exchange import Steps


async def together(several: list[Steps], patience: int) -> list[Any]:
    """While other tasks run."""
    results: list[Any] = [None] * len(several)
    came = asyncio.Event()

    async def follow(number):
        try:
            results[number] = await wait(several[number])
        except Exception as error:
            results[number] = error
        came.set()

    tasks = [asyncio.create_task(follow(number)) for number in range(len(several))]
    try:
        while None in results and not _any(results):
            await came.wait()
            came.clear()
        end = time.ticks_add(time.ticks_ms(), patience)
        while None in results:
            await asyncio.wait_for_ms(came.wait(), max(0, _left(end)))
            came.clear()
    except TimeoutError:
        pass
    finally:
        for task in tasks:
            task.cancel()
    return results


def together_here(several: list[Steps], patience: int) -> list[Any]:
    """While nothing else runs."""
    results: list[Any] = [None] * len(several)
    waiting = {}  # by number: a socket, its events and until when
    end = None

    def go_on(number, came):
        waiting.pop(number, None)
        try:
            opened, events, milliseconds = several[number].send(came)
            waiting[number] = opened, events, time.ticks_add(time.ticks_ms(), milliseconds)
        except StopIteration as stop:
            results[number] = stop.value
        except Exception as error:
            results[number] = error

    try:
        for number in range(len(several)):
            go_on(number, None)
        while waiting:
            if end is None and _any(results):
                end = time.ticks_add(time.ticks_ms(), patience)
            if end is not None and _left(end) <= 0:
                break
            ready = _poll(waiting.values(), end)
            for number, (opened, _, until) in list(waiting.items()):
                came = any(one is opened for one in ready)
                if came or _left(until) <= 0:
                    go_on(number, came)
    finally:
        for steps in several:
            steps.close()
    return results


def _poll(waiting, end):
    """The sockets of which one of the events came, as soon as there are any or a time is over."""
    poll = select.poll()
    for opened, events, _ in waiting:
        poll.register(opened, events)
    times = [until for _, _, until in waiting] + ([] if end is None else [end])
    return [one[0] for one in poll.poll(max(0, min([_left(one) for one in times])))]


def _any(results):
    return any(isinstance(one, list) for one in results)


def _left(end):
    return time.ticks_diff(end, time.ticks_ms())
