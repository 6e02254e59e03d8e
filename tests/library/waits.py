"""What asyncio does, printed: CPython and an image must print the same."""

import asyncio
import contextlib


async def fail(what, seconds=0.0):
    await asyncio.sleep(seconds)
    raise ValueError(what)


async def sleeps():
    print(await asyncio.gather(asyncio.sleep(0.02), asyncio.sleep(0.01), asyncio.sleep(0)))
    task = asyncio.create_task(asyncio.sleep(0.01))
    later = asyncio.sleep(0.01)
    await asyncio.sleep(0.001)
    print(task.done(), await task, await later, task.done())
    task = asyncio.create_task(asyncio.sleep(10))
    await asyncio.sleep(0)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled")
    try:
        await asyncio.wait_for(asyncio.sleep(10), 0.01)
    except TimeoutError as error:
        print("timeout", isinstance(error, OSError), asyncio.TimeoutError is TimeoutError)


async def failures():
    """Who awaits a task late gets what ended it."""
    first = asyncio.create_task(fail("first"))
    second = asyncio.create_task(fail("second"))
    await asyncio.sleep(0.02)
    for waiting in (first, asyncio.gather(second)):
        try:
            await waiting
        except ValueError as error:
            print("caught", error)


async def timeouts():
    try:
        async with asyncio.timeout(0.01) as limit:
            await asyncio.sleep(10)
    except TimeoutError:
        print("timed out", limit.expired())
    async with asyncio.timeout(10) as limit:
        await asyncio.sleep(0.001)
    async with asyncio.timeout(None):
        await asyncio.sleep(0)
    print(limit.expired())
    try:
        async with asyncio.timeout(0.01), asyncio.timeout(10):
            await asyncio.gather(asyncio.sleep(10), asyncio.sleep(10))
    except TimeoutError:
        print("the outer one")
    try:
        async with asyncio.timeout(10):
            raise KeyError(1)
    except KeyError as error:
        print("left by", error)


async def groups():
    async with asyncio.TaskGroup() as group:
        one = group.create_task(asyncio.sleep(0.01))
        two = group.create_task(add(1, 2))
    print(one.done(), await two)
    began = []
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fail("one"))
            other = group.create_task(asyncio.sleep(10))
            group.create_task(note(began, 10))
            await asyncio.sleep(10)
    except ExceptionGroup as errors:
        print(errors.message, texts(errors), other.done(), began)
    try:
        async with asyncio.TaskGroup() as group:
            unbegun = group.create_task(note(began, 0))
            raise KeyError(2)
    except ExceptionGroup as errors:
        print(len(errors.exceptions), unbegun.done(), began)
    try:
        async with asyncio.TaskGroup() as group:
            await group.create_task(fail("awaited"))
    except ExceptionGroup as errors:
        print(texts(errors))
    try:
        async with asyncio.timeout(0.01):
            async with asyncio.TaskGroup() as group:
                task = group.create_task(asyncio.sleep(10))
    except TimeoutError:
        print("group timed out", task.done())
    unwanted = note(began, 0)
    try:
        group.create_task(unwanted)
    except RuntimeError:
        print("over")
    unwanted.close()


def texts(errors):
    return [str(one) for one in errors.exceptions]


async def add(one, two):
    await asyncio.sleep(0)
    return one + two


async def note(began, seconds):
    began.append(seconds)
    await asyncio.sleep(seconds)


async def queues():
    queue = asyncio.Queue(2)
    got = []

    async def put():
        for number in range(5):
            await queue.put(number)

    async def get():
        while True:
            got.append(await queue.get())
            queue.task_done()

    task = asyncio.create_task(get())
    await put()
    await queue.join()
    task.cancel()
    await asyncio.sleep(0)
    print(got, queue.empty(), queue.qsize(), queue.maxsize)
    for _ in range(2):
        queue.put_nowait("x")
    try:
        queue.put_nowait("y")
    except asyncio.QueueFull:
        print("full", queue.full())
    try:
        asyncio.Queue().get_nowait()
    except asyncio.QueueEmpty:
        print("empty")
    for kind in (asyncio.LifoQueue, asyncio.PriorityQueue):
        queue = kind()
        for number in (2, 3, 1):
            queue.put_nowait(number)
        print(await queue.get(), await queue.get(), await queue.get())
    queue = asyncio.Queue()
    gone, stays = asyncio.create_task(queue.get()), asyncio.create_task(queue.get())
    await asyncio.sleep(0)
    queue.put_nowait("handed on")
    gone.cancel()
    print(await stays)


async def semaphores():
    semaphore = asyncio.Semaphore(2)
    running, most = 0, 0

    async def work():
        nonlocal running, most
        async with semaphore:
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.001)
            running -= 1

    await asyncio.gather(*[work() for _ in range(6)])
    print(most, semaphore.locked())
    bounded = asyncio.BoundedSemaphore(1)
    await bounded.acquire()
    waiting = [asyncio.create_task(bounded.acquire()) for _ in range(2)]
    await asyncio.sleep(0)
    bounded.release()
    waiting[0].cancel()
    print(await waiting[1], bounded.locked())
    bounded.release()
    try:
        bounded.release()
    except ValueError:
        print("too often")


async def counting(count):
    try:
        for number in range(count):
            await asyncio.sleep(0)
            if (got := (yield number)) is not None:
                print("got", got)
    finally:
        print("counted")


class Two:
    async def __aiter__(self):
        yield 1
        yield 2


@contextlib.asynccontextmanager
async def opened(name):
    try:
        yield name
    except ValueError as error:
        print("saw", error)
    finally:
        print("close", name)


async def generators():
    async for number in counting(2):
        print(number)
    made = counting(5)
    print(await made.__anext__(), await made.asend("it"))
    await made.aclose()
    try:
        await made.__anext__()
    except StopAsyncIteration:
        print("at its end")
    print([one async for one in Two()], [one * 2 async for one in counting(2)])
    async with opened("a") as name:
        print(name)
    async with opened("b"):
        raise ValueError("in b")


class Later:
    def __init__(self, awaitable):
        self.awaitable = awaitable

    def __await__(self):
        return self.awaitable.__await__()


class Evener(Later):
    def __await__(self):
        value = yield from super().__await__()
        return value - value % 2


class Ready:
    def __await__(self):
        return 7
        yield


class Failing:
    def __await__(self):
        yield from asyncio.sleep(0).__await__()
        raise ValueError("awaited")


async def awaitables():
    async def number():
        await asyncio.sleep(0)
        return 5

    print(await Later(number()), await Evener(number()), await Ready())
    print(await Later(Later(Ready())), await asyncio.create_task(number()))
    loop = asyncio.get_running_loop()
    given, never = loop.create_future(), loop.create_future()
    loop.call_soon(given.set_result, 3)
    print(await asyncio.gather(Ready(), Later(number()), number(), given))
    print(await asyncio.wait_for(Evener(number()), 1), await asyncio.wait_for(given, 1))
    print(await asyncio.shield(Ready()), await asyncio.ensure_future(Later(Ready())))
    print(await asyncio.gather(Failing(), Ready(), return_exceptions=True))
    try:
        await asyncio.wait_for(never, 0.01)
    except TimeoutError:
        print("timeout", never.cancelled())


async def start():
    for each in (
        sleeps, failures, timeouts, groups, queues, semaphores, generators, awaitables,
    ):  # fmt: skip
        print(each.__name__)
        await each()


if __name__ == "__main__":
    asyncio.run(start())
