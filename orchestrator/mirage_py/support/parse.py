"""Python that users wrote, parsed: what is nested too deeply to be walked is their mistake."""

from __future__ import annotations

import ast
import codecs
import re
import sys
import tokenize
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LEVELS = 1200
"""Of nested nodes, as many as are read: an `elif` is one, and so is a term of a sum."""
FRAMES = 6000
"""Of calls, as many as walking them takes; with more, `ast.parse` might run out of stack."""
DECLARATION = re.compile(r"\A((?:[ \t\f]*(?:#.*)?\n)?)[ \t\f]*#.*?coding[:=][ \t]*[-\w.]+.*")
"""Of an encoding, in one of the first two lines (PEP 263)."""


def deep_walks() -> None:
    """Let trees of LEVELS be walked."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), FRAMES))


def source_text(path: Path) -> str:
    """The text of a module, in the encoding that it declares. Raises SyntaxError for an encoding
    that there is not, and UnicodeDecodeError for what is not in its own."""
    with tokenize.open(path) as file:
        return file.read()


def is_utf8(path: Path) -> bool:
    """Whether the bytes of a module, read as UTF-8, are its text."""
    data = path.read_bytes()
    if data.isascii():
        return True
    with path.open("rb") as file:
        encoding, _ = tokenize.detect_encoding(file.readline)
    return encoding == "utf-8" and not data.startswith(codecs.BOM_UTF8)


def undeclared(text: str) -> str:
    """The text of a module, to be written as UTF-8: without the encoding that it declares, each
    line where it was."""
    return DECLARATION.sub(r"\1#", text, count=1)


def parse(text: str, file: str = "<unknown>") -> ast.Module:
    """The tree of a module. Raises SyntaxError and ValueError, as ast.parse does, and SyntaxError
    for one that is nested more deeply than LEVELS."""
    try:
        tree = ast.parse(text, file)
    except (RecursionError, MemoryError):
        longest = max(enumerate(text.splitlines(), 1), key=lambda one: len(one[1]))
        raise too_deep(text, longest[0]) from None
    line = 1
    for level, nodes in enumerate(levels(tree)):
        line = next((one.lineno for one in nodes if isinstance(one, ast.expr | ast.stmt)), line)
        if level > LEVELS:
            raise too_deep(text, line)
    return tree


def levels(tree: ast.AST) -> Iterator[list[ast.AST]]:
    """The nodes of a tree that have others below them, level by level."""
    nodes = [tree]
    while nodes:
        yield nodes
        nodes = [below for one in nodes for below in ast.iter_child_nodes(one) if below._fields]


def too_deep(text: str, line: int) -> SyntaxError:
    lines = text.splitlines()
    return SyntaxError(
        f"nested more than {LEVELS} deep", ("", line, 1, lines[line - 1] if lines else "")
    )
