"""Tree transforms that run inside Cython's pipeline: what becomes of `cpdef`, `raise`, `assert`."""

from __future__ import annotations

from typing import Any

from mirage_py.cython.diagnostics import report
from mirage_py.cython.internals import ExprNodes, Nodes, PyrexTypes, Visitor
from mirage_py.support.literals import c_string

# The builtins that guest code may raise, in the order of `enum mirage_cython_kind`.
RAISABLE = (
    "ValueError",
    "TypeError",
    "IndexError",
    "KeyError",
    "OSError",
    "RuntimeError",
    "OverflowError",
    "MemoryError",
    "NotImplementedError",
    "ZeroDivisionError",
    "AssertionError",
    "StopIteration",
    "EOFError",
    "RecursionError",
)


# What Cython has declarations of, and no image has.
FOREIGN = {
    "cpython": "the C interface of CPython is not available in a guest module: take objects as "
    "`mp_obj_t`, and what works on them `from mpy cimport`",
    "numpy": "NumPy is not available in a guest module: take a buffer (`double[::1]`)",
    "libcpp": "a guest module is C, not C++: use arrays and structs",
    "posix": "an image has no operating system: use what the guest's modules offer, in Python",
    "openmp": "a guest has one thread: leave it out",
}


class StateRaise(Nodes.RaiseStatNode):  # type: ignore[misc]
    """`raise Builtin("literal")` or `raise OSError(number)`: sets the error state and leaves the
    function by its error path. A RaiseStatNode, so that flow analysis knows that nothing follows.
    """

    child_attrs = ["number"]  # noqa: RUF012  (Cython reads it from the class)
    exc_type = exc_value = exc_tb = cause = None
    builtin_exc_name = None
    nogil_check = None
    builtin: str
    message: str | None = None
    number: Any = None

    def analyse_expressions(self, env: Any) -> Any:
        if self.number is not None:
            self.number = self.number.analyse_types(env).coerce_to(PyrexTypes.c_int_type, env)
        return self

    def generate_execution_code(self, code: Any) -> None:
        code.mark_pos(self.pos)
        if self.number is not None:
            self.number.generate_evaluation_code(code)
            code.putln(f"mirage_cython_raise_os_error({self.number.result()});")
            self.number.generate_disposal_code(code)
            self.number.free_temps(code)
        else:
            text = "NULL" if self.message is None else c_string(self.message)
            code.putln(f"mirage_cython_raise(MIRAGE_CYTHON_{self.builtin}, {text});")
        code.putln(code.error_goto(self.pos))

    def generate_function_definitions(self, env: Any, code: Any) -> None:
        pass

    def annotate(self, code: Any) -> None:
        pass


class FieldName(ExprNodes.UnicodeNode):  # type: ignore[misc]
    """The name of a field where a struct is made: no string of the image's."""

    def generate_evaluation_code(self, code: Any) -> None:
        pass


class RaiseTransform(Visitor.VisitorTransform):  # type: ignore[misc]
    """Turns every `raise` of a known form and every `assert` into a StateRaise; the others stay,
    for `check` to refuse at their line. Runs before PostParse, which would rewrite `assert`."""

    def visit_Node(self, node: Any) -> Any:
        self.visitchildren(node)
        return node

    def visit_RaiseStatNode(self, node: Any) -> Any:
        raised = node.exc_type
        message, number = None, None
        if node.cause is not None or node.exc_value is not None:
            return node
        if isinstance(raised, ExprNodes.SimpleCallNode) and len(raised.args) <= 1:
            for argument in raised.args:
                message, number = _literal(argument), argument
            raised = raised.function
        if not isinstance(raised, ExprNodes.NameNode) or raised.name not in RAISABLE:
            return node
        if message is None and number is not None and raised.name != "OSError":
            return node
        return StateRaise(
            node.pos,
            builtin=str(raised.name),
            message=message,
            number=number if message is None else None,
        )

    def visit_CImportStatNode(self, node: Any) -> Any:
        return self._cimport(node)

    def visit_FromCImportStatNode(self, node: Any) -> Any:
        return self._cimport(node)

    def _cimport(self, node: Any) -> Any:
        """What no image has is refused here: errors in its declarations would hide the cause."""
        top = str(node.module_name).partition(".")[0]
        if top not in FOREIGN:
            return node
        report(node.pos, f"`cimport {node.module_name}`: {FOREIGN[top]}")
        return None

    def visit_GILStatNode(self, node: Any) -> Any:
        """Nothing is released by `with nogil`: what stands below it is what it means."""
        self.visitchildren(node)
        return node.body if node.state == "nogil" and node.condition is None else node

    def visit_AssertStatNode(self, node: Any) -> Any:
        message = None if node.value is None else _literal(node.value)
        if node.value is not None and message is None:
            return node
        failed = StateRaise(node.pos, builtin="AssertionError", message=message)
        clause = Nodes.IfClauseNode(
            node.pos, condition=ExprNodes.NotNode(node.pos, operand=node.condition), body=failed
        )
        return Nodes.IfStatNode(node.pos, if_clauses=[clause], else_clause=None)


class ExportTransform(Visitor.VisitorTransform):  # type: ignore[misc]
    """Makes each `cpdef` function a plain `cdef` one and remembers it: the wrapper is its Python
    side, so the C side needs no table of overrides and can be inlined into the wrapper. Remembers
    each `cpdef enum`.

    `defined` are the functions that have a body, `declared` the declarators of all."""

    def __init__(self) -> None:
        super().__init__()
        self.enums: list[Any] = []
        self.defined: list[Any] = []
        self.declared: list[Any] = []

    def visit_Node(self, node: Any) -> Any:
        self.visitchildren(node)
        return node

    def visit_CEnumDefNode(self, node: Any) -> Any:
        """`cpdef enum` makes its items names of the module; Cython would make a Python class."""
        if node.create_wrapper:
            node.create_wrapper = False
            self.enums.append(node)
        return node

    def visit_CClassDefNode(self, node: Any) -> Any:
        return node

    def visit_CFuncDefNode(self, node: Any) -> Any:
        if node.overridable:
            self.defined.append(node)
            self._take(node, [_function(node.declarator)])
        return node

    def visit_CVarDefNode(self, node: Any) -> Any:
        functions = [_function(one) for one in node.declarators]
        if node.overridable and all(functions):
            self._take(node, functions)
        return node

    def _take(self, node: Any, functions: list[Any]) -> None:
        for one in (node, *functions):
            one.overridable = 0
        self.declared += functions


def _function(declarator: Any) -> Any:
    """The part of a declarator that has a function's arguments and name, or None."""
    while not isinstance(declarator, Nodes.CFuncDeclaratorNode):
        declarator = getattr(declarator, "base", None)
        if declarator is None:
            return None
    return declarator


def _literal(node: Any) -> str | None:
    """The text of a string literal, or None for any other expression."""
    if type(node).__name__ not in (
        "UnicodeNode",
        "StringNode",
        "BytesNode",
        "IdentifierStringNode",
    ):
        return None
    value = node.value
    return value.decode() if isinstance(value, bytes) else str(value)
