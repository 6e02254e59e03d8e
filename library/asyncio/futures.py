"""Results that somebody else gives: `asyncio.Future`."""

from asyncio import core
from asyncio.event import Event


class Future:
    """A result that is not there yet."""

    def __init__(self, *, loop=None):
        self._event, self._result, self._error = Event(), None, None
        self._callbacks = []

    def done(self):
        return self._event.is_set()

    def cancelled(self):
        return isinstance(self._error, core.CancelledError)

    def result(self):
        if not self.done():
            raise core.InvalidStateError("Result is not set.")
        if self._error is not None:
            raise self._error
        return self._result

    def exception(self):
        if not self.done():
            raise core.InvalidStateError("Exception is not set.")
        if self.cancelled():
            raise self._error
        return self._error

    def set_result(self, result):
        self._end(result, None)

    def set_exception(self, error):
        self._end(None, error() if isinstance(error, type) else error)

    def cancel(self, msg=None):
        if self.done():
            return False
        self._end(None, core.CancelledError())
        return True

    def add_done_callback(self, callback, *, context=None):
        if self.done():
            core.Loop.call_soon(callback, self)
        else:
            self._callbacks.append(callback)

    def remove_done_callback(self, callback):
        kept = [one for one in self._callbacks if one != callback]
        removed = len(self._callbacks) - len(kept)
        self._callbacks = kept
        return removed

    def get_loop(self):
        return core.Loop

    def _end(self, result, error):
        if self.done():
            raise core.InvalidStateError("invalid state")
        self._result, self._error = result, error
        self._event.set()
        for one in self._callbacks:
            core.Loop.call_soon(one, self)
        self._callbacks = []

    def __iter__(self):
        try:
            yield from self._event.wait()
        except core.CancelledError:
            self.cancel()  # whoever else awaits it, too
            raise
        return self.result()

    __await__ = __iter__


_made = Future


def isfuture(value):
    """Whether it is a future or a task."""
    return isinstance(value, (Future, core.Task))


def ensure_future(awaitable, *, loop=None):
    """A future or a task as it is; of a coroutine, a task."""
    return awaitable if isfuture(awaitable) else core.create_task(_waits_for(awaitable))


def _waits_for(awaitable):
    return awaitable if hasattr(awaitable, "send") else _await(awaitable)


async def _await(awaitable):
    return await awaitable
