"""Asynchronous generators: coroutines whose own yields are told from what they wait for."""


class Yielded:
    """What `yield` in an asynchronous generator gives."""

    def __init__(self, value=None):
        self.value = value


class AsyncGenerator:
    """What a call of an asynchronous generator function makes."""

    def __init__(self, coroutine):
        self._coroutine = coroutine

    def __aiter__(self):
        return self

    def __anext__(self):
        return self._until_yield(self._coroutine.send, None)

    def asend(self, value):
        return self._until_yield(self._coroutine.send, value)

    def athrow(self, kind, value=None, traceback=None):
        error = kind if value is None else value
        return self._until_yield(
            self._coroutine.throw, error() if isinstance(error, type) else error
        )

    def aclose(self):
        try:
            yield from self._until_yield(self._coroutine.throw, GeneratorExit())
        except (StopAsyncIteration, GeneratorExit):
            return
        raise RuntimeError("async generator ignored GeneratorExit")

    def _until_yield(self, step, value):
        """Awaits what the coroutine awaits, up to its next yield."""
        while True:
            try:
                found = step(value)
            except StopIteration:
                raise StopAsyncIteration from None
            if isinstance(found, Yielded):
                return found.value
            step = self._coroutine.send
            try:
                value = yield found
            except BaseException as error:
                step, value = self._coroutine.throw, error


def asynchronous(function):
    """An asynchronous generator function, of the coroutine function that stands for it."""

    def made(*args, **named):
        return AsyncGenerator(function(*args, **named))

    made.__name__ = made.__qualname__ = function.__name__
    made.__wrapped__ = function
    made._asynchronous = True
    return made
