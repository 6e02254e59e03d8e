"""The code in a Markdown page, for tests that run what the page shows."""

from __future__ import annotations

import re
from dataclasses import dataclass

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"^`([\w./-]+)` [^\n]*:$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text, and the file that the line above it names."""

    language: str
    text: str
    file: str | None


def section(page: str, title: str) -> str:
    """What stands below the heading `title`, up to the next one."""
    _, found, rest = page.partition(f"\n## {title}\n")
    if not found:
        raise LookupError(f"no heading {title}")
    return rest.partition("\n## ")[0]


def blocks(text: str) -> list[Block]:
    """The fenced blocks, in order."""
    found = []
    end = 0
    for match in FENCE.finditer(text):
        above = text[end : match.start()].strip().rpartition("\n\n")[2]
        named = NAMED.search(above)
        found.append(Block(match[1], match[2], named[1] if named else None))
        end = match.end()
    return found


def commands(text: str) -> list[str]:
    """The commands of the `sh` blocks, a line each, without comments."""
    lines = [line for one in blocks(text) if one.language == "sh" for line in one.text.splitlines()]
    bare = [line.partition(" #")[0].strip() for line in lines]
    return [line for line in bare if line and not line.startswith("#")]
