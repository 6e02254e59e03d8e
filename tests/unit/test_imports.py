"""Imports run one way through the house (DESIGN: cli -> ... -> support)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import mirage_py

PACKAGE = Path(mirage_py.__file__).parent

# Each room, and the rooms that it may know.
MAY_IMPORT = {
    "support": set(),
    "catalog": {"support"},
    "dsl": {"catalog", "support"},
    "devices": {"dsl", "disk"},
    "graph": {"dsl", "catalog", "lower", "support"},
    "sources": {"catalog", "support"},
    "cython": {"catalog", "support"},
    "lower": set(),
    "lock": {"graph", "sources", "dsl", "catalog", "support"},
    "workspace": {"lock", "graph", "dsl", "sources", "cython", "lower", "catalog", "support"},
    "image": {"workspace", "lock", "graph", "catalog", "support"},
    "disk": {"support"},
    "tender": {"image", "catalog", "support", "dsl"},
    "shim": {"graph", "devices", "dsl", "catalog", "support"},
    "cli": None,  # anything
}


def rooms_of(path: Path) -> set[str]:
    """The rooms of mirage_py that a module imports."""
    names: list[str] = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [f"{node.module}.{alias.name}" for alias in node.names]
    return {name.split(".")[1] for name in names if name.startswith("mirage_py.")} & set(MAY_IMPORT)


def test_every_room_is_listed() -> None:
    rooms = {path.parent.name for path in PACKAGE.glob("*/*.py")}
    assert rooms == set(MAY_IMPORT)


@pytest.mark.parametrize("room", [room for room, known in MAY_IMPORT.items() if known is not None])
def test_imports_run_one_way(room: str) -> None:
    allowed = MAY_IMPORT[room] | {room}
    wrong = {
        str(path.relative_to(PACKAGE)): surplus
        for path in (PACKAGE / room).rglob("*.py")
        if (surplus := rooms_of(path) - allowed)
    }
    assert wrong == {}
