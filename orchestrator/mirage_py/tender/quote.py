"""The boot arguments of an image: one string, which the guest splits again.

The guest splits at spaces; double quotes keep spaces, and a backslash takes the next character as
it is, inside quotes and outside. `quote` is written so that the split gives the same list.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from mirage_py.tender.errors import CommandLineTooLong

LONGEST = 8191
"""Bytes: tenders have 8192, one of them for the NUL at the end."""

PLAIN = re.compile(r'[^\s"\\]+')


def quote(argument: str) -> str:
    """`argument` as the guest's split reads it back."""
    if PLAIN.fullmatch(argument):
        return argument
    escaped = argument.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def quote_all(arguments: Sequence[str]) -> list[str]:
    """Each argument quoted; tenders join them with single spaces. Raises CommandLineTooLong."""
    quoted = [quote(argument) for argument in arguments]
    length = len(os.fsencode(" ".join(quoted)))
    if length > LONGEST:
        raise CommandLineTooLong(length, LONGEST)
    return quoted
