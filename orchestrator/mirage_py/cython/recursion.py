"""What can come back to itself sees whether the stack has room for it: C has no other limit, and
would go on into the heap. So does what takes much of the stack at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mirage_py.cython.internals import Nodes, Visitor
from mirage_py.cython.signature import resolved

if TYPE_CHECKING:
    from collections.abc import Iterable

LARGE = 1024
"""Bytes of local variables from which on a function asks for room; the interpreter leaves four
times as many to C (MICROPY_STACK_CHECK_MARGIN)."""
LIBRARY = {"libc", "solo5"}
"""What comes back to nobody."""
# Calls that leave the module, by where they may come back.
ANYWHERE, FROM_C, FROM_PYTHON = "<anywhere>", "<C>", "<Python>"


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


def check_recursion(tree: Any, exported: Iterable[Any]) -> None:
    """Begin each function of an analysed module that can come back to itself with a StackCheck:
    directly, by others of its module, by function pointers, by other modules and C, and by Python,
    which sees the `exported` ones."""
    calls = _Calls(tree.scope)
    calls.visit(tree)
    python = {str(node.entry.cname) for node in exported}
    c = calls.taken | {one for one, node in calls.functions.items() if _is_linked(node.entry)}
    calls.named |= {FROM_PYTHON: python, FROM_C: c, ANYWHERE: c | python}
    for name, node in calls.functions.items():
        if name in calls.reached(name) or _room(node) >= LARGE:
            check = StackCheck(node.pos)
            node.body = Nodes.StatListNode(node.pos, stats=[check, node.body])


class _Calls(Visitor.TreeVisitor):  # type: ignore[misc]
    """The functions of a module by their C names; the functions that each of them names, which
    counts as a call; and those that are named other than to call them."""

    def __init__(self, scope: Any) -> None:
        super().__init__()
        self.scope = scope
        self.functions: dict[str, Any] = {}
        self.named: dict[str, set[str]] = {}
        self.taken: set[str] = set()
        self.inside = ""

    def reached(self, name: str) -> set[str]:
        """What may be called once `name` is."""
        reached: set[str] = set()
        waiting = [name]
        while waiting:
            for each in self.named.get(waiting.pop(), set()) - reached:
                reached.add(each)
                waiting.append(each)
        return reached

    def visit_Node(self, node: Any) -> None:
        self.visitchildren(node)

    def visit_CFuncDefNode(self, node: Any) -> None:
        self.inside = str(node.entry.cname)
        self.functions[self.inside] = node
        self.visitchildren(node)
        self.inside = ""

    def visit_SimpleCallNode(self, node: Any) -> None:
        function = node.function
        if _is_function(function):
            self._call(function.entry)
            self.visitchildren(node, exclude=["function"])
            return
        if type(function).__name__ != "PythonCapiFunctionNode":  # an operator of Cython's own
            self.named.setdefault(self.inside, set()).add(ANYWHERE)
        self.visitchildren(node)

    def visit_NameNode(self, node: Any) -> None:
        if _is_function(node):
            self._call(node.entry)
            self.taken.add(str(node.entry.cname))

    def visit_AttributeNode(self, node: Any) -> None:
        self.visit_NameNode(node)
        self.visitchildren(node)

    def _call(self, entry: Any) -> None:
        """A call, and where it may come back from once it has left the module."""
        name = str(entry.cname)
        self.named.setdefault(self.inside, set()).add(name)
        self.named.setdefault(name, set()).update(self._outside(entry))

    def _outside(self, entry: Any) -> set[str]:
        module = str(entry.scope.qualified_name).partition(".")[0]
        if entry.is_builtin or module in LIBRARY:
            return set()
        if entry.visibility == "extern":
            return {FROM_PYTHON if module == "mpy" else FROM_C}
        return set() if entry.scope is self.scope else {ANYWHERE}


def _is_function(node: Any) -> bool:
    return bool(getattr(getattr(node, "entry", None), "is_cfunction", False))


def _is_linked(entry: Any) -> bool:
    """Whether others than the module can name the function."""
    return bool(entry.defined_in_pxd or entry.visibility == "public")


def _room(node: Any) -> int:
    """Bytes that the local variables take."""
    return sum(_size(one.type) for one in node.local_scope.var_entries)


def _size(kind: Any) -> int:
    """Bytes of a type: of an array that is as large as C says, too many."""
    kind = resolved(kind)
    if kind.is_array:
        return kind.size * _size(kind.base_type) if isinstance(kind.size, int) else LARGE
    if kind.is_struct_or_union and kind.scope is not None:
        return sum(_size(member.type) for member in kind.scope.var_entries)
    sizes = {0: 1, 1: 2, 2: 4}
    return sizes.get(getattr(kind, "rank", 3), 8) if kind.is_int else 8
