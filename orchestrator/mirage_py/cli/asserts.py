"""Statements `assert` of tests that say, when they fail, what was compared."""

from __future__ import annotations

import ast


def explained(source: str, tree: ast.Module) -> str:
    """The source of a module, in which an `assert` of one comparison without a message works out
    both values, and tells them. Every line stays where it is."""
    lines = source.split("\n")
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    for node in sorted(found, key=lambda one: (one.lineno, one.col_offset), reverse=True):
        match node:
            case ast.Assert(test=ast.Compare(left, [relation], [right]), msg=None):
                replace(lines, node, telling(left, relation, right))
            case _:
                pass
    return "\n".join(lines)


def telling(left: ast.expr, relation: ast.cmpop, right: ast.expr) -> str:
    """Statements on one line."""
    sign = ast.unparse(ast.Compare(ast.Name("a"), [relation], [ast.Name("b")]))[2:-2]
    values = f"_left = {ast.unparse(left)}; _right = {ast.unparse(right)}"
    return f"{values}; assert _left {sign} _right, 'assert %r {sign} %r' % (_left, _right)"


def replace(lines: list[str], node: ast.stmt, text: str) -> None:
    """Put `text` where a statement stands, and nothing on its other lines."""
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    # Columns are of bytes (ast.AST.col_offset).
    before = lines[first].encode()[: node.col_offset].decode()
    after = lines[last].encode()[node.end_col_offset :].decode()
    lines[first : last + 1] = [before + text + after, *[""] * (last - first)]
