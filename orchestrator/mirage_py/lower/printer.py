"""Statements as text, each on its line where that is free."""

from __future__ import annotations

import ast

INDENT = " "
LATE = "# lines behind:"
"""How a text ends that has statements behind their lines: from which of its own on, by how many."""
COMPOUND = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.If, ast.While, ast.For, ast.AsyncFor,
    ast.With, ast.AsyncWith, ast.Try, ast.TryStar,
)  # fmt: skip
"""Statements that have blocks."""


def text(tree: ast.Module) -> str:
    """The source of a module. A statement begins on its `lineno`, if what stands before it leaves
    that free; behind a simple statement or the head of its block if it can, else on the next."""
    printer = Printer()
    printer.block(tree.body, 0)
    late = "".join(f" {line}:{by}" for line, by in printer.late.items())
    return "\n".join(printer.lines) + "\n" + (f"{LATE}{late}\n" if late else "")


def source_line(text: str, line: int) -> int:
    """The line of the source that a line of a text printed from it comes from."""
    last = text.rstrip("\n").rpartition("\n")[2]
    by = 0
    if last.startswith(LATE):
        for one in last.removeprefix(LATE).split():
            first, _, behind = one.partition(":")
            by = int(behind) if int(first) <= line else by
    return line - by


class Printer:
    """The lines so far."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.behind = 0
        """By how many lines the last that was put is behind its own."""
        self.joinable = -1
        """The depth at which a simple statement may follow on the last line."""
        self.late: dict[int, int] = {}
        """By how many lines what begins on a line is behind its own, where that changes."""

    def put(
        self, line: int, depth: int, text: str, *, simple: bool = False, above: int = 0
    ) -> None:
        """A statement, or the head of one, which may stand `above` its line."""
        if simple and self.joinable == depth and line <= len(self.lines):
            self.lines[-1] += f"; {text}"
            return
        while len(self.lines) < line - above - 1:
            self.lines.append("")
        self.tell(line)
        self.lines += (INDENT * depth + text).split("\n")
        self.joinable = depth if simple else -1

    def tell(self, line: int) -> None:
        """Keep by how much the next line is behind that of its statement."""
        late = max(0, len(self.lines) + 1 - line) if line > 0 else self.behind
        if late != self.behind:
            self.behind = self.late[len(self.lines) + 1] = late

    def block(self, body: list[ast.stmt], depth: int) -> None:
        """The statements of a block, on the line of its head if none has one below it."""
        statements = body or [ast.Pass(lineno=0)]
        texts = [ast.unparse(one) for one in statements if not isinstance(one, COMPOUND)]
        fits = depth and all(one.lineno <= len(self.lines) for one in statements)
        if fits and len(texts) == len(statements) and not any("\n" in one for one in texts):
            self.lines[-1] += f" {'; '.join(texts)}"
        else:
            for statement in statements:
                self.statement(statement, depth)
        self.joinable = -1

    def clause(self, word: str, body: list[ast.stmt], depth: int) -> None:
        """`else:` and its like, which have no line of their own."""
        if body:
            self.put(body[0].lineno, depth, f"{word}:", above=1)
            self.block(body, depth + 1)

    def statement(self, node: ast.stmt, depth: int) -> None:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                word = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
                head = f"{word} {node.name}({ast.unparse(node.args)})"
                self.decorated(node, head, depth)
            case ast.ClassDef():
                values = [ast.unparse(one) for one in node.bases]
                bases = f"({', '.join(values)})" if values else ""
                self.decorated(node, f"class {node.name}{bases}", depth)
            case ast.If():
                self.conditional(node, "if", depth)
            case ast.While():
                self.put(node.lineno, depth, f"while {ast.unparse(node.test)}:")
                self.block(node.body, depth + 1)
                self.clause("else", node.orelse, depth)
            case ast.For() | ast.AsyncFor():
                word = "async for" if isinstance(node, ast.AsyncFor) else "for"
                target = ast.unparse(node.target)
                target = (
                    target[1:-1]
                    if isinstance(node.target, ast.Tuple)
                    and node.target.elts
                    and target.startswith("(")
                    else target
                )
                self.put(node.lineno, depth, f"{word} {target} in {ast.unparse(node.iter)}:")
                self.block(node.body, depth + 1)
                self.clause("else", node.orelse, depth)
            case ast.With() | ast.AsyncWith():
                word = "async with" if isinstance(node, ast.AsyncWith) else "with"
                items = ", ".join(ast.unparse(one) for one in node.items)
                self.put(node.lineno, depth, f"{word} {items}:")
                self.block(node.body, depth + 1)
            case ast.Try() | ast.TryStar():
                star = "*" if isinstance(node, ast.TryStar) else ""
                self.put(node.lineno, depth, "try:")
                self.block(node.body, depth + 1)
                for handler in node.handlers:
                    kind = f" {ast.unparse(handler.type)}" if handler.type else ""
                    name = f" as {handler.name}" if handler.name else ""
                    self.put(handler.lineno, depth, f"except{star}{kind}{name}:")
                    self.block(handler.body, depth + 1)
                self.clause("else", node.orelse, depth)
                self.clause("finally", node.finalbody, depth)
            case _:
                self.put(node.lineno, depth, ast.unparse(node), simple=True)

    def decorated(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, head: str, depth: int
    ) -> None:
        """A function or a class; what is made of its decorators goes where lines are empty."""
        for number, one in enumerate(node.decorator_list):
            latest = node.lineno - len(node.decorator_list) + number
            self.put(min(one.lineno, latest), depth, f"@{ast.unparse(one)}")
        self.put(node.lineno, depth, f"{head}:")
        self.block(node.body, depth + 1)

    def conditional(self, node: ast.If, word: str, depth: int) -> None:
        self.put(node.lineno, depth, f"{word} {ast.unparse(node.test)}:")
        self.block(node.body, depth + 1)
        if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
            self.conditional(node.orelse[0], "elif", depth)
        else:
            self.clause("else", node.orelse, depth)
