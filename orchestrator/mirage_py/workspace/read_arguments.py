"""Boot arguments that a module declares, as its source says them to the interpreter.

    from mirage import args, log
    port = args.add("--port", type=int)

becomes

    from mirage import log
    port = b'\\0mirage.args\\0005'

The build has read the call already. The constant stands for row 5 of the image's table of boot
arguments, which freezing puts in its place (runtime_c/tools/freeze.py): a row is a function that
gives the argument's value. So nothing is called when the module is imported, and `mirage.args` need
not be there, unless the module uses it for something else.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mirage_py.graph.declared import ADD, argument, calls
from mirage_py.support.errors import Position

MARK = "\0mirage.args\0"
"""What the constant begins with."""
MODULE = ADD.rpartition(".")[0]
NOWHERE = Position("", 0)


@dataclass(frozen=True)
class Edit:
    """Another text for a part of a source, of which lines count from 1 and columns are bytes."""

    begin: tuple[int, int]
    end: tuple[int, int]
    text: str


def read_arguments(source: str, rows: Mapping[str, int], used: Iterable[str]) -> str | None:
    """The module with its declarations read; None if it has none. `rows` are the numbers of
    arguments by name, and `used` what other modules may ask this one for."""
    tree = ast.parse(source)
    declared = [call for call, _ in calls(tree)]
    if not declared:
        return None
    edits = [Edit(*place(call), constant(call, rows)) for call in declared]
    edits += without_imports(tree, declared, set(used))
    return edited(source, edits)


def constant(call: ast.Call, rows: Mapping[str, int]) -> str:
    """What stands for the value of a call. The lines behind it stay where they are."""
    row = rows[argument(call, NOWHERE).name]
    return f"({(MARK + str(row)).encode()!r}{lines(call)})"


def lines(node: ast.expr | ast.stmt) -> str:
    """As many line ends as there are in a part of the source."""
    return "\n" * (int(node.end_lineno or node.lineno) - node.lineno)


def place(node: ast.expr | ast.stmt) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where a part of the source begins and ends."""
    end = (int(node.end_lineno or 0), int(node.end_col_offset or 0))
    return (node.lineno, node.col_offset), end


def without_imports(tree: ast.Module, read: list[ast.Call], used: set[str]) -> Iterator[Edit]:
    """The imports of `mirage.args` that nothing is left to use."""
    inside = {id(node) for call in read for node in ast.walk(call)}
    used |= {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and id(node) not in inside
    }
    for statement in tree.body:
        if isinstance(statement, ast.Import | ast.ImportFrom) and "*" not in used:
            kept = [one for one in statement.names if not is_idle(statement, one, used)]
            if len(kept) < len(statement.names):
                yield Edit(*place(statement), imported(statement, kept))


def is_idle(statement: ast.Import | ast.ImportFrom, alias: ast.alias, used: set[str]) -> bool:
    """Whether that name is there for declarations alone."""
    if isinstance(statement, ast.Import):
        name, whole = alias.asname or alias.name.partition(".")[0], alias.name
    else:
        name, whole = alias.asname or alias.name, f"{statement.module}.{alias.name}"
    level = getattr(statement, "level", 0)
    return not level and whole in {MODULE, ADD} and name not in used


def imported(statement: ast.Import | ast.ImportFrom, names: list[ast.alias]) -> str:
    """The statement with these names only, on as many lines."""
    if not names:
        return f"(None{lines(statement)})"
    if isinstance(statement, ast.Import):
        return ast.unparse(ast.Import(names)) + lines(statement).replace("\n", " \\\n")
    words = ", ".join(ast.unparse(one) for one in names)
    return f"from {statement.module} import ({words}{lines(statement)})"


def edited(source: str, edits: Iterable[Edit]) -> str:
    """The source with these parts replaced, which do not overlap."""
    rows = [f"{line}\n".encode() for line in source.split("\n")]
    for one in sorted(edits, key=lambda edit: edit.begin, reverse=True):
        (first, begin), (last, end) = one.begin, one.end
        rest = rows[last - 1][end:]
        rows[first - 1 : last] = [rows[first - 1][:begin] + one.text.encode() + rest]
    return b"".join(rows).decode()[:-1]


def asked_of_others(trees: Iterable[ast.Module]) -> set[str]:
    """What modules may ask others for: names that they import, and attributes; `*` is all."""
    found = set()
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.ImportFrom):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
    return found
