"""Functions that are called at the end, and around each wait of the event loop.

    from mirage import hooks
    hooks.at_exit(flush)

Drivers and loggers flush what they hold there.
"""

import sys

import _hooks

if False:  # for type checkers
    from collections.abc import Callable

_exit = []
_enter = []
_leave = []


def at_exit(hook: Callable[[], object]) -> None:
    """Call `hook()` when the unikernel ends, whether well, by `sys.exit` or by an exception, whose
    traceback is printed before. The last hook is called first; it may be async. Raises TypeError
    unless it can be called."""
    _check(hook)
    if not _exit:
        sys.atexit(_run_exit)
    _exit.append(hook)


def at_enter_iter(hook: Callable[[], object]) -> None:
    """Call `hook()` each time before the unikernel waits for something to happen. It may not wait
    itself; an exception of it ends the unikernel. Raises TypeError."""
    _check(hook)
    _enter.append(hook)
    _hooks.set(_run_enter, _run_leave)


def at_leave_iter(hook: Callable[[], object]) -> None:
    """Call `hook()` each time after the unikernel has waited. As `at_enter_iter`."""
    _check(hook)
    _leave.append(hook)
    _hooks.set(_run_enter, _run_leave)


def _check(hook):
    if not callable(hook):
        raise TypeError("a hook is a function, not %r" % (hook,))


def _run_enter():
    for hook in _enter:
        hook()


def _run_leave():
    for hook in _leave:
        hook()


def _run_exit():
    if not _exit:
        return
    try:
        waiting = _exit.pop()()
        if hasattr(waiting, "send"):
            import asyncio

            asyncio.new_event_loop()
            asyncio.run(waiting)
    finally:  # a hook that fails does not keep the others from flushing what they hold
        _run_exit()
