"""What becomes of a task that fails while nobody waits for it: a connection's, or one that was made
by `asyncio.create_task`. It is logged, and only that task ends; with the boot argument
`--on-task-error=abort` the unikernel does."""

import _args

if False:  # for type checkers
    from typing import Any


_fatal = []


def fatal(error: BaseException) -> None:
    """Let `error` end the unikernel, even if nobody waits yet for the task that it ends."""
    _fatal.append(error)


def failed(_loop: object, context: dict[str, Any]) -> None:
    """The event loop's exception handler."""
    error = context["exception"]
    if error in _fatal or _args.get("--on-task-error") == "abort":
        raise error
    from mirage import log

    log.source("tasks").exception("a task failed", error)
