"""How many bytes of an image come from each archive, read from the linker's map."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# ` .text.name  0xADDRESS  0xSIZE  FILE`; a long section name has a line of its own.
PLACED = re.compile(r"^ (?:\.\S+)?\s+0x[0-9a-f]{8,16}\s+0x([0-9a-f]+) (\S.*)$", re.MULTILINE)
MEMBER = re.compile(r"([^/]+\.a)(?:\.p)?[(/]")


def archive_sizes(link_map: Path) -> dict[str, int]:
    """Bytes placed in memory by archive, largest first; the image's own objects are `image`."""
    text = link_map.read_text(encoding="utf-8", errors="replace")
    placed = text[text.index("Linker script and memory map") :]
    sizes: Counter[str] = Counter()
    for size, file in PLACED.findall(placed.partition("\n .debug_")[0]):
        member = MEMBER.search(file)
        sizes[member[1] if member else "image"] += int(size, 16)
    return {name: size for name, size in sizes.most_common() if size}
