"""Names, strings and displays."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Any

from mirage_py.lower.make import call, in_parentheses, named
from mirage_py.lower.names import BUILTINS, METHODS, OPERATORS, TYPES
from mirage_py.lower.shapes import is_difficult, is_unpacked, local_names

if TYPE_CHECKING:
    from collections.abc import Sequence


class Expressions(ast.NodeTransformer):
    """One module. `changed` says whether MicroPython needs the result."""

    def __init__(self, *, package: bool, documented: bool, annotated: bool) -> None:
        self.package = package
        self.documented = documented
        self.annotated = annotated
        self.others: dict[str, str] = {}
        """Modules that are imported under another name here."""
        self.types: set[str] = set()
        """Names of a function that stand for the class of a thing."""
        self.annotates_text = False
        self.changed = False
        self.in_parentheses = False
        self.reads_doc = False
        self.reads_builtins = False
        self.reads_package = False
        self.documents = False
        """Whether all functions and classes keep their documentation."""
        self.contexts = False
        self.handles = False
        """Whether the statement at hand stands in a handler whose exception is kept."""
        self.bound: frozenset[str] = frozenset()
        """Names that are not the built-in ones here."""
        self.classes: list[str] = []
        """The names of the classes around, outermost first."""
        self.names_of_class = frozenset[str]()
        """What the innermost of them binds."""
        self.locals: tuple[str, ...] | None = None
        """The variables of the function at hand; None outside of any."""
        self.count = 0
        self.asynchronous = False
        """Whether the function at hand is an asynchronous generator."""
        self.pending: list[ast.stmt] = []
        """Functions that the statement at hand needs before it."""

    def visit(self, node: ast.AST) -> Any:
        """What NodeTransformer does; before a statement stands what its expressions need."""
        if not isinstance(node, ast.stmt):
            return super().visit(node)
        around, self.pending = self.pending, []
        made = super().visit(node)
        before, self.pending = self.pending, around
        if not before:
            return made
        for one in before:
            ast.copy_location(one, node)
        return [*before, *(made if isinstance(made, list) else [made])]

    def block(self, body: Sequence[ast.stmt]) -> list[ast.stmt]:
        """The statements of a block."""
        found: list[ast.stmt] = []
        for one in body:
            made = self.visit(one)
            found += made if isinstance(made, list) else [made]
        return found

    # Names and attributes

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if node.id == "__doc__":
            self.reads_doc = self.changed = True
        if node.id == "__builtins__":
            self.reads_builtins = self.changed = True
        if node.id == "__package__" and node.id not in self.bound:
            self.reads_package = self.changed = True
        if node.id == "__spec__" and isinstance(node.ctx, ast.Load):
            self.changed = True
            return ast.copy_location(call("spec", ast.Name("__name__", ast.Load())), node)
        if node.id in BUILTINS and node.id not in self.bound:
            self.changed = True
        return self.mangled(node, "id")

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        if isinstance(node.value, ast.Constant):
            node.value.value = in_parentheses(node.value.value)
        if (self.package and node.attr in METHODS) or node.attr in OPERATORS:
            self.changed = True
        if node.attr == "__get__" and isinstance(node.ctx, ast.Load):
            self.changed = True
            return ast.copy_location(call("binder", node.value), node)
        return self.mangled(node, "attr")

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        self.changed |= self.is_type(node.value)
        self.generic_visit(node)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        if isinstance(node.op, ast.BitOr):
            self.changed |= self.is_type(node.left) or self.is_type(node.right)
        self.generic_visit(node)
        return node

    def is_type(self, node: ast.expr) -> bool:
        """Whether it is a built-in type, by its name."""
        return isinstance(node, ast.Name) and node.id in TYPES and node.id not in self.bound

    def mangled(self, node: ast.expr, field: str) -> ast.expr:
        """A private name as CPython spells it (language reference, 6.2.1)."""
        name = getattr(node, field)
        if self.classes and name.startswith("__") and not name.endswith("__"):
            setattr(node, field, f"_{self.classes[-1].lstrip('_')}{name}")
            self.private = True
        return node

    def visit_Yield(self, node: ast.Yield) -> ast.expr:
        """In an asynchronous generator, told from what it waits for."""
        self.generic_visit(node)
        if self.asynchronous:
            node.value = call("Yielded", *([node.value] if node.value else []))
        return node

    def visit_Lambda(self, node: ast.Lambda) -> ast.expr:
        around = self.asynchronous, self.locals
        self.asynchronous, self.locals = False, local_names(node)
        self.generic_visit(node)
        self.asynchronous, self.locals = around
        return node

    # Strings

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.expr:
        """A formatted string: a call of str.format. Its own text says when MicroPython's reader,
        which looks for the closing brace alone, would stumble."""
        if any(is_difficult(one) for one in node.values):
            self.changed = True
        text, values = "", list[ast.expr]()
        for one in node.values:
            if isinstance(one, ast.Constant):
                text += str(one.value).replace("{", "{{").replace("}", "}}")
                continue
            if not isinstance(one, ast.FormattedValue):
                raise TypeError(one)
            value = self.visit(one.value)
            kind = "" if one.conversion == -1 else f"!{chr(one.conversion)}"
            if one.conversion == ord("a"):
                value, kind = named("ascii", value), ""
            if one.format_spec is not None:
                spec = self.visit(one.format_spec)
                if kind:
                    value = named({"!r": "repr", "!s": "str"}[kind], value)
                value, kind = call("format", value, spec), ""
            text += f"{{{kind}}}"
            values.append(value)
        if not values:
            return ast.Constant(text.replace("{{", "{").replace("}}", "}"))
        return ast.Call(ast.Attribute(ast.Constant(text), "format", ast.Load()), values, [])

    # Displays

    def unpacked(self, elements: Sequence[ast.expr]) -> ast.expr:
        """A list of what a display with `*` holds."""
        self.changed = True
        parts: list[ast.expr] = []
        for one in elements:
            if isinstance(one, ast.Starred):
                parts.append(named("list", one.value))
            elif parts and isinstance(parts[-1], ast.List):
                parts[-1].elts.append(one)
            else:
                parts.append(ast.List([one], ast.Load()))
        whole = parts[0]
        for one in parts[1:]:
            whole = ast.BinOp(whole, ast.Add(), one)
        return whole

    def visit_List(self, node: ast.List) -> ast.expr:
        self.generic_visit(node)
        return self.unpacked(node.elts) if is_unpacked(node) else node

    def visit_Tuple(self, node: ast.Tuple) -> ast.expr:
        self.generic_visit(node)
        return named("tuple", self.unpacked(node.elts)) if is_unpacked(node) else node

    def visit_Set(self, node: ast.Set) -> ast.expr:
        self.generic_visit(node)
        if any(isinstance(one, ast.Starred) for one in node.elts):
            return named("set", self.unpacked(node.elts))
        return node

    def visit_Dict(self, node: ast.Dict) -> ast.expr:
        self.generic_visit(node)
        if None not in node.keys:
            return node
        self.changed = True
        parts: list[ast.expr] = []
        for key, value in zip(node.keys, node.values, strict=True):
            if key is None:
                parts.append(value)
            elif parts and isinstance(parts[-1], ast.Dict):
                parts[-1].keys.append(key)
                parts[-1].values.append(value)
            else:
                parts.append(ast.Dict([key], [value]))
        return call("merged", *parts)

    def visit_ListComp(self, node: ast.ListComp) -> ast.expr:
        self.generic_visit(node)
        return self.awaited(node, "list", "append", [node.elt])

    def visit_SetComp(self, node: ast.SetComp) -> ast.expr:
        self.generic_visit(node)
        return self.awaited(node, "set", "add", [node.elt])

    def visit_DictComp(self, node: ast.DictComp) -> ast.expr:
        self.generic_visit(node)
        return self.awaited(node, "dict", "__setitem__", [node.key, node.value])

    def visit_GeneratorExp(self, node: ast.GeneratorExp) -> ast.expr:
        """One that waits is an asynchronous generator, called with what it goes through first."""
        self.generic_visit(node)
        first = node.generators[0]
        rest = [node.elt, *first.ifs, *node.generators[1:]]
        if not any(one.is_async for one in node.generators) and not any(map(waits, rest)):
            return node
        iterable, first.iter = first.iter, ast.Name("_iterable", ast.Load())
        inner: list[ast.stmt] = [ast.Expr(ast.Yield(call("Yielded", node.elt)))]
        name = self.before(node, looped(node.generators, inner), ["_iterable"])
        made = self.pending[-1]
        if isinstance(made, ast.AsyncFunctionDef):
            made.decorator_list.append(call("asynchronous").func)
        return named(name, iterable)

    def before(self, node: ast.expr, body: list[ast.stmt], names: Sequence[str] = ()) -> str:
        """The name of a coroutine function of that body, which stands before the statement."""
        self.changed = True
        self.count += 1
        name = f"_comprehension_{self.count}"
        arguments = ast.arguments([], [ast.arg(one) for one in names], None, [], [], None, [])
        made = ast.AsyncFunctionDef(name, arguments, body, [], None)
        for each in ast.walk(made):
            if isinstance(each, ast.stmt):
                each.lineno = node.lineno
        self.pending.append(made)
        return name

    def awaited(
        self,
        node: ast.ListComp | ast.SetComp | ast.DictComp,
        kind: str,
        add: str,
        values: list[ast.expr],
    ) -> ast.expr:
        """A comprehension that waits: MicroPython's are functions that do not."""
        if not any(one.is_async for one in node.generators) and not waits(node):
            return node
        result = ast.Name("_result", ast.Load())
        inner: list[ast.stmt] = [
            ast.Expr(ast.Call(ast.Attribute(result, add, ast.Load()), values, []))
        ]
        if kind == "dict":
            place = ast.Subscript(result, values[0], ast.Store())
            inner = [ast.Assign([place], values[1])]
        first = ast.Assign([ast.Name("_result", ast.Store())], named(kind))
        body = [first, *looped(node.generators, inner), ast.Return(result)]
        return ast.Await(named(self.before(node, body)))


def waits(node: ast.AST) -> bool:
    """Whether there is an `await` in an expression."""
    return any(isinstance(one, ast.Await) for one in ast.walk(node))


def looped(generators: Sequence[ast.comprehension], inner: list[ast.stmt]) -> list[ast.stmt]:
    """The loops of a comprehension around what it does with each item."""
    for one in reversed(generators):
        for test in reversed(one.ifs):
            inner = [ast.If(test, inner, [])]
        loop = ast.AsyncFor if one.is_async else ast.For
        inner = [loop(one.target, one.iter, inner, [])]
    return inner
