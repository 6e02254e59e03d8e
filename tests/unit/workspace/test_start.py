"""The start code: which devices are waited for, and which are said to have failed."""

from __future__ import annotations

import ast

import pytest

from mirage_py import catalog
from mirage_py.dsl import load
from mirage_py.graph import plan
from mirage_py.workspace.start import start_source

CONFIG = """\
from mirage_py import *
class Thing: ...
thing = typ(Thing)
one = impl("one", thing, connect={!r}, imports=["things"])
register("t", [main("unikernel.start", thing >> job)(one)])
"""


@pytest.fixture
def start(project, house):
    """The start code of an image with a device that is connected so."""

    def made(connect: str) -> str:
        files = {"unikernel.py": "def start(one): pass\n", "things.py": "first = connect = None\n"}
        root = project({"config.py": CONFIG.format(connect)} | files)
        source = start_source(plan(load(root / "config.py"), catalog.targets(house)["spt"]))
        ast.parse(source)
        return source

    return made


@pytest.mark.parametrize(
    ("connect", "waits", "can_fail"),
    [
        ("None", False, False),
        ("(1, None)", False, False),
        ("things.first", False, True),
        ("1 // 0", False, True),
        ("things.connect()", False, True),
        ("print('await me (now)')", False, True),
        ("'await me (now)'", False, False),
        ("await things.connect()", True, True),
        ("(await\\\nthings.first)", True, True),
        ("[await one for one in things]", True, True),
    ],
)
def test_what_connecting_does(start, connect: str, waits: bool, can_fail: bool) -> None:
    source = start(connect)
    assert ("import asyncio" in source) is waits
    assert ("_refused('device `one` (config.py:4)', _error, False)" in source) is can_fail
