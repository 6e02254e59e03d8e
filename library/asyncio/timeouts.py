"""`async with asyncio.timeout(seconds)`."""

from asyncio import core


class _Timeout:
    def __init__(self, delay):
        self._delay = delay
        self._timer = None
        self._expired = False

    def expired(self):
        return self._expired

    async def __aenter__(self):
        if self._delay is not None:
            self._timer = core.create_task(self._limit(core.cur_task))
        return self

    async def __aexit__(self, kind, error, traceback):
        if self._timer is not None:
            self._timer.cancel()
        if self._expired and kind is not None and issubclass(kind, core.CancelledError):
            raise core.TimeoutError

    async def _limit(self, task):
        await core.sleep(self._delay)
        self._expired = True
        task.cancel()


def timeout(delay):
    """Cancels what is in the block after so many seconds, unless that is None; the block then
    raises TimeoutError."""
    return _Timeout(delay)


def timeout_at(when):
    """The same, at a time of the loop's."""
    return _Timeout(None if when is None else max(when - core.Loop.time(), 0))
