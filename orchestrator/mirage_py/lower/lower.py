"""The rewriting of a module's tree: its statements."""

from __future__ import annotations

import ast
import re
import unicodedata

from mirage_py.lower import groups, patterns, printer
from mirage_py.lower.calls import Calls
from mirage_py.lower.conditions import decided
from mirage_py.lower.make import HELPER, assign, call
from mirage_py.lower.names import HOOKS, SPECIAL_CLASS_METHODS, STARRED
from mirage_py.lower.shapes import (
    bound_names,
    is_named_tuple,
    is_plain_decorator,
    is_type_of,
    local_names,
    may_be_no_class,
    names_in,
    names_of_class,
    only_awaited,
    parsed,
    reads_doc,
    special_slots,
    told_in_class,
    without_docstring,
    yields,
)

POSITION = "posonly_"
"""What the name of a parameter by position only begins with (library/_modern/code.py)."""
CHARACTER = "\\N{"
"""A character by its name, which MicroPython does not know."""
IN_PARENTHESES = re.compile(r"^\s*(?:async\s+)?with\s*\(", re.MULTILINE)
"""What may be a `with` whose items stand in parentheses, of which a tree says nothing."""
BUILTIN_NAMES = "import builtins as __builtins__\n__builtins__ = __builtins__.__dict__"
"""What a module begins with that reads `__builtins__`: a dictionary, in what is imported."""
PACKAGE_NAME = """\
__package__ = __name__ if "__path__" in globals() else __name__.rpartition(".")[0]
"""
"""What a module begins with that reads `__package__`: packages have a path."""
ENDING = ("SystemExit", "StopIteration", "StopAsyncIteration")
"""Exceptions that nobody is shown."""
OTHERS = {"sys": "_sys", "_random": "_twister"}
"""What modules of packages, and CPython's, import under another name here: their `sys` has what
CPython has more (library/_sys.py); `_random` is a driver of ours."""
SYS = {"sys": "_sys"}
"""The same of a project that asks more of `sys` than the interpreter's has (system.py)."""


def lower(
    source: str,
    *,
    package: bool = False,
    documented: bool = False,
    documents: bool = False,
    annotated: bool = False,
    more_sys: bool = False,
    contexts: bool = False,
) -> str | None:
    """The module as MicroPython reads it; None if it reads it as it is. A module of a `package`
    is told that it runs on the Python whose library images have. What is decorated keeps its
    documentation if it is `documented`, and everything if it `documents`, and all its annotations
    if it is `annotated`; its `sys` has what CPython's has with `more_sys`, and an exception that it
    raises in a handler has its context with `contexts`. Raises SyntaxError."""
    tree = ast.parse(source)
    lowering = Lowering(package=package, documented=documented, annotated=annotated)
    lowering.documents = documents
    lowering.others = OTHERS if package else SYS if more_sys else {}
    lowering.annotates_text = "from __future__ import annotations" in source
    lowering.bound = bound_names(tree)
    lowering.contexts = contexts
    lowering.in_parentheses = bool(IN_PARENTHESES.search(source))
    doc = ast.get_docstring(tree, clean=False)
    lowering.changed = bool(documents and doc)
    tree = lowering.visit(tree)
    if not lowering.changed and CHARACTER not in source and is_normal(source):
        return None
    head: list[ast.stmt] = [ast.Import([ast.alias(HELPER)])]
    if lowering.reads_doc or (doc and documents):
        head.append(ast.Assign([ast.Name("__doc__", ast.Store())], ast.Constant(doc)))
    if lowering.reads_builtins:
        head += ast.parse(BUILTIN_NAMES).body
    if lowering.reads_package:
        head += ast.parse(PACKAGE_NAME).body
    for one in head:
        ast.copy_location(one, ast.Pass(lineno=1, col_offset=0))
        one.lineno = 1
    tree.body = [*head, *tree.body]
    ast.fix_missing_locations(tree)
    return printer.text(tree)


def is_normal(source: str) -> bool:
    """Whether all its names are as Python has them, which takes those that look alike for one:
    MicroPython does not."""
    return source.isascii() or unicodedata.is_normalized("NFKC", source)


class Lowering(Calls):
    """One module. `changed` says whether MicroPython needs the result."""

    # Functions

    def visit_arguments(self, node: ast.arguments) -> ast.arguments:
        if node.posonlyargs:
            self.changed = True
            node.args, node.posonlyargs = [*node.posonlyargs, *node.args], []
        for one in (*node.args, *node.kwonlyargs, node.vararg, node.kwarg):
            if one is not None:
                one.annotation = None
                self.mangled(one, "arg")  # type: ignore[arg-type]
        self.generic_visit(node)
        return node

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.stmt:
        return self.function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.stmt:
        return self.function(node)

    def function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.stmt:
        annotations = self.annotations(node)
        node.returns = None
        variables = local_names(node)
        opened = self.by_position_only(node)
        special = self.locals is None and node.name in SPECIAL_CLASS_METHODS
        if self.classes and special and not node.decorator_list:
            self.changed = True
            node.decorator_list.append(ast.Name("classmethod", ast.Load(), lineno=node.lineno))
        self.mangled(node, "name")  # type: ignore[arg-type]
        self.decorators(node)
        doc = ast.get_docstring(node, clean=False)
        if doc and (self.documents or (self.documented and node.decorator_list)):
            self.changed = True  # a framework may show it: a command's help
            keep = call("documented", ast.Constant(doc))
            node.decorator_list.append(ast.copy_location(keep, node))
        args = node.args
        if (
            self.annotated
            and self.locals is None
            and (args.vararg or args.kwarg or args.kwonlyargs)
        ):
            self.changed = True
            names = [
                one.arg if one else None for one in (args.vararg, args.kwarg, *args.kwonlyargs)
            ]
            keep = call("parameters", *(ast.Constant(one) for one in names))
            node.decorator_list.append(ast.copy_location(keep, node))
        if annotations is not None:
            self.changed = True
            node.decorator_list.append(ast.copy_location(call("annotated", annotations), node))
        node.body = [*opened, *without_docstring(node.body)]
        around, outside = self.asynchronous, self.locals
        handles, self.handles = self.handles, False
        types, self.types = self.types, set()
        self.asynchronous = isinstance(node, ast.AsyncFunctionDef) and yields(node)
        if self.asynchronous:
            self.changed = True
            node.decorator_list.append(ast.copy_location(call("asynchronous").func, node))
        self.locals = variables
        self.generic_visit(node)
        self.asynchronous, self.locals = around, outside
        self.types, self.handles = types, handles
        return node

    def annotations(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.expr | None:
        """The annotations of a function of which somebody asks: `functools.singledispatch` does.
        They are evaluated when they are asked for, as in later Pythons: a name that only
        annotations need may be missing. A function sees no names of the class that it stands in."""
        asked = self.annotated or any(
            isinstance(one, ast.Attribute) and one.attr == "register" for one in node.decorator_list
        )
        args = node.args
        pairs = [
            (one.arg, one.annotation)
            for one in (*args.posonlyargs, *args.args, args.vararg, *args.kwonlyargs, args.kwarg)
            if one is not None
        ]
        found = [pair for pair in (*pairs, ("return", node.returns)) if pair[1] is not None]
        if not asked or not found:
            return None
        values = [
            ast.Constant(ast.unparse(one)) if self.annotates_text else self.visit(one)
            for _, one in found
            if one is not None
        ]
        told = ast.Dict([ast.Constant(name) for name, _ in found], values)
        if self.annotates_text or self.names_of_class.intersection(names_in(told)):
            return told
        return ast.Lambda(ast.arguments([], [], None, [], [], None, []), told)

    def by_position_only(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.stmt]:
        """What a function begins with whose parameters by position have names that no caller uses:
        its own for them."""
        opened: list[ast.stmt] = []
        for one in node.args.posonlyargs:
            hidden = ast.Name(f"{POSITION}{one.arg}", ast.Load())
            opened.append(assign(one.arg, hidden, node))
            one.arg = hidden.id
        return opened

    def decorators(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> None:
        """MicroPython's decorators are names and calls of names."""
        for number, one in enumerate(node.decorator_list):
            if not is_plain_decorator(one):
                self.changed = True
                made = ast.copy_location(call("decorator", one), one)
                node.decorator_list[number] = made

    # Classes

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.stmt:
        body: list[ast.stmt] = []
        node.decorator_list = [self.visit(one) for one in node.decorator_list]
        node.bases = [self.visit(one) for one in node.bases]
        if any(may_be_no_class(one) for one in node.bases):
            self.changed = True
        keywords = [ast.keyword(one.arg, self.visit(one.value)) for one in node.keywords]
        doc = ast.get_docstring(node, clean=False)
        if doc and (self.documents or reads_doc(node)):
            self.changed = True
            body.append(assign("__doc__", ast.Constant(doc), node))
        node.body = without_docstring(node.body)
        for slot in special_slots(node):
            self.changed = True
            body.append(assign(slot, call("slot", ast.Constant(slot)), node))
        annotated = [one for one in node.body if isinstance(one, ast.AnnAssign)]
        self.classes.append(node.name)
        if keywords:
            self.changed = True
            keys: list[ast.expr | None] = [
                ast.Constant(one.arg) if one.arg else None for one in keywords
            ]
            values = [one.value for one in keywords]
            body.append(assign("__class_keywords__", self.visit(ast.Dict(keys, values)), node))
        names = [one.target.id for one in annotated if isinstance(one.target, ast.Name)]
        inherits = self.package and bool(node.bases or keywords)
        if names and (self.annotated or node.decorator_list or inherits or is_named_tuple(node)):
            self.changed = True
            texts = [
                ast.unparse(one.annotation) for one in annotated if isinstance(one.target, ast.Name)
            ]
            keyed = ast.Dict(
                [ast.Constant(one) for one in names], [ast.Constant(one) for one in texts]
            )
            body.append(assign("__annotations__", keyed, node))
            if self.annotated and not self.package and not self.annotates_text:
                node.body = [each for one in node.body for each in (one, *told_in_class(one))]
        outside, self.locals = self.locals, None
        around, self.names_of_class = self.names_of_class, names_of_class(node)
        self.changed |= not HOOKS.isdisjoint(self.names_of_class)
        body += self.block(node.body)
        if only_awaited(node):
            self.changed = True
            body.append(assign("__iter__", ast.Name("__await__", ast.Load()), node))
        self.locals, self.names_of_class = outside, around
        self.classes.pop()
        self.decorators(node)
        node.keywords, node.body = [], body
        return self.mangled(node, "name")  # type: ignore[arg-type,return-value]

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        if node.value is None:
            return ast.copy_location(ast.Pass(), node)
        made = ast.Assign([self.visit(node.target)], self.visit(node.value))
        return ast.copy_location(made, node)

    # Statements

    def visit_With(self, node: ast.With) -> ast.stmt:
        return self.with_items(node)

    def visit_AsyncWith(self, node: ast.AsyncWith) -> ast.stmt:
        return self.with_items(node)

    def with_items(self, node: ast.With | ast.AsyncWith) -> ast.stmt:
        named = len(node.items) > 1 or node.items[0].optional_vars is not None
        self.changed = self.changed or (named and self.in_parentheses)
        self.generic_visit(node)
        return node

    def visit_Raise(self, node: ast.Raise) -> ast.stmt:
        """An image keeps what led to exceptions if a module of its tells of some. `from None` says
        that nothing is to be kept."""
        if node.cause is not None:
            self.changed |= not (isinstance(node.cause, ast.Constant) and node.cause.value is None)
        elif self.handles and isinstance(node.exc, ast.Call):
            self.changed |= ast.unparse(node.exc.func) not in ENDING
        self.generic_visit(node)
        return node

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.ExceptHandler:
        around, self.handles = self.handles, self.contexts
        self.generic_visit(node)
        self.handles = around
        return node

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.stmt:
        if node.module == "__future__":
            return ast.copy_location(ast.Pass(), node)
        if node.module in STARRED and node.names[0].name == "*":
            self.changed = True  # what is loaded late, or extends the interpreter's
            node.names = [ast.alias(name) for name in STARRED[node.module]]
        if node.module in self.others and not node.level:
            self.changed = True
            node.module = self.others[node.module]
        return node

    def visit_Import(self, node: ast.Import) -> ast.stmt:
        one = node.names[0]
        if len(node.names) == 1 and one.asname and "." in one.name:
            package, _, name = one.name.rpartition(".")
            made = ast.ImportFrom(package, [ast.alias(name, one.asname)], 0)
            return ast.copy_location(made, node)
        for one in node.names:
            if one.name in self.others:
                self.changed = True
                one.name, one.asname = self.others[one.name], one.asname or one.name
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.stmt | list[ast.stmt]:
        if isinstance(node.value, ast.Constant):
            return ast.copy_location(ast.Pass(), node)
        match node.value:
            case ast.Call(func=ast.Name("exec" | "exec_"), args=[ast.Constant(value=str(text))]):
                if (body := parsed(text, node.lineno)) is not None:
                    self.changed = True  # what it says is as well said here
                    return self.block(body)
            case _:
                pass
        self.generic_visit(node)
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.stmt | list[ast.stmt]:
        self.generic_visit(node)
        match node.targets:
            case [ast.Attribute(attr="__doc__", value=owner)] if (
                not self.documents and ast.unparse(owner) != "self"
            ):
                self.changed = True  # documentation is not kept
                return ast.copy_location(ast.Pass(), node)
            case [ast.Attribute(attr="__cause__", value=owner)]:
                self.changed = True  # an exception that has one shows no other
                return ast.Expr(call("set_cause", owner, node.value), lineno=node.lineno)
            case [ast.Name(name)] if is_type_of(node.value):
                self.types.add(name)
            case [ast.Name("__path__")] if self.package:
                self.changed = True  # MicroPython's is text, and says where the package is
                return ast.copy_location(ast.Pass(), node)
            case _:
                pass
        return node

    def visit_Match(self, node: ast.Match) -> list[ast.stmt]:
        self.changed = True
        self.count += 1
        made = patterns.lowered(node, f"_match_{self.count}")
        return self.block(made)

    def visit_TryStar(self, node: ast.TryStar) -> list[ast.stmt]:
        """`except*`: one handler, which gives each of those what it catches."""
        self.changed = True
        self.count += 1
        return self.block([groups.lowered(node, f"_group_{self.count}")])

    def visit_If(self, node: ast.If) -> ast.stmt | list[ast.stmt]:
        if self.package and (known := decided(node.test, modern=True)) is not None:
            self.changed = True
            kept = node.body if known else node.orelse
            return self.block(kept or [ast.copy_location(ast.Pass(), node)])
        if isinstance(node.test, ast.Constant) and not node.test.value and yields(node):
            self.changed = True  # what MicroPython leaves out makes no generator
            node.test = ast.copy_location(ast.List([], ast.Load()), node.test)
        self.generic_visit(node)
        return node
