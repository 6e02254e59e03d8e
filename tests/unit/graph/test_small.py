"""What small modules take is what CPython's take: a call that fits theirs fits CPython's."""

from __future__ import annotations

import ast
import importlib
import inspect
from collections.abc import Iterator
from typing import Any

import pytest

from mirage_py import catalog
from mirage_py.graph.takes import functions

SMALL = catalog.small_library(catalog.share())
OF_DOCUMENTS = {"dump", "dumps", "load", "loads"}


def parameters(module: str, but: set[str] | None = None) -> Iterator[tuple[str, ast.arguments]]:
    """What is public of our module, by name, and what it takes."""
    text = catalog.library(catalog.share())[module][0].read_text(encoding="utf-8")
    for name, node in functions(ast.parse(text)):
        if not name.lstrip(".").startswith("_") and (but is None or name in but):
            yield name, node.args


def cpythons(module: str, name: str) -> inspect.Signature:
    owner: Any = importlib.import_module(module)
    if name.startswith("."):
        classes = [one for _, one in inspect.getmembers(owner, inspect.isclass)]
        owner = next(one for one in classes if hasattr(one, name[1:]))
    return inspect.signature(getattr(owner, name.lstrip(".")))


@pytest.mark.parametrize(
    ("module", "name", "args"),
    [
        *((module, *one) for module in SMALL for one in parameters(module)),
        *(("json", *one) for one in parameters("json", OF_DOCUMENTS)),
    ],
)
def test_what_is_taken(module: str, name: str, args: ast.arguments) -> None:
    theirs = cpythons(module, name).parameters.values()
    by_place = [one.name for one in theirs if one.kind is one.POSITIONAL_OR_KEYWORD]
    takes_any = any(one.kind is one.VAR_KEYWORD for one in theirs)
    ours = [one.arg for one in args.args if one.arg != "self"]
    assert ours == [name for name in by_place if name != "self"][: len(ours)]
    named = {one.name for one in theirs}
    assert takes_any or {one.arg for one in args.kwonlyargs} <= named


def test_small_modules_are_compared() -> None:
    assert set(SMALL) >= {"html", "logging", "statistics"}
