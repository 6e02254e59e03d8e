"""Small modules of CPython's names, ours and the interpreter's: for images that have none of
CPython's and ask for no name that the small one lacks."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

from mirage_py import catalog
from mirage_py.graph.offered import offered
from mirage_py.graph.uses import uses


def outgrown(root: Path, trees: Iterable[ast.Module]) -> set[str]:
    """The vendored sources of the modules of which a program asks for more than the small ones of
    `root` have."""
    small = {
        name: (source, set(names)) for name, (source, names) in catalog.native_library(root).items()
    }
    for name, source in catalog.small_library(root).items():
        text = catalog.library(root)[name][0].read_text(encoding="utf-8")
        small[name] = (source, offered(ast.parse(text)) or set())
    asked = {tuple(one.split(".", 1)) for tree in trees for one in uses([*ast.walk(tree)])}
    return {
        small[module][0]
        for module, name in asked
        if module in small and name not in small[module][1]
    }
