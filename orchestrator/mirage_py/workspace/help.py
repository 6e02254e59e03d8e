"""What `--help` of an image prints: a manual page, in plain text."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from mirage_py.graph.common_arguments import HELP

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mirage_py.graph.common_arguments import AnyArgument

BEFORE = ("ARGUMENTS", "OPTIONS")
AFTER = (
    "HTTP", "SSH", "TLS", "HAPPY EYEBALLS", "DNS", "NETWORK", "LOG AND MONITORING", "DISK",
    "PYTHON RUNTIME OPTIONS", "COMMON OPTIONS",
)  # fmt: skip
"""Sections in the order of MirageOS; those that a unikernel names itself stand between the two."""

STATUSES = {
    0: "on success.",
    1: "on an uncaught exception, or a device that cannot be connected.",
    63: "on showing this help.",
    64: "on any argument parsing error.",
    255: "on a fault of the unikernel's own.",
}
WIDTH = 79
TAG, BODY = " " * 7, " " * 11


def help_text(program: str, arguments: Sequence[AnyArgument]) -> str:
    """The manual page of `program`, which takes these arguments and no others."""
    lines = ["NAME", f"{TAG}{program}", "", "SYNOPSIS", f"{TAG}{program} [OPTION]…", ""]
    for section in sections(arguments):
        lines.append(section)
        for one in sorted(arguments, key=lambda argument: argument.name):
            if one.section == section:
                lines += entry(one)
    lines += ["EXIT STATUS", f"{TAG}{program} exits with:", ""]
    lines += [f"{TAG}{number:<4}{text}" for number, text in STATUSES.items()]
    return "\n".join([*lines, ""])


def sections(arguments: Sequence[AnyArgument]) -> list[str]:
    """The headings that there is something to say under, in order."""
    used = dict.fromkeys(one.section for one in arguments)
    own = [section for section in used if section not in (*BEFORE, *AFTER)]
    return [section for section in (*BEFORE, *own, *AFTER) if section in used]


def entry(argument: AnyArgument) -> Iterator[str]:
    """One argument: how it is written, then what it means."""
    flag = argument.kind == "bool" or argument.name == HELP.name
    spelled = f"{argument.name}[={argument.docv}]" if flag else f"{argument.name}={argument.docv}"
    if argument.short:
        short = argument.short if flag else f"{argument.short} {argument.docv}"
        spelled = f"{short}, {spelled}"
    yield f"{TAG}{spelled}{remark(argument)}"
    text = " ".join([argument.doc, *choices(argument)]).strip()
    yield from textwrap.wrap(
        text, WIDTH, initial_indent=BODY, subsequent_indent=BODY, break_long_words=False
    )
    yield ""


def remark(argument: AnyArgument) -> str:
    """What stands behind it in parentheses."""
    remarks = []
    if argument.required:
        remarks.append("required")
    elif argument.name == HELP.name:
        remarks.append("default=auto")
    elif argument.default not in (None, []):
        default = argument.default if argument.repeated else [argument.default]
        remarks.append(f"absent={','.join(spelled(value) for value in default)}")
    if argument.repeated:
        remarks.append("repeatable")
    return f" ({', '.join(remarks)})" if remarks else ""


def choices(argument: AnyArgument) -> list[str]:
    """The sentence about the values that it takes, if there are only some."""
    if not argument.choices:
        return []
    words = ", ".join(f"'{spelled(value)}'" for value in argument.choices)
    return [f"{argument.docv} must be one of {words}."]


def spelled(value: Any) -> str:
    """A value as it is given on the command line."""
    return str(value).lower() if isinstance(value, bool) else str(value)
