"""Context managers, as in CPython."""

import builtins
import sys
from abc import ABC, abstractmethod
from functools import wraps

from _modern import GenericAlias

__all__ = [
    "AbstractAsyncContextManager",
    "AbstractContextManager",
    "AsyncContextDecorator",
    "AsyncExitStack",
    "ContextDecorator",
    "ExitStack",
    "aclosing",
    "asynccontextmanager",
    "chdir",
    "closing",
    "contextmanager",
    "nullcontext",
    "redirect_stderr",
    "redirect_stdout",
    "suppress",
]  # fmt: skip


def _has(cls, *names):
    """Whether objects of a class have methods of these names; `NotImplemented` if not."""
    return all(getattr(cls, one, None) is not None for one in names) or NotImplemented


class AbstractContextManager(ABC):
    """A context manager that gives itself. What has its methods is one."""

    def __enter__(self):
        return self

    @abstractmethod
    def __exit__(self, exc_type, exc_value, traceback):
        return None

    @classmethod
    def __subclasshook__(cls, other):
        return (
            _has(other, "__enter__", "__exit__")
            if cls is AbstractContextManager
            else NotImplemented
        )

    @classmethod
    def __class_getitem__(cls, args):
        return GenericAlias(cls, args)


class AbstractAsyncContextManager(ABC):
    """An asynchronous context manager that gives itself. What has its methods is one."""

    async def __aenter__(self):
        return self

    @abstractmethod
    async def __aexit__(self, exc_type, exc_value, traceback):
        return None

    @classmethod
    def __subclasshook__(cls, other):
        if cls is not AbstractAsyncContextManager:
            return NotImplemented
        return _has(other, "__aenter__", "__aexit__")

    @classmethod
    def __class_getitem__(cls, args):
        return GenericAlias(cls, args)


class ContextDecorator:
    """A context manager that can decorate a function."""

    def _recreate_cm(self):
        """What a call is run in: a manager that serves once makes another."""
        return self

    def __call__(self, func):
        @wraps(func)
        def inner(*args, **named):
            with self._recreate_cm():
                return func(*args, **named)

        return inner


class AsyncContextDecorator:
    """An asynchronous context manager that can decorate a coroutine function."""

    def _recreate_cm(self):
        return self

    def __call__(self, func):
        @wraps(func)
        async def inner(*args, **named):
            async with self._recreate_cm():
                return await func(*args, **named)

        return inner


class _Generated:
    """The manager of a call of a generator."""

    def __init__(self, func, args, named):
        self.gen = func(*args, **named)
        self.func, self.args, self.kwds = func, args, named
        self.__doc__ = getattr(func, "__doc__", None)

    def _recreate_cm(self):
        return type(self)(self.func, self.args, self.kwds)


def _is_passed_on(error, value, stop):
    """Whether `error`, which left the body of a generator, is what was thrown into it: a `stop` that
    passes a generator is raised as a RuntimeError."""
    if error is value:
        return True
    told = "generator raised StopIteration", "async generator raised StopAsyncIteration"
    return (
        isinstance(value, stop)
        and isinstance(error, RuntimeError)
        and error.args[:1] in (told[:1], told[1:], ("async generator raised StopIteration",))
    )


class _GeneratorContextManager(_Generated, AbstractContextManager, ContextDecorator):
    def __enter__(self):
        del self.args, self.kwds, self.func
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError("generator didn't yield") from None

    def __exit__(self, kind, value, traceback):
        if kind is None:
            try:
                next(self.gen)
            except StopIteration:
                return False
            raise RuntimeError("generator didn't stop")
        value = kind() if value is None else value
        try:
            self.gen.throw(value)
        except StopIteration as stop:
            return stop is not value
        except BaseException as error:
            if _is_passed_on(error, value, StopIteration):
                return False
            raise
        raise RuntimeError("generator didn't stop after throw()")


class _AsyncGeneratorContextManager(_Generated, AbstractAsyncContextManager, AsyncContextDecorator):
    async def __aenter__(self):
        del self.args, self.kwds, self.func
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
        except StopAsyncIteration as stop:
            return stop is not value
        except BaseException as error:
            if _is_passed_on(error, value, (StopIteration, StopAsyncIteration)):
                return False
            raise
        raise RuntimeError("generator didn't stop after athrow()")


def contextmanager(func):
    """Make context managers of a generator that yields once."""
    return wraps(func)(lambda *args, **named: _GeneratorContextManager(func, args, named))


def asynccontextmanager(func):
    """Make asynchronous context managers of an asynchronous generator that yields once."""
    return wraps(func)(lambda *args, **named: _AsyncGeneratorContextManager(func, args, named))


class closing(AbstractContextManager):
    """Close a thing at the end."""

    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *_):
        self.thing.close()


class aclosing(AbstractAsyncContextManager):
    """Await the `aclose` of a thing at the end."""

    def __init__(self, thing):
        self.thing = thing

    async def __aenter__(self):
        return self.thing

    async def __aexit__(self, *_):
        await self.thing.aclose()


class suppress(AbstractContextManager):
    """Pass over these exceptions."""

    def __init__(self, *exceptions):
        self._exceptions = exceptions

    def __enter__(self):
        pass

    def __exit__(self, kind, value, traceback):
        return kind is not None and issubclass(kind, self._exceptions)


class nullcontext(AbstractContextManager, AbstractAsyncContextManager):
    """Do nothing, and give a value."""

    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    def __exit__(self, *_):
        pass

    async def __aenter__(self):
        return self.enter_result

    async def __aexit__(self, *_):
        pass


def _methods(manager, enter, leave, kind):
    """Both methods of a context manager. Raises TypeError."""
    cls = type(manager)
    if hasattr(cls, enter) and hasattr(cls, leave):
        return getattr(manager, enter), getattr(manager, leave)
    missed = " (missed %s method)" % leave if hasattr(cls, enter) else ""
    raise TypeError(
        "'%s.%s' object does not support the %s manager protocol%s"
        % (cls.__module__, cls.__qualname__, kind, missed)
    )


def _led(error, before, outside):
    """Makes `before` what the first of the exceptions that led to `error` came of, up to `outside`."""
    while True:
        context = error.__context__
        if context is before or (context is None and "__context__" in error.__dict__):
            return  # it was said so
        if context is None or context is outside:
            break
        error = context
    if error is not before:
        error.__context__ = before


class _Stack:
    """What both stacks have: pairs of whether an exit is awaited, and the exit."""

    def __init__(self):
        self._exit_callbacks = []

    def pop_all(self):
        """A stack of what is here, which is then empty."""
        other = type(self)()
        other._exit_callbacks, self._exit_callbacks = self._exit_callbacks, []
        return other

    def enter_context(self, cm):
        """What the manager gives; it is left with the stack."""
        enter, leave = _methods(cm, "__enter__", "__exit__", "context")
        value = enter()
        self._exit_callbacks.append((False, leave))
        return value

    def push(self, exit):
        """A manager that was entered elsewhere, or a function like its `__exit__`."""
        leave = exit.__exit__ if hasattr(type(exit), "__exit__") else exit
        self._exit_callbacks.append((False, leave))
        return exit

    def callback(posonly_self, posonly_callback, *args, **named):
        """Call a function at the end, whatever happened."""

        def called(*_):
            posonly_callback(*args, **named)

        called.__wrapped__ = posonly_callback
        posonly_self._exit_callbacks.append((False, called))
        return posonly_callback


class _Leaving:
    """How a stack is left: which exception there is by now."""

    def __init__(self, value):
        self.given = self.value = value
        self.raises = False

    def details(self):
        value = self.value
        return (None, None, None) if value is None else (type(value), value, value.__traceback__)

    def told(self, suppresses):
        if suppresses:
            self.value, self.raises = None, False

    def failed(self, error):
        _led(error, self.value, self.given)
        self.value, self.raises = error, True

    def end(self):
        """Whether the exception that was given is over. Raises what came instead."""
        if self.raises:
            context = self.value.__context__
            try:
                raise self.value
            except BaseException:
                self.value.__context__ = context
                raise
        return self.given is not None and self.value is None


class ExitStack(_Stack, AbstractContextManager):
    """Context managers and callbacks that end together, the last first."""

    def close(self):
        self.__exit__(None, None, None)

    def __exit__(self, kind, value, traceback):
        leaving = _Leaving(kind() if kind is not None and value is None else value)
        while self._exit_callbacks:
            _, leave = self._exit_callbacks.pop()
            try:
                leaving.told(leave(*leaving.details()))
            except BaseException as error:
                leaving.failed(error)
        return leaving.end()


class AsyncExitStack(_Stack, AbstractAsyncContextManager):
    """The same, of managers and callbacks that are awaited too."""

    async def enter_async_context(self, cm):
        """What the manager gives; it is left with the stack."""
        enter, leave = _methods(cm, "__aenter__", "__aexit__", "asynchronous context")
        value = await enter()
        self._exit_callbacks.append((True, leave))
        return value

    def push_async_exit(self, exit):
        """A manager that was entered elsewhere, or a coroutine function like its `__aexit__`."""
        leave = exit.__aexit__ if hasattr(type(exit), "__aexit__") else exit
        self._exit_callbacks.append((True, leave))
        return exit

    def push_async_callback(posonly_self, posonly_callback, *args, **named):
        """Await a call of a coroutine function at the end, whatever happened."""

        async def called(*_):
            await posonly_callback(*args, **named)

        called.__wrapped__ = posonly_callback
        posonly_self._exit_callbacks.append((True, called))
        return posonly_callback

    async def aclose(self):
        await self.__aexit__(None, None, None)

    async def __aexit__(self, kind, value, traceback):
        leaving = _Leaving(kind() if kind is not None and value is None else value)
        while self._exit_callbacks:
            awaited, leave = self._exit_callbacks.pop()
            try:
                told = leave(*leaving.details())
                leaving.told(await told if awaited else told)
            except BaseException as error:
                leaving.failed(error)
        return leaving.end()


class redirect_stdout(AbstractContextManager):
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


class chdir(AbstractContextManager):
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
