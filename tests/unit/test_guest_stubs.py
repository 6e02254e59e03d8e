"""`mirage-stubs` is what the guest's modules say of themselves."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.support.guest_stubs import FOLDER, NotAnnotated, Stub, stubs

AGAIN = "`python -m tests.support.guest_stubs` writes it anew"


def test_it_is_what_the_modules_say() -> None:
    files = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.pyi")}
    assert files == set(stubs()), AGAIN
    for name, text in stubs().items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text, AGAIN
        ast.parse(text)


def stub(folder: Path, source: str) -> str:
    path = folder / "module.py"
    path.write_text(source, encoding="utf-8")
    return Stub(path).text().partition("\n")[2]


def test_a_module(tmp_path: Path) -> None:
    source = '''\
"""A module."""

import _driver
from mirage import log
from mirage.block import Device

if False:  # for type checkers
    from collections.abc import Callable
    from typing import NamedTuple

    class Pair(NamedTuple):
        left: int

A, B = range(2)
_C = 3
size: int = _driver.SIZE
Pair = tuple


class Thing(Device):
    """A thing."""

    kind = "thing"

    def __init__(self, name: str, *, count: int = 1) -> None:
        self.name, self._hidden = name, 1
        self.count = count
        self.ready = False
        self.left: bytes = _driver.left()

    @property
    def length(self) -> int:
        return 3

    async def wait(self, hook: Callable[[], object]) -> None:
        """Wait."""


def _hidden():
    pass
'''
    assert (
        stub(tmp_path, source)
        == '''\
"""A module."""
from mirage.block import Device
from collections.abc import Callable
from typing import NamedTuple

class Pair(NamedTuple):
    left: int
A: int
B: int
size: int

class Thing(Device):
    """A thing."""
    name: str
    count: int
    ready: bool
    left: bytes
    kind: str
    def __init__(self, name: str, *, count: int=1) -> None: ...
    @property
    def length(self) -> int: ...
    async def wait(self, hook: Callable[[], object]) -> None:
        """Wait."""
'''
    )


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("def add(one, two: int) -> int: pass", "`one` of add"),
        ("def add(one: int): pass", "what add returns"),
        ("import _driver\nsize = _driver.size()", "size"),
        ("class A:\n    def __init__(self) -> None:\n        self.a = None", "self.a"),
    ],
)
def test_what_has_no_type(source: str, what: str, tmp_path: Path) -> None:
    with pytest.raises(NotAnnotated, match=f"module.py:[123]: {what} has no annotation"):
        stub(tmp_path, source)
