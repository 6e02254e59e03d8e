"""Planning a project that is given as text."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from mirage_py import catalog
from mirage_py.dsl import load
from mirage_py.graph import Graph, plan

Plan = Callable[..., Graph]


@pytest.fixture
def planned(project, house: Path) -> Plan:
    """Plans a project of these files, named without `.py`, for `target`."""

    def make(target: str = "spt", **files: str) -> Graph:
        files = {"kv": "connect = ram = None"} | files  # what the device `kv` of some tests imports
        root = project({f"{name}.py": textwrap.dedent(text) for name, text in files.items()})
        return plan(load(root / "config.py"), catalog.targets(house)[target])

    return make
