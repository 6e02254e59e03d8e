"""A graph as plain values, for JSON: what `configure` leaves in _build/TARGET/graph.json."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from mirage_py.graph.model import Graph
from mirage_py.support.errors import Position


def to_json(graph: Graph) -> dict[str, Any]:
    """The graph as JSON holds it: places inside the project are relative to it."""
    config = graph.config
    return {
        "name": config.name,
        "config": config.file.name,
        "stack": config.stack,
        "features": list(config.features),
        "target": graph.target.name,
        **({"solo5": "system"} if graph.target.solo5 else {}),
        **({"sanitized": True} if graph.target.sanitized else {}),
        "keys": {one.name: one.value for one in graph.keys},
        "init": list(graph.init),
        "jobs": list(graph.jobs),
        "devices": [_plain(device) for device in graph.devices],
        "manifest": [_plain(entry) for entry in graph.manifest],
        "bindings": list(graph.bindings),
        "modules": {one.name: _inside(one.path, config.root) for one in graph.modules},
        "builtins": list(graph.builtins),
        "arguments": [_plain(argument) for argument in graph.arguments],
        "packages": [_plain(package) for package in graph.packages],
        "vendored": list(graph.vendored),
        "embedded": {one.name: _inside(one.path, config.root) for one in graph.embedded},
        **(
            {"natives": {one.name: _inside(one.path, config.root) for one in graph.natives}}
            if graph.natives
            else {}
        ),
        **(
            {"c_sources": [_inside(one.path, config.root) for one in graph.c_sources]}
            if graph.c_sources
            else {}
        ),
        **({"c_libraries": [one.name for one in graph.c_libraries]} if graph.c_libraries else {}),
        "files": [name for one in graph.additions for name in one.files],
        "install": [name for one in graph.additions for name in one.install],
    }


def _plain(value: Any) -> dict[str, Any]:
    """A flat dataclass as a dict; a position as `config.py:3`."""
    plain = asdict(value)
    return plain | {
        name: str(item) for name in plain if isinstance(item := getattr(value, name), Position)
    }


def _inside(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
