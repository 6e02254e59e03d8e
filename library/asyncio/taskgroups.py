"""`async with asyncio.TaskGroup() as group`."""

from asyncio import core
from asyncio.event import Event

from _groups import ExceptionGroup


class TaskGroup:
    """Tasks that end together: the block waits for all of them, and the first that fails cancels
    the others and the block. What failed is raised as an ExceptionGroup."""

    def __init__(self):
        self._parent = None
        self._tasks = []
        self._failed = []
        self._errors = []
        self._ended = None  # an event, once the block waits for the tasks
        self._aborting = False
        self._cancelled = False  # the block, by us

    def create_task(self, coro):
        if self._parent is None or self._aborting or (self._ended and not self._tasks):
            raise RuntimeError("TaskGroup is not active")
        member = _Member(self, core._own(coro))
        member.task = core.create_task(member)
        self._tasks.append(member.task)
        return member.task

    async def __aenter__(self):
        self._parent = core.cur_task
        return self

    async def __aexit__(self, kind, error, traceback):
        outer = None
        if kind is not None:
            self._abort()
            if isinstance(error, Exception) and error not in self._errors:
                self._errors.append(error)
            elif not self._cancelled:
                outer = error
        self._ended = Event()
        while self._tasks:
            self._ended.clear()
            try:
                await self._ended.wait()
            except core.CancelledError as cancelled:
                outer = cancelled
                self._abort()
        for task in self._failed:
            task.state = False  # as if it was awaited
        if self._errors:
            raise ExceptionGroup("unhandled errors in a TaskGroup", self._errors)
        if outer is not None:
            raise outer

    def _end(self, task, error):
        self._tasks.remove(task)
        if isinstance(error, Exception):
            self._failed.append(task)
            self._errors.append(error)
            self._abort()
            if self._ended is None and not self._cancelled:
                self._cancelled = _cancel(self._parent)
        if self._ended and not self._tasks:
            self._ended.set()

    def _abort(self):
        self._aborting = True
        for task in self._tasks:
            _cancel(task)


class _Member:
    """The coroutine of a task in a group, which tells the group of its end, even if it is cancelled
    before it begins."""

    def __init__(self, group, coro):
        self._group = group
        self._coro = coro
        self.task = None

    def send(self, value):
        return self._step(self._coro.send, value)

    def throw(self, error):
        return self._step(self._coro.throw, error)

    def _step(self, go, value):
        try:
            return go(value)
        except StopIteration:
            self._group._end(self.task, None)
            raise
        except (core.CancelledError, Exception) as error:
            self._group._end(self.task, error)
            raise


def _cancel(task):
    """Cancel it, unless what it waits for is the running task, which wakes it in any case."""
    last = task
    while isinstance(last.data, core.Task):
        last = last.data
    return last is not core.cur_task and task.cancel()
