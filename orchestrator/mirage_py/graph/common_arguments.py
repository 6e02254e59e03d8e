"""The boot arguments that every image takes. Their kinds are the guest's (runtime_c/port/args.h):
those of `runtime_arg`, and `count`, `size`, `logs`, `help` and `ignored`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from mirage_py.dsl.argument import Argument
from mirage_py.support.errors import Position

AnyArgument = Argument[Any]
RUNTIME = "PYTHON RUNTIME OPTIONS"
COMMON = "COMMON OPTIONS"


def common(name: str, kind: Any, section: str, doc: str, **more: Any) -> AnyArgument:
    """A boot argument of every image."""
    values = {"short": None, "default": None, "docv": "VAL", "choices": ()} | more
    return Argument(
        name=name,
        kind=kind,
        doc=doc,
        section=section,
        required=False,
        repeated=False,
        position=Position(Path(__file__).name, 1),
        **values,
    )


FIRST: tuple[AnyArgument, ...] = (
    common(
        "--delay", "count", COMMON, "Wait so many seconds before the unikernel starts.",
        docv="SECONDS", default=0,
    ),
    common(
        "--heap-size", "size", RUNTIME,
        "Let the heap be at most so large: 64k, 16M, 1G. Without this it may take all of the "
        "memory.",
        docv="BYTES",
    ),
    common(
        "--gc-threshold", "size", RUNTIME,
        "Collect garbage whenever so much has been allocated. Without this it is collected when "
        "the heap is full.",
        docv="BYTES",
    ),
    common(
        "--backtrace", "bool", RUNTIME, "Print a traceback with an exception that ends the "
        "unikernel.",
        docv="BOOL", default=True,
    ),
    common(
        "--logs", "logs", "LOG AND MONITORING",
        "Show messages of these levels: quiet, app, error, warning, info or debug. A level alone, "
        "or with '*', is for all sources; SOURCE:LEVEL is for one.",
        short="-l", docv="LEVEL[,SOURCE:LEVEL...]",
    ),
    common("--name", "str", COMMON, "The name of this unikernel in logs and on networks."),
    common(
        "--on-task-error", "str", RUNTIME,
        "What a failed task that nobody waits for does: end the unikernel (abort), or only be "
        "logged (log).",
        docv="WHAT", default="log", choices=("abort", "log"),
    ),
)  # fmt: skip
"""`--name` has the name of the image as its default."""

FIXED = 4
"""The first of them also stand first in the guest's table, where the port finds them by number."""

HELP = common(
    "--help", "help", COMMON,
    "Show this help in format FMT: auto, pager, groff or plain. A unikernel's console is plain.",
    docv="FMT",
)  # fmt: skip

IGNORED = tuple(
    common(name, "ignored", COMMON, "") for name in ("--ipv4", "--ipv4-gateway", "--ipv4-only")
)
"""What urunc gives to every unikernel, and one without a network takes no notice of."""

RESERVED = frozenset(
    name for one in (*FIRST, HELP) for name in (one.name, one.short) if name is not None
)
"""Names that a unikernel's own arguments cannot have."""
