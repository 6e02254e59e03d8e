"""Semaphores and conditions."""

from asyncio import core
from asyncio.event import Event
from asyncio.lock import Lock


class Semaphore:
    """So many tasks at a time; those that wait come in the order in which they asked."""

    def __init__(self, value=1):
        if value < 0:
            raise ValueError("Semaphore initial value must be >= 0")
        self._value = value
        self._waiters = []

    def locked(self):
        return self._value == 0

    async def acquire(self):
        if self._value:
            self._value -= 1
            return True
        turn = Event()
        self._waiters.append(turn)
        try:
            await turn.wait()
        except core.CancelledError:
            if turn.is_set():
                self._release()
            else:
                self._waiters.remove(turn)
            raise
        return True

    def release(self):
        self._release()

    def _release(self):
        """Hand it to whoever has waited longest."""
        if self._waiters:
            self._waiters.pop(0).set()
        else:
            self._value += 1

    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, kind, error, traceback):
        self.release()


class BoundedSemaphore(Semaphore):
    """One that is not released more often than acquired."""

    def __init__(self, value=1):
        super().__init__(value)
        self._most = value

    def release(self):
        if self._value >= self._most:
            raise ValueError("BoundedSemaphore released too many times")
        self._release()


class Condition:
    """Tasks that wait until another says that something has changed."""

    def __init__(self, lock=None):
        self._lock = lock or Lock()
        self._waiters = []
        self.acquire, self.release, self.locked = (
            self._lock.acquire,
            self._lock.release,
            self._lock.locked,
        )

    async def wait(self):
        """Let the lock go until notified."""
        if not self.locked():
            raise RuntimeError("cannot wait on un-acquired lock")
        turn = Event()
        self._waiters.append(turn)
        self.release()
        try:
            await turn.wait()
        finally:
            if turn in self._waiters:
                self._waiters.remove(turn)
            await self.acquire()
        return True

    async def wait_for(self, predicate):
        """Until it is true; its value."""
        while not (found := predicate()):
            await self.wait()
        return found

    def notify(self, n=1):
        """Wake so many."""
        if not self.locked():
            raise RuntimeError("cannot notify on un-acquired lock")
        for turn in self._waiters[:n]:
            turn.set()
        del self._waiters[:n]

    def notify_all(self):
        self.notify(len(self._waiters))

    async def __aenter__(self):
        await self.acquire()

    async def __aexit__(self, kind, error, traceback):
        self.release()
