"""What becomes of a task that fails and that nobody can await: a connection's, or one that was made
by `asyncio.create_task` and is garbage. It is logged, and only that task ends; with the boot
argument `--on-task-error=abort` the unikernel does."""

import _args

if False:  # for type checkers
    from collections.abc import Generator
    from typing import Any


def fatal(error: BaseException) -> None:
    """Let `error` end the unikernel, even if nobody waits yet for the task that it ends."""
    from asyncio import core

    core.fatal = error


def failed(_loop: object, context: dict[str, Any]) -> None:
    """The event loop's exception handler."""
    error = context["exception"]
    if _args.get("--on-task-error") == "abort":
        raise error
    from mirage import log

    log.source("tasks").exception("a task failed", error)


async def returned(value: object) -> None:
    """Wait for what `start` returned though it is no `async def`, if that is something to wait for:
    a coroutine, or a task. Raises TypeError for a generator."""
    from asyncio import Task

    if hasattr(value, "send"):
        await _driven(value)
    elif hasattr(value, "__next__") or isinstance(value, Task):
        await value


def _driven(coroutine: Generator[None, None, None]) -> Generator[None, None, None]:
    """Run a coroutine; one that gives something when it waits is a generator, which look alike."""
    step, told = coroutine.send, None
    while True:
        try:
            given = step(told)
        except StopIteration:
            return
        if given is not None:
            raise TypeError("start: it returned a generator, and not a coroutine")
        try:
            yield
            step, told = coroutine.send, None
        except BaseException as error:
            step, told = coroutine.throw, error
