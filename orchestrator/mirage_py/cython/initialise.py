"""Module-level statements: constants become C initialisers, the rest becomes one function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mirage_py.cython.internals import Visitor
from mirage_py.cython.signature import is_object

if TYPE_CHECKING:
    from collections.abc import Iterator

# Statements that define something and run nothing.
_DEFINITIONS = {
    "CDefExternNode",
    "CEnumDefNode",
    "CFuncDefNode",
    "CImportStatNode",
    "CStructOrUnionDefNode",
    "CTypeDefNode",
    "CVarDefNode",
    "CnameDecoratorNode",
    "FromCImportStatNode",
    "FusedCFuncDefNode",
    "PassStatNode",
}


@dataclass(frozen=True)
class ModuleBody:
    """`constants` are assignments that C can make before anything runs; `statements` have to run.
    Both are nodes of Cython's."""

    constants: tuple[Any, ...] = ()
    statements: tuple[Any, ...] = ()


def module_body(tree: Any) -> ModuleBody:
    """What stands at module level. After the first statement that has to run, all have to."""
    constants: list[Any] = []
    statements: list[Any] = []
    assigned: set[Any] = set()
    for node in _statements(tree.body):
        if not statements and _is_constant(node) and node.lhs.entry not in assigned:
            constants.append(node)
            assigned.add(node.lhs.entry)
        else:
            statements.append(node)
    return ModuleBody(tuple(constants), tuple(statements))


def none_for_objects(tree: Any, body: ModuleBody) -> None:
    """Makes C variables of type `mp_obj_t` that nothing has assigned `None`, where C would leave
    what is no object."""
    objects = _Objects()
    objects.visit(tree)
    given = {node.lhs.entry for node in body.constants}
    kept = [one for one in tree.scope.var_entries if one.is_cglobal and one.visibility != "extern"]
    for entry in (*objects.local, *kept):
        if entry not in given and is_object(entry.type):
            entry.init = "mp_const_none"


class _Objects(Visitor.TreeVisitor):  # type: ignore[misc]
    """Finds the local variables of a module's functions."""

    def __init__(self) -> None:
        super().__init__()
        self.local: list[Any] = []

    def visit_Node(self, node: Any) -> None:
        self.visitchildren(node)

    def visit_CFuncDefNode(self, node: Any) -> None:
        self.local += node.local_scope.var_entries


def declare_constants(body: ModuleBody, code: Any) -> str:
    """C definitions with initialisers. They complete the tentative ones that Cython writes."""
    lines = []
    for node in body.constants:
        entry = node.lhs.entry
        node.rhs.generate_evaluation_code(code)
        static = "" if entry.visibility == "public" else "static "
        lines.append(f"{static}{entry.type.declaration_code(entry.cname)} = {node.rhs.result()};")
    return "\n".join(lines)


def init_function(body: ModuleBody, tree: Any, code: Any, name: str) -> str:
    """The C function that runs the module's statements, or nothing when there are none. A raise
    leaves the error state set."""
    if not body.statements:
        return ""
    code.enter_cfunc_scope(tree.scope)
    code.putln(f"static void {name}(void) {{")
    temporaries = code.insertion_point()
    for node in body.statements:
        node.generate_execution_code(code)
    temporaries.put_temp_declarations(code.funcstate)
    if code.label_used(code.error_label):
        code.putln("return;")
        code.put_label(code.error_label)
        code.putln('__Pyx_AddTraceback("<module>", __pyx_clineno, __pyx_lineno, __pyx_filename);')
    code.putln("}")
    text = str(code.getvalue())
    code.exit_cfunc_scope()
    return text


def _statements(node: Any) -> Iterator[Any]:
    kind = type(node).__name__
    if kind == "StatListNode":
        for child in node.stats:
            yield from _statements(child)
    elif kind == "CompilerDirectivesNode":
        yield from _statements(node.body)
    elif kind not in _DEFINITIONS:
        yield node


def _is_constant(node: Any) -> bool:
    if type(node).__name__ != "SingleAssignmentNode" or not node.lhs.is_name:
        return False
    entry, value = node.lhs.entry, node.rhs
    named = value.is_name and value.entry is not None and value.entry.is_const
    return entry.is_cglobal and not entry.in_cinclude and (value.is_literal or named)
