"""What calls itself, directly or through others of its module, sees whether the stack has room for
it: C has no other limit, and would go on into the heap."""

from __future__ import annotations

from typing import Any

from mirage_py.cython.internals import Nodes, Visitor


class StackCheck(Nodes.StatNode):  # type: ignore[misc]
    """Leaves the function by its error path where the stack is used up."""

    child_attrs: list[str] = []  # noqa: RUF012  (Cython reads it from the class)

    def analyse_expressions(self, env: Any) -> Any:
        return self

    def generate_execution_code(self, code: Any) -> None:
        code.mark_pos(self.pos)
        code.putln("if (unlikely(mirage_cython_stack_is_spent())) {")
        code.putln("mirage_cython_raise_recursion();")
        code.putln(code.error_goto(self.pos))
        code.putln("}")

    def generate_function_definitions(self, env: Any, code: Any) -> None:
        pass

    def annotate(self, code: Any) -> None:
        pass


class RecursionTransform(Visitor.VisitorTransform):  # type: ignore[misc]
    """Begins each function that can come back to itself with a StackCheck. A function that another
    names counts as called by it."""

    def __init__(self) -> None:
        super().__init__()
        self.functions: dict[str, Any] = {}
        self.named: dict[str, set[str]] = {}
        self.inside: str | None = None

    def visit_ModuleNode(self, node: Any) -> Any:
        self.visitchildren(node)
        for name, function in self.functions.items():
            if name in self._reached(name):
                check = StackCheck(function.pos)
                function.body = Nodes.StatListNode(function.pos, stats=[check, function.body])
        return node

    def visit_Node(self, node: Any) -> Any:
        self.visitchildren(node)
        return node

    def visit_CFuncDefNode(self, node: Any) -> Any:
        self.inside = _name(node)
        self.functions[self.inside] = node
        self.visitchildren(node)
        self.inside = None
        return node

    def visit_NameNode(self, node: Any) -> Any:
        if self.inside is not None:
            self.named.setdefault(self.inside, set()).add(str(node.name))
        return node

    def _reached(self, name: str) -> set[str]:
        reached: set[str] = set()
        waiting = [name]
        while waiting:
            for each in self.named.get(waiting.pop(), set()) - reached:
                reached.add(each)
                waiting.append(each)
        return reached


def _name(node: Any) -> str:
    declarator = node.declarator
    while not isinstance(declarator, Nodes.CNameDeclaratorNode):
        declarator = declarator.base
    return str(declarator.name)
