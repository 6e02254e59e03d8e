"""Semaphores."""

from asyncio import core
from asyncio.event import Event


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
