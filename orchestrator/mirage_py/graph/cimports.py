"""What a .pyx names in `cimport`: of other native modules, functions, variables and types."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FROM = re.compile(r"^[ \t]*from\s+([\w.]+)\s+cimport\s+(\([^)]*\)|[^\n#]+)", re.MULTILINE)
PLAIN = re.compile(r"^[ \t]*cimport\s+([^\n#]+)", re.MULTILINE)


def cimported(path: Path, module: str) -> list[str]:
    """The modules that the .pyx of `module`, or the .pxd beside it, may mean in `cimport`: of
    `from a cimport b` both `a` and `a.b`."""
    beside = path.with_suffix(".pxd")
    texts = [one.read_text(encoding="utf-8") for one in (path, beside) if one.is_file()]
    return list(dict.fromkeys(name for text in texts for name in named(text, module)))


def named(text: str, module: str) -> Iterator[str]:
    """The modules that a text may mean."""
    for written, names in FROM.findall(text):
        base = absolute(written, module)
        yield base
        yield from (f"{base}.{one}".strip(".") for one in listed(names))
    for names in PLAIN.findall(text):
        yield from listed(names)


def listed(names: str) -> list[str]:
    """The names of `a, b as c`."""
    parts = [one.strip().partition(" ")[0] for one in names.strip().strip("()").split(",")]
    return [one for one in parts if one]


def absolute(written: str, module: str) -> str:
    """A name as it stands in `module`, whose package leading dots mean."""
    name = written.lstrip(".")
    dots = len(written) - len(name)
    package = module.split(".")[: -dots or None] if dots else []
    return ".".join([*package, *([name] if name else [])])
