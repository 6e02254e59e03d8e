"""What becomes of a task that fails while nobody waits for it: a connection's, or one that was made
by `asyncio.create_task`. It is logged, and only that task ends; with the boot argument
`--on-task-error=abort` the unikernel does."""

import _args

if False:  # for type checkers
    from typing import Any


def failed(_loop: object, context: dict[str, Any]) -> None:
    """The event loop's exception handler."""
    if _args.get("--on-task-error") == "abort":
        raise context["exception"]
    from mirage import log

    log.source("tasks").exception("a task failed", context["exception"])
