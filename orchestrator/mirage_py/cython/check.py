"""Refuses, at its line, whatever would need CPython: what passes here compiles to plain C."""

from __future__ import annotations

from typing import Any

from mirage_py.cython.diagnostics import report
from mirage_py.cython.internals import Visitor
from mirage_py.cython.transforms import RAISABLE, StateRaise

_FORMS = (
    'a guest raises `Builtin("literal")`, `Builtin` or `OSError(number)`, where Builtin is one of '
    + ", ".join(RAISABLE)
)
# Statements and expressions that only make sense with Python objects.
_REFUSED = {
    "RaiseStatNode": f"this `raise` cannot be compiled: {_FORMS}",
    "ReraiseStatNode": "a bare `raise` needs `except`, which is not available in a guest module",
    "TryExceptStatNode": "`try`/`except` is not available in a guest module",
    "TryFinallyStatNode": "`try`/`finally` is not available in a guest module",
    "WithStatNode": "`with` is not available in a guest module",
    "GILStatNode": "there is no GIL in a guest: remove `with gil` or `with nogil`",
    "ImportNode": "`import` is not available in a guest module; use `cimport`",
    "FromImportStatNode": "`import` is not available in a guest module; use `cimport`",
    "YieldExprNode": "generators are not available in a guest module",
    "LambdaNode": "`lambda` is not available in a guest module",
    "PyClassDefNode": "classes are not available in a guest module",
    "CClassDefNode": "`cdef class` is not available in a guest module",
    "DelStatNode": "`del` is not available in a guest module",
    "ParallelWithBlockNode": "there are no threads in a guest",
    "ParallelRangeNode": "there are no threads in a guest: use `range` in place of `prange`",
}
# Directives whose code calls CPython, with the values that may stand.
_DIRECTIVES = {
    "overflowcheck": (False,),
    "profile": (False,),
    "linetrace": (False,),
    "initializedcheck": (False,),
    "language_level": ("3", 3, "3str", "2"),
}


class Check(Visitor.TreeVisitor):  # type: ignore[misc]
    """Walks the analysed tree once. `driver` forbids what needs a module initialisation."""

    def __init__(self, driver: bool, source: Any) -> None:
        super().__init__()
        self.driver = driver
        self.source = source
        self.in_function = False
        self.seen: set[tuple[Any, str]] = set()

    def refuse(self, node: Any, message: str) -> None:
        if (node.pos, message) not in self.seen:
            self.seen.add((node.pos, message))
            report(node.pos, message)

    def visit_Node(self, node: Any) -> None:  # noqa: N802
        if isinstance(node, StateRaise):
            self.visitchildren(node)
            return
        message = _REFUSED.get(type(node).__name__)
        if message:
            self.refuse(node, message)
            return
        self.visitchildren(node)

    def visit_ModuleNode(self, node: Any) -> None:  # noqa: N802
        self._directives(node)
        for entry in node.scope.var_entries:
            if entry.pos and entry.pos[0] == self.source and entry.type.is_memoryviewslice:
                self.refuse(entry, "a global buffer would outlive the object that it belongs to")
        self.visitchildren(node)

    def visit_CompilerDirectivesNode(self, node: Any) -> None:  # noqa: N802
        self._directives(node)
        self.visitchildren(node)

    def visit_CFuncDefNode(self, node: Any) -> None:  # noqa: N802
        entry = node.entry
        if entry.api:
            self.refuse(node, "`cdef api` is a run-time import: use `cdef public` or a .pxd")
        elif entry.visibility == "public" and self.driver and _can_raise(entry.type):
            self.refuse(node, f"`cdef public` {entry.name}() returns to C: declare it `noexcept`")
        self._type(node, entry.type.return_type, f"{entry.name}() returns")
        for argument in entry.type.args:
            self._type(argument, argument.type, f"argument `{argument.name}` is")
        outside, self.in_function = self.in_function, True
        self.visitchildren(node, ("body",))
        self.in_function = outside

    def visit_DefNode(self, node: Any) -> None:  # noqa: N802
        self.refuse(node, f"`def {node.entry.name}` needs Python objects: use `cpdef` with C types")

    def visit_ExprNode(self, node: Any) -> None:  # noqa: N802
        message = _REFUSED.get(type(node).__name__)
        kind = getattr(node, "type", None)
        if message is None and kind is not None:
            message = _objection(kind, f"{_spelled(node)} is")
        if message:
            self.refuse(node, message)
            return
        self.visitchildren(node)

    def _type(self, node: Any, kind: Any, what: str) -> None:
        message = _objection(kind, what)
        if message:
            self.refuse(node, message)

    def _directives(self, node: Any) -> None:
        for name, allowed in _DIRECTIVES.items():
            if name in node.directives and node.directives[name] not in allowed:
                self.refuse(node, f"the directive `{name}` is not available in a guest module")


def _objection(kind: Any, what: str) -> str | None:
    """Why a value of this type cannot exist in the guest, or None."""
    if kind.is_pyobject:
        return f"{what} a Python object: give it a C type"
    if kind.is_memoryviewslice and kind.ndim != 1:
        return f"{what} a buffer of {kind.ndim} dimensions: only one-dimensional ones are available"
    if kind.is_complex:
        return f"{what} complex: complex numbers are not available in a guest module"
    return None


def _spelled(node: Any) -> str:
    """An expression as the reader of the source knows it."""
    name = getattr(node, "name", None) or getattr(node, "attribute", None)
    if name:
        return f"`{name}`"
    function = getattr(node, "function", None)
    if function is not None:
        return f"the result of {_spelled(function)}"
    words = {
        "UnicodeNode": "this string",
        "BytesNode": "this string",
        "JoinedStrNode": "this string",
    }
    return words.get(type(node).__name__, "this expression")


def _can_raise(function: Any) -> bool:
    return bool(function.exception_check) or function.exception_value is not None
