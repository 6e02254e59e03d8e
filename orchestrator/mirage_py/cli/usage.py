"""Mistakes in a command line itself, which its parser finds, in our words."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Any

import typer

from mirage_py.support.errors import MirageError
from mirage_py.support.near import near

UsageError: Any = typer.BadParameter.__base__
"""What the parser raises. (Typer does not export it, nor the module that it is of.)"""


def is_help(error: Any) -> bool:
    """Whether nothing is wrong, but that no verb was named: then the help is shown."""
    return type(error).__name__ == "NoArgsIsHelpError"


class Misused(MirageError):
    """A command line that a verb does not understand."""

    exit_code = 2

    def __init__(self, error: Any) -> None:
        command = error.ctx.command_path if error.ctx else "mirage-py"
        hint = f"`{command} --help` shows what it takes"
        said = error.format_message().rstrip(".").replace("Value error, ", "")
        option = str(getattr(error, "option_name", ""))
        if said.startswith("No such option") and error.ctx:
            options = [name for one in error.ctx.command.params for name in one.opts]
            close = near(option, options)
            said = f"`{command}` has no option `{option}`"
            hint = f"did you mean `{close}`?" if close else hint
        super().__init__(said[:1].lower() + said[1:], hint=hint)


def whole_number(least: float = -inf, most: float = inf) -> Callable[[object], int]:
    """Reads the whole number that a user writes, within bounds."""

    def read(text: object) -> int:
        try:
            number = int(str(text))
        except ValueError:
            raise typer.BadParameter(f"`{text}` is no whole number") from None
        if not least <= number <= most:
            raise typer.BadParameter(f"`{number}` is not between {least} and {most}")
        return number

    return read
