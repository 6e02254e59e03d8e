"""Refuses, at its line, whatever would need CPython: what passes here compiles to plain C."""

from __future__ import annotations

from typing import Any

from mirage_py.cython.causes import cause, of_buffer
from mirage_py.cython.defaults import settle, wide
from mirage_py.cython.diagnostics import report
from mirage_py.cython.internals import Visitor
from mirage_py.cython.transforms import RAISABLE, FieldName, StateRaise

_FORMS = (
    'only `raise Builtin("literal")`, `raise Builtin` and `raise OSError(number)` are, '
    f"Builtin being {', '.join(RAISABLE)}"
)
_ONE_THREAD = "a guest has one thread and no GIL: remove `with gil`, write `range` for `prange`"
_CIMPORT = (
    "is not available in a guest module; use `cimport` for native modules and libc, and import the "
    "rest in Python"
)
_AWAITS = (
    "is not available in a guest module: wait in Python, and call a `cpdef` function in between"
)
_INNER = (
    "is not available in a guest module: write a `cdef` function beside it, which is given what it "
    "needs"
)
_CLASSES = (
    "not available in a guest module: keep a `cdef struct` and functions of it here, and the "
    "class in a .py that calls them"
)
# Statements and expressions that only make sense with Python objects.
_REFUSED = {
    "RaiseStatNode": f"this `raise` is not available in a guest module: {_FORMS}",
    "ReraiseStatNode": "a bare `raise` needs `except`, which is not available in a guest module: "
    "what is raised goes on to the caller by itself, through functions that are `except? VALUE`",
    "TryExceptStatNode": "`try`/`except` is not available in a guest module: return a value that "
    "says what went wrong, or let it go on to Python (`except? VALUE`) and catch it there",
    "TryFinallyStatNode": "`try`/`finally` is not available in a guest module: undo before each "
    "`return`, or in the Python that calls this",
    "WithStatNode": "`with` is not available in a guest module: call what begins and what ends it",
    "GILStatNode": _ONE_THREAD,
    "ImportNode": f"`import` {_CIMPORT}",
    "FromImportStatNode": f"`import` {_CIMPORT}",
    "YieldExprNode": "generators are not available in a guest module: fill a buffer, or call a "
    "function that is given (`mp_obj_t`, mpy.pxd)",
    "LambdaNode": "`lambda` is not available in a guest module: write a `cdef` function",
    "PyClassDefNode": f"classes are {_CLASSES}",
    "CClassDefNode": f"`cdef class` is {_CLASSES}",
    "DelStatNode": "`del` is not available in a guest module: C variables end with their function, "
    "and a global one is let go by `= mp_const_none`",
    "MemoryCopySlice": "the items of one buffer are not assigned to another: write the loop, "
    "or call `memmove` of libc.string",
    "ParallelRangeNode": _ONE_THREAD,
    "ParallelWithBlockNode": _ONE_THREAD,
}
_GENERATES = "a generator expression is not available in a guest module: write the loop"
# Directives whose code calls CPython, with the values that may stand.
_DIRECTIVES = {
    "overflowcheck": (False,),
    "profile": (False,),
    "linetrace": (False,),
    "initializedcheck": (False,),
    "language_level": ("3", 3, "3str", "2"),
}


class Check(Visitor.TreeVisitor):  # type: ignore[misc]
    """Walks the analysed tree once and refuses at most one expression of a line. `driver` forbids
    functions that raise into C."""

    def __init__(self, driver: bool) -> None:
        super().__init__()
        self.driver = driver
        self.lines: set[tuple[Any, int]] = set()
        self.variables: set[str] = set()
        self.depth = 0
        """Of functions that the walk is in."""

    def refuse(self, node: Any, message: str) -> None:
        """Reports a mistake of the user's; code that Cython added to theirs follows from it."""
        if getattr(node.pos[0], "filename", None):
            self.lines.add(node.pos[:2])
            report(node.pos, message)

    def visit_Node(self, node: Any) -> None:
        message = _REFUSED.get(type(node).__name__)
        if message and not isinstance(node, StateRaise):
            self.refuse(node, message)
        else:
            self.visitchildren(node)

    def visit_ModuleNode(self, node: Any) -> None:
        self._directives(node)
        for entry in node.scope.var_entries:
            if entry.is_cglobal and entry.type.is_memoryviewslice:
                self.refuse(
                    entry,
                    "a global buffer would outlive the object that it belongs to: keep the object, "
                    "as `mp_obj_t`",
                )
        for entry in node.scope.type_entries:
            if entry.type.is_cpp_class:
                self.refuse(entry, f"`cppclass {entry.name}`: a guest module is C, not C++")
        self._variables(node.scope)
        self.visitchildren(node)

    def visit_CompilerDirectivesNode(self, node: Any) -> None:
        self._directives(node)
        self.visitchildren(node)

    def visit_CFuncDefNode(self, node: Any) -> None:
        entry = node.entry
        if node.overridable:  # those of the source are not any more
            self.refuse(node, f"`@cython.ccall` of {entry.name}(): write `cpdef`, with C types")
        elif entry.api:
            self.refuse(node, "`cdef api` is a run-time import: use `cdef public` or a .pxd")
        elif entry.visibility == "public" and self.driver and _can_raise(entry.type):
            self.refuse(node, f"`cdef public` {entry.name}() returns to C: declare it `noexcept`")
        if message := _objection(entry.type.return_type, f"{entry.name}() returns"):
            self.refuse(node, message)
        for argument in node.args:
            if objected := settle(argument):
                self.refuse(argument.default, objected)
        outer, self.variables = self.variables, set(self.variables)
        self.depth += 1
        self._functions(node.body)
        self._variables(node.local_scope)
        self.visitchildren(node, ("body",))
        self.depth -= 1
        self.variables = outer

    def visit_DefNode(self, node: Any) -> None:
        name = node.entry.name
        if name == "lambda":
            self.refuse(node, _REFUSED["LambdaNode"])
        elif node.is_async_def or type(node).__name__ == "AsyncDefNode":
            self.refuse(node, f"`async def {name}` {_AWAITS}")
        elif self.depth:
            self.refuse(node, f"`def {name}` in a function {_INNER}")
        else:
            self.refuse(node, f"`def {name}` needs Python objects: use `cpdef` with C types")

    def visit_ExprNode(self, node: Any) -> None:
        message = _REFUSED.get(type(node).__name__)
        kind = getattr(node, "type", None)
        if message is None and kind is not None:
            message = _objection(kind, f"{_spelled(node)} is")
            if message:
                message = cause(node) or message
        if not message:
            self.visitchildren(node)
        elif node.pos[:2] not in self.lines and getattr(node, "name", None) not in self.variables:
            self.refuse(node, message)

    def visit_IntNode(self, node: Any) -> None:
        if node.is_c_literal is not False and wide(node):
            self.refuse(node, "this number has more than 64 bits, the most that C has")
        else:
            self.visit_ExprNode(node)

    def visit_DictNode(self, node: Any) -> None:
        """`Point(x=1)` of a struct is a dictionary to Cython, whose keys are fields."""
        if not node.type.is_struct_or_union:
            self.visit_ExprNode(node)
            return
        for item in node.key_value_pairs:
            item.key = FieldName(item.key.pos, value=item.key.value)
            self.visit(item.value)

    def visit_ForInStatNode(self, node: Any) -> None:
        self.visit(node.iterator)  # before the variables that follow from it
        self.visitchildren(node, exclude=["iterator"])

    def visit_AttributeNode(self, node: Any) -> None:
        if message := of_buffer(node):
            self.refuse(node, message)
        else:
            self.visit_ExprNode(node)

    def visit_SingleAssignmentNode(self, node: Any) -> None:
        if type(node.rhs).__name__ in _REFUSED:
            self.visit(node.rhs)
        else:
            self.visitchildren(node)

    def _functions(self, body: Any) -> None:
        """Refuses functions in a function, not again the variables that hold them."""
        for statement in getattr(body, "stats", ()):
            right: Any = getattr(statement, "rhs", None)
            if type(right).__name__ in ("LambdaNode", "PyCFunctionNode", "InnerFunctionNode"):
                self.visit(right.def_node if hasattr(right, "def_node") else right)
                self.variables.add(statement.lhs.name)

    def _variables(self, scope: Any) -> None:
        """Refuses variables and arguments where they are declared, not again at each use."""
        for entry in scope.var_entries + getattr(scope, "arg_entries", []):
            what = "argument" if entry.is_arg else "variable"
            declared = entry.pos and (entry.is_cglobal or entry.is_arg or entry.is_local)
            message = _objection(entry.type, f"{what} `{entry.name}` is") if declared else None
            if message and (entry.name or "").startswith("genexpr"):
                message = _GENERATES
            if message and entry.name and entry.name not in self.variables:
                self.variables.add(entry.name)
                self.refuse(entry, message)

    def _directives(self, node: Any) -> None:
        for name, allowed in _DIRECTIVES.items():
            if name in node.directives and node.directives[name] not in allowed:
                self.refuse(
                    node, f"the directive `{name}` is not available in a guest module: leave it out"
                )


_ANY = ", or `mp_obj_t`, which is any object (`from mpy cimport mp_obj_t`)"
_INSTEAD = {
    **dict.fromkeys(("str", "unicode", "basestring"), ", as `const char *` for text"),
    **dict.fromkeys(("bytes", "bytearray"), ", as `const unsigned char[::1]`"),
    **dict.fromkeys(("list", "tuple"), f", as `int[::1]`, a buffer of such{_ANY}"),
    **dict.fromkeys(("dict", "set", "frozenset", "object"), _ANY),
}
"""What a C function takes in place of a type of Python's."""


def _objection(kind: Any, what: str) -> str | None:
    """Why a value of this type cannot exist in the guest, or None."""
    if kind.is_pyobject:
        instead = _INSTEAD.get(getattr(kind, "name", ""), "")
        return f"{what} a Python object: give it a C type{instead}"
    if kind.is_memoryviewslice and kind.ndim != 1:
        return (
            f"{what} a buffer of {kind.ndim} dimensions, of which a guest module has only one: "
            "give it one, and its width beside it"
        )
    if type(kind).__name__ == "SoftCComplexType":
        return f"{what} complex where the base is negative: write `pow(x, y)` of libc.math"
    if kind.is_complex:
        return f"{what} complex, which is not available in a guest module: use two doubles"
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
