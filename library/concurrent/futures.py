"""Futures, and an executor for a machine of one thread: `submit` runs the call at once, and gives back
a future that is done. What would have to wait for another thread raises RuntimeError, as an image
has none."""

FIRST_COMPLETED, FIRST_EXCEPTION, ALL_COMPLETED = (
    "FIRST_COMPLETED",
    "FIRST_EXCEPTION",
    "ALL_COMPLETED",
)
_PENDING, _RUNNING, _CANCELLED, _FINISHED = "pending", "running", "cancelled", "finished"


class Error(Exception):
    """What goes wrong with futures."""


class CancelledError(Error):
    """The future was cancelled."""


from builtins import TimeoutError


class InvalidStateError(Error):
    """The future cannot be set any more."""


class BrokenExecutor(RuntimeError):
    """The executor cannot go on."""


BrokenThreadPool = BrokenProcessPool = BrokenExecutor


class Future:
    """The outcome of a call."""

    def __init__(self):
        self._state, self._result, self._exception, self._callbacks = _PENDING, None, None, []

    def cancel(self):
        if self._state in (_RUNNING, _FINISHED):
            return False
        if self._state != _CANCELLED:
            self._end(_CANCELLED)
        return True

    def cancelled(self):
        return self._state == _CANCELLED

    def running(self):
        return self._state == _RUNNING

    def done(self):
        return self._state in (_CANCELLED, _FINISHED)

    def result(self, timeout=None):
        error = self.exception(timeout)
        if error is not None:
            raise error
        return self._result

    def exception(self, timeout=None):
        if self._state == _CANCELLED:
            raise CancelledError
        if self._state != _FINISHED:
            if timeout is not None:
                raise TimeoutError
            raise RuntimeError("the one thread of an image waits for itself: the future is not set")
        return self._exception

    def add_done_callback(self, call):
        self._call(call) if self.done() else self._callbacks.append(call)

    def set_running_or_notify_cancel(self):
        if self._state == _CANCELLED:
            return False
        if self._state != _PENDING:
            raise RuntimeError("Future in unexpected state")
        self._state = _RUNNING
        return True

    def set_result(self, result):
        self._set(result, None)

    def set_exception(self, exception):
        self._set(None, exception)

    def _set(self, result, exception):
        if self.done():
            raise InvalidStateError("%s: %r" % (self._state, self))
        self._result, self._exception = result, exception
        self._end(_FINISHED)

    def _end(self, state):
        self._state = state
        calls, self._callbacks = self._callbacks, []
        for call in calls:
            self._call(call)

    def _call(self, call):
        try:
            call(self)
        except Exception as error:
            import logging

            text = "exception calling callback for %r: %r"
            logging.getLogger("concurrent.futures").error(text, self, error)

    def __repr__(self):
        return "<Future at 0x%x state=%s>" % (id(self), self._state)


class Executor:
    """Runs calls, each when it is handed in."""

    _closed = False

    def submit(self, function, *args, **named):
        """The future of `function(*args, **named)`, which has run."""
        if self._closed:
            raise RuntimeError("cannot schedule new futures after shutdown")
        future = Future()
        future.set_running_or_notify_cancel()
        try:
            result = function(*args, **named)
        except BaseException as error:
            future.set_exception(error)
        else:
            future.set_result(result)
        return future

    def map(self, function, *iterables, timeout=None, chunksize=1):
        """The outcomes of the calls, in their order."""
        futures = [self.submit(function, *args) for args in zip(*iterables)]
        return (future.result() for future in futures)

    def shutdown(self, wait=True, *, cancel_futures=False):
        self._closed = True

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.shutdown()


class ThreadPoolExecutor(Executor):
    """An executor that has the one thread."""

    def __init__(self, max_workers=None, thread_name_prefix="", initializer=None, initargs=()):
        if max_workers is not None and max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        self._max_workers = max_workers or 1
        if initializer is not None:
            initializer(*initargs)


class ProcessPoolExecutor(Executor):
    """An executor of processes, which an image has not."""

    def __init__(self, *_, **__):
        raise NotImplementedError("an image has no other processes: ThreadPoolExecutor runs calls")


def as_completed(fs, timeout=None):
    """The futures, each once."""
    for future in dict.fromkeys(fs):
        if not future.done():
            future.exception(timeout)
        yield future


class DoneAndNotDoneFutures(tuple):
    """What `wait` found."""

    done, not_done = property(lambda self: self[0]), property(lambda self: self[1])


def wait(fs, timeout=None, return_when=ALL_COMPLETED):
    """The futures that are done, and those that are not: nothing sets them while one waits."""
    every = set(fs)
    done = {one for one in every if one.done()}
    if len(done) < len(every) and timeout is None and not (done and return_when == FIRST_COMPLETED):
        raise RuntimeError("the one thread of an image waits for itself: a future is not set")
    return DoneAndNotDoneFutures((done, every - done))
