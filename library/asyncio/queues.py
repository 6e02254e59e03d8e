"""Queues between tasks."""

from asyncio import core
from asyncio.event import Event


class QueueEmpty(Exception):
    pass


class QueueFull(Exception):
    pass


class Queue:
    """First in, first out; `put` waits while it holds `maxsize` items, if that is not 0."""

    def __init__(self, maxsize=0):
        self.maxsize = maxsize
        self._items = []
        self._getters = []
        self._putters = []
        self._unfinished = 0
        self._finished = Event()
        self._finished.set()

    def _put(self, item):
        self._items.append(item)

    def _get(self):
        return self._items.pop(0)

    def qsize(self):
        return len(self._items)

    def empty(self):
        return not self._items

    def full(self):
        return 0 < self.maxsize <= len(self._items)

    async def put(self, item):
        while self.full():
            await _turn(self._putters, self.full)
        self.put_nowait(item)

    def put_nowait(self, item):
        if self.full():
            raise QueueFull
        self._put(item)
        self._unfinished += 1
        self._finished.clear()
        _wake(self._getters)

    async def get(self):
        while not self._items:
            await _turn(self._getters, self.empty)
        return self.get_nowait()

    def get_nowait(self):
        if not self._items:
            raise QueueEmpty
        item = self._get()
        _wake(self._putters)
        return item

    def task_done(self):
        if self._unfinished == 0:
            raise ValueError("task_done() called too many times")
        self._unfinished -= 1
        if self._unfinished == 0:
            self._finished.set()

    async def join(self):
        while self._unfinished:
            await self._finished.wait()


class LifoQueue(Queue):
    """Last in, first out."""

    def _get(self):
        return self._items.pop()


class PriorityQueue(Queue):
    """The least first."""

    def _put(self, item):
        import heapq

        heapq.heappush(self._items, item)

    def _get(self):
        import heapq

        return heapq.heappop(self._items)


async def _turn(waiters, blocked):
    """Wait to be woken. Who is cancelled just then wakes the next."""
    turn = Event()
    waiters.append(turn)
    try:
        await turn.wait()
    except core.CancelledError:
        if not turn.is_set():
            waiters.remove(turn)
        elif not blocked():
            _wake(waiters)
        raise


def _wake(waiters):
    if waiters:
        waiters.pop(0).set()
