"""What becomes of a task that fails and that nobody can await: a connection's, or one that was made
by `asyncio.create_task` and is garbage. It is logged, and only that task ends; with the boot
argument `--on-task-error=abort` the unikernel does."""

import _args

if False:  # for type checkers
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
