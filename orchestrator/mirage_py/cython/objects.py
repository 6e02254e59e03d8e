"""What a user's module does with objects of Python's (`mp_obj_t`): to C they are pointers, which it
would count with, test and take from anywhere."""

from __future__ import annotations

from typing import Any

from mirage_py.cython.diagnostics import report
from mirage_py.cython.internals import Visitor
from mirage_py.cython.signature import is_object, resolved

_NUMBER = "take its number with `mp_obj_get_int(x)` or `mp_obj_get_float(x)`"
_TRUTH = "ask `mp_obj_is_true(x)`, or compare with `mp_const_none`"
_POINTER = (
    "a pointer is no object: make one (`mp_obj_new_int`, `mp_obj_new_bytes`, ... of mpy.pxd), or "
    "write `<mp_obj_t>` if it points to one"
)
_TEXT = {"UnicodeNode", "StringNode", "BytesNode", "IdentifierStringNode"}
"""What becomes a pointer of any type that is wanted."""
_ORDERED = {"<", "<=", ">", ">="}


class Objects(Visitor.TreeVisitor):  # type: ignore[misc]
    """Refuses arithmetic with objects, their truth and order as C sees them, and pointers that are
    taken for objects."""

    def __init__(self) -> None:
        super().__init__()
        self.returned: Any = None

    def visit_Node(self, node: Any) -> None:
        self.visitchildren(node)

    def visit_NumBinopNode(self, node: Any) -> None:
        self._count(node, node.operand1, node.operand2)

    def visit_UnopNode(self, node: Any) -> None:
        self._count(node, node.operand)

    def visit_NotNode(self, node: Any) -> None:
        self.visitchildren(node)

    def visit_AmpersandNode(self, node: Any) -> None:
        self.visitchildren(node)

    def visit_PrimaryCmpNode(self, node: Any) -> None:
        if node.operator in _ORDERED:
            self._count(node, node.operand1, node.operand2)
        else:
            self.visitchildren(node)

    def visit_CoerceToBooleanNode(self, node: Any) -> None:
        if _is_object(node.arg):
            report(node.pos, f"the truth of an object is not known to C: {_TRUTH}")
        else:
            self.visitchildren(node)

    def visit_SingleAssignmentNode(self, node: Any) -> None:
        self._take(node.lhs.type, node.rhs)
        self.visitchildren(node)

    def visit_DefNode(self, node: Any) -> None:
        """What is refused already."""

    def visit_CFuncDefNode(self, node: Any) -> None:
        self.returned = node.entry.type.return_type
        self.visitchildren(node)

    def visit_ReturnStatNode(self, node: Any) -> None:
        if node.value is not None and self.returned is not None:
            self._take(self.returned, node.value)
        self.visitchildren(node)

    def visit_SimpleCallNode(self, node: Any) -> None:
        kind = resolved(node.function.type)
        kind = resolved(kind.base_type) if kind.is_ptr else kind
        given = getattr(node, "args", None) or ()  # a call of Python's has none
        for formal, value in zip(getattr(kind, "args", ()), given, strict=False):
            self._take(formal.type, value)
        self.visitchildren(node)

    def _count(self, node: Any, *operands: Any) -> None:
        if any(map(_is_object, operands)):
            report(node.pos, f"C cannot count with an object: {_NUMBER}")
        else:
            self.visitchildren(node)

    def _take(self, kind: Any, value: Any) -> None:
        """Refuses a pointer where an object is wanted; NULL stands for none."""
        pointer = value.type.is_ptr and not (value.type.is_null_ptr or is_object(value.type))
        if is_object(kind) and (pointer or type(value).__name__ in _TEXT):
            report(value.pos, _POINTER)


def _is_object(node: Any) -> bool:
    kind = getattr(node, "type", None)
    return kind is not None and kind.is_ptr and is_object(kind)
