"""What packages compile when they run, of an image that has no compiler."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mirage_py.support.parse import source_text
from mirage_py.workspace.packages import STAND_INS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from mirage_py.graph.model import Graph
    from mirage_py.support.errors import Position
    from mirage_py.workspace.packages import Closure

FEATURE = "compiler"


def compiling(graph: Graph, packages: Closure) -> Iterator[str]:
    """What is said of the distributions that compile code when they run, once each, with the line
    that shows it first; nothing of functions that nobody speaks of."""
    if FEATURE in graph.config.features or not packages.compiles:
        return
    modules = (*graph.modules, *packages.modules.values())
    texts = [source_text(one.path) for one in modules if one.path.suffix == ".py"]
    told: dict[str, Position] = {}
    for name, function, position in packages.compiles:
        if name.partition(" ")[0] in STAND_INS:
            continue
        if name not in told and (not function or is_asked_for(function, texts)):
            told[name] = position
    for name, position in told.items():
        yield (
            f"{name} compiles code when it runs, {position}: "
            f'add `features=["{FEATURE}"]` to `register` if the image comes to it'
        )


def is_asked_for(function: str, texts: Collection[str]) -> bool:
    """Whether somebody speaks of a function: in no string, and not where it is defined."""
    if function.startswith("__") and function.endswith("__"):
        return True
    spoken = re.compile(rf"(?<!def )(?<![\w'\"]){re.escape(function)}\b(?!['\"])")
    return any(spoken.search(text) for text in texts)
