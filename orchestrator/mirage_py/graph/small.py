"""Small modules of CPython's names, ours and the interpreter's: for images that have none of
CPython's and ask for no name that the small one lacks."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from mirage_py import catalog
from mirage_py.graph.offered import offered
from mirage_py.graph.takes import Takes, takes
from mirage_py.graph.uses import keywords, uses


def outgrown(root: Path, trees: Iterable[ast.Module]) -> set[str]:
    """The vendored sources of the modules of which a program asks for more than the small ones of
    `root` have: a name, or a keyword of a call."""
    small: dict[str, tuple[str, Has]] = {
        name: (source, Has(frozenset(names), {}))
        for name, (source, names) in catalog.native_library(root).items()
    }
    for name, source in catalog.small_library(root).items():
        text = catalog.library(root)[name][0].read_text(encoding="utf-8")
        small[name] = (source, has(ast.parse(text)))
    found = set()
    for nodes in ([*ast.walk(tree)] for tree in trees):
        asked = [one.partition(".") for one in uses(nodes)]
        told = keywords(nodes)
        for module, (source, it) in small.items():
            names = {name for owner, _, name in asked if owner == module}
            if names - it.names or (names and any(it.lacks(module, one) for one in told)):
                found.add(source)
    return found


@dataclass(frozen=True)
class Has:
    """What a small module has."""

    names: frozenset[str]
    takes: Mapping[str, Takes]
    """What each function, class (`Formatter`) and method (`.info`) takes; natives take no
    keywords."""

    def lacks(self, module: str, told: str) -> bool:
        """Whether an argument of a call (`logging.info(stack_info)`) is for what this module has,
        and is not taken."""
        called, _, argument = told.rstrip(")").partition("(")
        if not called.startswith(f"{module}."):
            return called in self.takes and argument not in self.takes[called]
        called = called.removeprefix(f"{module}.")
        if called not in self.names:
            return False
        # `info = root.info` is what the method is.
        takes = self.takes.get(called) or self.takes.get(f".{called}")
        return argument not in takes if takes else not argument.isdecimal()


def has(tree: ast.Module) -> Has:
    """What a small module that is Python has."""
    return Has(frozenset(offered(tree) or ()), takes(tree))
