"""Statements `assert` of tests that say, when they fail, which values they came to."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

TOLD = '__import__("_asserts").told'
"""What writes the message inside an image."""


def explained(source: str, tree: ast.Module) -> str:
    """The source of a module, in which each `assert` keeps the values that it compares, and tells
    them if it fails. Every line stays where it is."""
    lines = source.split("\n")
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Assert)]
    for node in sorted(found, key=lambda one: (one.lineno, one.col_offset), reverse=True):
        try:
            text = "; ".join(telling(node.test, node.msg))
        except ValueError:  # of ast.unparse: an f-string that it cannot write
            continue
        if "\n" not in text:
            replace(lines, node, text)
    return "\n".join(lines)


def telling(test: ast.expr, message: ast.expr | None) -> Iterator[str]:
    """Statements that assert `test`, to be written on one line."""
    match test:
        case ast.BoolOp(ast.And(), several):
            for one in several:
                yield from telling(one, message)
        case ast.BoolOp(ast.Or(), several):
            kept = Kept()
            parts = [kept.part(one) for one in several]
            tests, forms = (" or ".join(one) for one in zip(*parts, strict=True))
            yield kept.asserted(tests, f"({forms})", message)
        case ast.Compare(left, relations, rights):
            before = left
            for n, (relation, right) in enumerate(zip(relations, rights, strict=True)):
                kept, sign = Kept(n), sign_of(relation)
                first = kept.value(before) if n == 0 else kept.again(before)
                compared = f"{first} {sign} {kept.value(right)}"
                yield kept.asserted(compared, f"%s {sign} %s", message)
                before = right
        case ast.UnaryOp(ast.Not(), operand):
            kept = Kept()
            yield kept.asserted(f"not {kept.value(operand)}", "not %s", message)
        case ast.Constant():
            yield ast.unparse(ast.Assert(test, message))
        case _:
            kept = Kept()
            yield kept.asserted(kept.value(test), "%s", message)


class Kept:
    """The values of one assertion, each kept under a name. The first of a comparison that follows
    another is the last of that."""

    def __init__(self, begin: int = 0) -> None:
        self.begin, self.names, self.sources = begin, list[str](), list[str]()

    def again(self, node: ast.expr) -> str:
        """The name of a value that is kept already."""
        self.names.append(f"_value{self.begin + len(self.names)}")
        is_plain = isinstance(node, ast.Name | ast.Constant)
        self.sources.append("" if is_plain else ast.unparse(node))
        return self.names[-1]

    def value(self, node: ast.expr) -> str:
        """An expression that keeps a value."""
        return f"({self.again(node)} := {ast.unparse(node)})"

    def part(self, node: ast.expr) -> tuple[str, str]:
        """An alternative, and the form in which it is told."""
        match node:
            case ast.Compare(left, [relation], [right]):
                sign = sign_of(relation)
                return f"{self.value(left)} {sign} {self.value(right)}", f"%s {sign} %s"
            case _:
                return self.value(node), "%s"

    def asserted(self, test: str, form: str, message: ast.expr | None) -> str:
        values = "".join(f"{one}, " for one in self.names)
        words = [repr(form), f"({values})", repr(tuple(self.sources))]
        words += [ast.unparse(message)] if message else []
        return f"assert {test}, {TOLD}({', '.join(words)})"


def sign_of(relation: ast.cmpop) -> str:
    return ast.unparse(ast.Compare(ast.Name("a"), [relation], [ast.Name("b")]))[2:-2]


def replace(lines: list[str], node: ast.stmt, text: str) -> None:
    """Put `text` where a statement stands, and nothing on its other lines."""
    first, last = node.lineno - 1, (node.end_lineno or node.lineno) - 1
    # Columns are of bytes (ast.AST.col_offset).
    before = lines[first].encode()[: node.col_offset].decode()
    after = lines[last].encode()[node.end_col_offset :].decode()
    lines[first : last + 1] = [before + text + after, *[""] * (last - first)]
