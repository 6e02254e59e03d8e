"""What an unpacked distribution offers by name: a wheel lists it, a source tree declares it."""

from __future__ import annotations

import tomllib
from configparser import ConfigParser, Error
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

WHEEL = "*.dist-info/entry_points.txt"
SCRIPTS = {"scripts": "console_scripts", "gui-scripts": "gui_scripts"}
"""Tables of pyproject.toml that are groups of their own."""


def entry_points(roots: Sequence[Path]) -> Iterator[tuple[str, str, str]]:
    """Group, name and value (`module:thing`) of each, of a distribution in those folders. A project
    that is built by code, in setup.py, does not tell."""
    for root in roots:
        listed = parsed(root.glob(WHEEL))
        declared = parsed(root.glob("setup.cfg"))
        groups = {name: [*listed.items(name)] for name in listed.sections()}
        if declared.has_section("options.entry_points"):
            for group, text in declared.items("options.entry_points"):
                one = ConfigParser(delimiters="=", interpolation=None, strict=False)
                one.optionxform = str  # type: ignore[method-assign,assignment] # names keep their case
                with suppress(Error):
                    one.read_string(f"[{group}]\n{text}")
                    groups[group] = [*one.items(group)]
        groups |= of_project(root / "pyproject.toml")
        for group, items in groups.items():
            for name, value in items:
                yield group, name, value


def parsed(files: Iterator[Path]) -> ConfigParser:
    """Those of the files that are there, as far as they can be read."""
    parser = ConfigParser(delimiters="=", interpolation=None, strict=False)
    parser.optionxform = str  # type: ignore[method-assign,assignment] # names keep their case
    with suppress(Error, UnicodeDecodeError):
        parser.read(files, encoding="utf-8")
    return parser


def of_project(file: Path) -> dict[str, list[tuple[str, str]]]:
    """What a pyproject.toml declares, by group (PEP 621)."""
    if not file.is_file():
        return {}
    with suppress(tomllib.TOMLDecodeError, UnicodeDecodeError):
        project = tomllib.loads(file.read_text(encoding="utf-8")).get("project", {})
        groups: dict[str, Any] = dict(project.get("entry-points", {}))
        groups |= {group: project[name] for name, group in SCRIPTS.items() if name in project}
        return {
            group: [(name, value) for name, value in items.items() if isinstance(value, str)]
            for group, items in groups.items()
            if isinstance(items, dict)
        }
    return {}
