"""Context managers, as in CPython, but for AsyncExitStack."""

import builtins
import sys
from functools import wraps


class AbstractContextManager:
    """A context manager that gives itself."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None


class ContextDecorator:
    """A context manager that can decorate a function."""

    def __call__(self, function):
        def inner(*args, **named):
            with self._again():
                return function(*args, **named)

        return inner

    def _again(self):
        return self


class _Generated(ContextDecorator):
    def __init__(self, function, args, named):
        self.made_of = function, args, named
        self.generator = function(*args, **named)

    def _again(self):
        return _Generated(*self.made_of)

    def __enter__(self):
        try:
            return next(self.generator)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, kind, value, trace):
        if kind is None:
            try:
                next(self.generator)
            except StopIteration:
                return False
            raise RuntimeError("generator didn't stop")
        try:
            self.generator.throw(value if value is not None else kind())
        except StopIteration as stop:
            return stop is not value
        except BaseException as error:
            if error is value:
                return False
            raise
        raise RuntimeError("generator didn't stop after throw()")


def contextmanager(function):
    """Make context managers of a generator that yields once."""
    return wraps(function)(lambda *args, **named: _Generated(function, args, named))


class AbstractAsyncContextManager:
    """An asynchronous context manager that gives itself."""

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        return None


AsyncContextDecorator = AbstractAsyncContextManager


class _AsyncGenerated(AbstractAsyncContextManager):
    """The manager of a call of an asynchronous generator."""

    def __init__(self, generator):
        self.gen = generator

    async def __aenter__(self):
        try:
            return await self.gen.__anext__()
        except StopAsyncIteration:
            raise RuntimeError("generator didn't yield") from None

    async def __aexit__(self, kind, value, traceback):
        if kind is None:
            try:
                await self.gen.__anext__()
            except StopAsyncIteration:
                return False
            raise RuntimeError("generator didn't stop")
        value = kind() if value is None else value
        try:
            await self.gen.athrow(value)
        except StopAsyncIteration as error:
            return error is not value
        except BaseException as error:
            if error is value:
                return False
            raise
        raise RuntimeError("generator didn't stop after athrow()")


def asynccontextmanager(function):
    """Make asynchronous context managers of an asynchronous generator that yields once."""
    return wraps(function)(lambda *args, **named: _AsyncGenerated(function(*args, **named)))


class closing(AbstractContextManager):
    """Close a thing at the end."""

    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *_):
        self.thing.close()


class suppress(AbstractContextManager):
    """Pass over these exceptions."""

    def __init__(self, *kinds):
        self.kinds = kinds

    def __exit__(self, kind, value, trace):
        return kind is not None and issubclass(kind, self.kinds)


class nullcontext(AbstractContextManager):
    """Do nothing, and give a value."""

    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    async def __aenter__(self):
        return self.enter_result

    async def __aexit__(self, *_):
        return None


class ExitStack(AbstractContextManager):
    """Context managers and callbacks that end together, the last first."""

    def __init__(self):
        self.exits = []

    def enter_context(self, manager):
        value = manager.__enter__()
        self.exits.append(manager.__exit__)
        return value

    def push(self, manager):
        self.exits.append(manager.__exit__ if hasattr(manager, "__exit__") else manager)
        return manager

    def callback(self, function, *args, **named):
        self.exits.append(lambda *_: function(*args, **named) and False)
        return function

    def pop_all(self):
        other = ExitStack()
        other.exits, self.exits = self.exits, []
        return other

    def close(self):
        self.__exit__(None, None, None)

    def __exit__(self, kind, value, trace):
        given = value
        while self.exits:
            try:
                if self.exits.pop()(kind, value, trace):
                    kind = value = trace = None
            except BaseException as error:
                kind, value, trace = type(error), error, None
        if value is not None and value is not given:
            raise value
        return given is not None and value is None


class AsyncExitStack(AbstractAsyncContextManager):
    """Leave what was entered, last first."""

    def __init__(self):
        self._callbacks = []

    async def enter_async_context(self, manager):
        value = await manager.__aenter__()
        self._callbacks.append(manager.__aexit__)
        return value

    def push_async_callback(self, function, *args, **named):
        async def call(*_):
            await function(*args, **named)

        self._callbacks.append(call)

    async def aclose(self):
        await self.__aexit__(None, None, None)

    async def __aexit__(self, *details):
        while self._callbacks:
            await self._callbacks.pop()(*details)


class redirect_stdout:
    """`print`, and `sys.stdout` likewise, write to the target until this is left; in every task, as in
    CPython. Where `sys` takes no attributes, `print` alone does."""

    _name = "stdout"

    def __init__(self, target):
        self._target, self._kept = target, []

    def __enter__(self):
        target, owner = self._target, sys.modules.get("_sys")
        if owner is None:
            self._kept.append((builtins, "print", builtins.print))
            if self._name == "stdout":
                builtins.print = _printing_to(target)
        else:
            self._kept.append((owner, self._name, getattr(owner, self._name)))
            setattr(owner, self._name, target)
        return target

    def __exit__(self, *_):
        setattr(*self._kept.pop())


class redirect_stderr(redirect_stdout):
    """The same of `sys.stderr`."""

    _name = "stderr"


_plain_print = print


def _printing_to(target):
    def show(*values, file=None, **named):
        _plain_print(*values, file=target if file is None else file, **named)

    return show


class chdir:
    """An image without the feature `vfs` has no folders."""

    def __init__(self, path):
        self.path, self._kept = path, []

    def __enter__(self):
        import os

        self._kept.append(os.getcwd())  # noqa: PTH109 -- images have no Path.cwd
        os.chdir(self.path)

    def __exit__(self, *_):
        import os

        os.chdir(self._kept.pop())


class aclosing(AbstractAsyncContextManager):
    def __init__(self, thing):
        self.thing = thing

    async def __aenter__(self):
        return self.thing

    async def __aexit__(self, *_):
        await self.thing.aclose()
