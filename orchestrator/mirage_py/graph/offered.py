"""What the guest's own modules offer to `from mirage.block import Block`."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from mirage_py.graph.bound import bound, is_stored, outside_functions
from mirage_py.graph.errors.modules import NoName
from mirage_py.graph.imports import Import
from mirage_py.support.near import near

if TYPE_CHECKING:
    from mirage_py.catalog import Binding
    from mirage_py.support.errors import MirageError, Position


def lacking(one: Import, binding: Binding, position: Position) -> MirageError | None:
    """What is wrong with an import of a name that the module of `binding` has not; None if it has
    it, or if reading does not tell: where a condition holds, it may have been asked for."""
    if (
        one.optional
        or one.lazy
        or one.called
        or one.attribute in (None, "*")
        or one.module == "mirage"
    ):
        return None
    below = one.module.split(".")[2:]
    files = {path.stem: path for path in binding.modules}
    file = files.get(".".join(below) or "__init__")
    if file is None or (not below and one.attribute in files):
        return None
    names = offered(ast.parse(file.read_text(encoding="utf-8")))
    if names is None or one.attribute in names:
        return None
    public = sorted(name for name in names if not name.startswith("_"))
    return NoName(one.module, str(one.attribute), near(str(one.attribute), public), position)


def offered(tree: ast.Module) -> set[str] | None:
    """The names that a module has once it is imported; None if it does not say them."""
    names: set[str] = set()
    for node in outside_functions(tree):
        if is_stored(node):
            names.add(node.id)
        elif isinstance(node, ast.stmt):
            names |= bound(node)
    return None if names & {"*", "__getattr__"} else names
