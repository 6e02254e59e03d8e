"""The strings of a module, which the image's freeze step interns: C names them by symbols."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def escaped(text: str) -> str:
    """`text`, a name with or without dots, as part of a C identifier: MicroPython's own way."""
    return text.replace(".", "_dot_")


def symbol(text: str) -> str:
    """The link-time symbol whose address is the MicroPython object of the interned `text`."""
    return f"mirage_qstr_{escaped(text)}"


def declarations(strings: Iterable[str]) -> list[str]:
    """C declarations of the symbols."""
    return [f"extern const char {symbol(text)}[];" for text in strings]


def manifest(module: str, module_symbol: str, strings: Iterable[str]) -> str:
    """The JSON that stands beside a wrapper: what to intern, and what to enter as a module."""
    content = {"module": module or None, "symbol": module_symbol or None, "strings": list(strings)}
    return json.dumps(content, indent=1) + "\n"
