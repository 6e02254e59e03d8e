"""The C library of images: what its headers declare, and what docs/packages.md tells of it."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HEADERS = ROOT / "runtime_c" / "libc" / "include"
PAGE = ROOT / "docs" / "packages.md"
COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
SANITIZED = re.compile(r"^#ifdef __SANITIZE_ADDRESS__$.*?^#endif$", re.DOTALL | re.MULTILINE)
DIRECTIVE = re.compile(r"^#.*$", re.MULTILINE)
BODY = re.compile(r"\{[^{}]*\}")
FUNCTION = re.compile(r"(\w+)\([^()]*\)(?=\s*[,;])")
ROW = re.compile(r"^\| `(\w+\.h)` \|(.*)\|$", re.MULTILINE)


def declared() -> dict[str, set[str]]:
    """The functions of each header that has some."""
    found = {}
    for path in HEADERS.glob("*.h"):
        text = path.read_text(encoding="utf-8")
        for pattern in (COMMENT, SANITIZED, DIRECTIVE):
            text = pattern.sub("", text)
        found[path.name] = {*FUNCTION.findall(BODY.sub(";", text))}
    return {name: functions for name, functions in found.items() if functions}


def told() -> dict[str, list[str]]:
    """The functions that the page has of each header."""
    text = PAGE.read_text(encoding="utf-8")
    return {name: re.findall(r"`(\w+)`", row) for name, row in ROW.findall(text)}
