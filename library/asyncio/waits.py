"""Several tasks: `wait`, `as_completed`, `shield`; and what belongs to none."""

from asyncio import core
from asyncio.event import Event
from asyncio.futures import ensure_future

FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = (
    "FIRST_COMPLETED",
    "FIRST_EXCEPTION",
    "ALL_COMPLETED",
)


async def _follow(task, ended, event):
    """Say that a task has ended; that this is awaited does not cancel it."""
    error = None
    try:
        await task
    except (core.CancelledError, Exception) as found:
        error = found
    ended.append((task, error))
    event.set()


def _follow_all(tasks):
    ended, event = [], Event()
    for one in tasks:
        core.create_task(_follow(one, ended, event))
    return ended, event


async def _wait_until(event, timeout):
    if timeout is None:
        await event.wait()
        return True
    from asyncio import wait_for

    try:
        await wait_for(event.wait(), timeout)
    except core.TimeoutError:
        return False
    return True


async def wait(awaitables, *, timeout=None, return_when=ALL_COMPLETED):
    """Those that have ended and those that have not, as two sets, after so many seconds, or once
    one or all of them have ended."""
    tasks = [ensure_future(one) for one in awaitables]
    if not tasks:
        raise ValueError("Set of Tasks/Futures is empty.")
    ended, event = _follow_all(tasks)
    until = None if timeout is None else core.Loop.time() + timeout
    while len(ended) < len(tasks):
        if ended and (
            return_when == FIRST_COMPLETED
            or (return_when == FIRST_EXCEPTION and any(error for _, error in ended))
        ):
            break
        event.clear()
        left = None if until is None else max(until - core.Loop.time(), 0)
        if not await _wait_until(event, left):
            break
    done = {task for task, _ in ended}
    return done, {one for one in tasks if one not in done}


def as_completed(awaitables, *, timeout=None):
    """Coroutines that give the results in the order in which they come."""
    tasks = [ensure_future(one) for one in awaitables]
    ended, event = _follow_all(tasks)
    until = None if timeout is None else core.Loop.time() + timeout

    async def following(number):
        while len(ended) <= number:
            event.clear()
            left = None if until is None else max(until - core.Loop.time(), 0)
            if not await _wait_until(event, left):
                raise core.TimeoutError
        return ended[number][0].result()

    for number in range(len(tasks)):
        yield following(number)


async def shield(awaitable):
    """Its result. Who awaits this may be cancelled: the awaitable goes on."""
    task = ensure_future(awaitable)
    ended, event = _follow_all([task])
    while not ended:
        await event.wait()
    return task.result()


def iscoroutine(value):
    """Whether it is what a coroutine function gives."""
    return isinstance(value, (type(_sample), core.SingletonGenerator))


async def _nothing():
    pass


_sample = _nothing()


def iscoroutinefunction(function):
    """Whether a call of it gives a coroutine, as far as that can be told: a generator looks the
    same."""
    if getattr(function, "_is_coroutine", None) is coroutines._is_coroutine:
        return True
    return type(function) is type(_nothing) and not getattr(function, "_asynchronous", False)


class coroutines:
    """`asyncio.coroutines`: a function is one of coroutines whose `_is_coroutine` is this one's."""

    _is_coroutine = object()
    iscoroutine, iscoroutinefunction = staticmethod(iscoroutine), staticmethod(iscoroutinefunction)


def to_thread(function, *args, **named):
    raise RuntimeError("an image has no threads: asyncio.to_thread() cannot run %r" % (function,))


class Runner:
    """`with Runner() as runner`: runs coroutines one after the other."""

    def __init__(self, *, debug=None, loop_factory=None):
        pass

    def run(self, coro, *, context=None):
        return core.run(coro)

    def get_loop(self):
        return core.Loop

    def close(self):
        pass

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        self.close()
