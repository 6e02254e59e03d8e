"""The rewriting of a module's tree."""

from __future__ import annotations

import ast
import operator
from typing import TYPE_CHECKING, Any

from mirage_py.lower import patterns, printer
from mirage_py.lower.names import (
    BUILTINS,
    METHODS,
    POSITIONAL,
    SPECIAL_CLASS_METHODS,
    VERSION,
    Parameter,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

HELPER = "_modern"
"""The module of the guest that rewritten code calls."""
CHARACTER = "\\N{"
"""A character by its name, which MicroPython does not know."""
SYS = "_sys"
"""The `sys` of packages: with what CPython has more (library/_sys.py)."""
OPERATORS: dict[type[ast.cmpop], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le,
    ast.Gt: operator.gt, ast.GtE: operator.ge,
}  # fmt: skip


def lower(source: str, *, package: bool = False, documented: bool = False) -> str | None:
    """The module as MicroPython reads it; None if it reads it as it is. A module of a `package`
    is told that it runs on the Python whose library images have. What is decorated keeps its
    documentation if it is `documented`. Raises SyntaxError."""
    tree = ast.parse(source)
    lowering = Lowering(package=package, documented=documented)
    lowering.bound = bound_names(tree)
    tree = lowering.visit(tree)
    if not lowering.changed and CHARACTER not in source:
        return None
    head: list[ast.stmt] = [ast.Import([ast.alias(HELPER)])]
    if lowering.reads_doc and (doc := ast.get_docstring(ast.parse(source), clean=False)):
        head.append(ast.Assign([ast.Name("__doc__", ast.Store())], ast.Constant(doc)))
    for one in head:
        ast.copy_location(one, ast.Pass(lineno=1, col_offset=0))
        one.lineno = 1
    tree.body = [*head, *tree.body]
    ast.fix_missing_locations(tree)
    return printer.text(tree)


def needs_helper(tree: ast.AST) -> bool:
    """Whether a module speaks of what `_modern` adds to native types."""
    return any(isinstance(node, ast.Attribute) and node.attr in METHODS for node in ast.walk(tree))


def call(name: str, *args: ast.expr) -> ast.Call:
    """A call of a function of the helper."""
    return ast.Call(ast.Attribute(ast.Name(HELPER, ast.Load()), name, ast.Load()), list(args), [])


def named(name: str, *args: ast.expr) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), list(args), [])


class Lowering(ast.NodeTransformer):
    """One module. `changed` says whether MicroPython needs the result."""

    def __init__(self, *, package: bool, documented: bool) -> None:
        self.package = package
        self.documented = documented
        self.changed = False
        self.reads_doc = False
        self.bound: frozenset[str] = frozenset()
        """Names that are not the built-in ones here."""
        self.classes: list[str] = []
        """The names of the classes around, outermost first."""
        self.count = 0
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
        if node.id == "__spec__" and isinstance(node.ctx, ast.Load):
            self.changed = True
            return ast.copy_location(call("spec", ast.Name("__name__", ast.Load())), node)
        if node.id in BUILTINS:
            self.changed = True
        return self.mangled(node, "id")

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        self.generic_visit(node)
        if self.package and node.attr in METHODS:
            self.changed = True
        if node.attr == "__get__" and isinstance(node.ctx, ast.Load):
            self.changed = True
            return ast.copy_location(call("binder", node.value), node)
        return self.mangled(node, "attr")

    def mangled(self, node: ast.expr, field: str) -> ast.expr:
        """A private name as CPython spells it (language reference, 6.2.1)."""
        name = getattr(node, field)
        if self.classes and name.startswith("__") and not name.endswith("__"):
            setattr(node, field, f"_{self.classes[-1].lstrip('_')}{name}")
            self.private = True
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

    def awaited(
        self,
        node: ast.ListComp | ast.SetComp | ast.DictComp,
        kind: str,
        add: str,
        values: list[ast.expr],
    ) -> ast.expr:
        """A comprehension that waits: MicroPython's are functions that do not."""
        if not any(one.is_async for one in node.generators) and not any(
            isinstance(one, ast.Await) for one in ast.walk(node)
        ):
            return node
        self.changed = True
        self.count += 1
        name, result = f"_comprehension_{self.count}", ast.Name("_result", ast.Load())
        inner: list[ast.stmt] = [
            ast.Expr(ast.Call(ast.Attribute(result, add, ast.Load()), values, []))
        ]
        if kind == "dict":
            place = ast.Subscript(result, values[0], ast.Store())
            inner = [ast.Assign([place], values[1])]
        for one in reversed(node.generators):
            for test in reversed(one.ifs):
                inner = [ast.If(test, inner, [])]
            loop = ast.AsyncFor if one.is_async else ast.For
            inner = [loop(one.target, one.iter, inner, [])]
        first = ast.Assign([ast.Name("_result", ast.Store())], named(kind))
        body = [first, *inner, ast.Return(result)]
        arguments = ast.arguments([], [], None, [], [], None, [])
        made = ast.AsyncFunctionDef(name, arguments, body, [], None)
        for each in ast.walk(made):
            if isinstance(each, ast.stmt):
                each.lineno = node.lineno
        self.pending.append(made)
        return ast.Await(named(name))

    # Calls

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Arguments by name that MicroPython's functions take by position."""
        self.generic_visit(node)
        match node.func:
            case ast.Name(name) if name not in self.bound:
                pass
            case ast.Attribute(attr=name):
                pass
            case _:
                return node
        if isinstance(node.func, ast.Attribute) and name in METHODS:
            self.changed = True
        names = POSITIONAL.get(name)
        if names and isinstance(node.func, ast.Name) == (names[0] == "function"):
            self.by_position(node, names[1])
        match node.func:
            case ast.Attribute(
                attr="setdefault" | "pop" as way, value=ast.Attribute(attr="__dict__", value=owner)
            ):
                self.changed = True  # MicroPython's `__dict__` is read only
                return ast.Call(call(f"attribute_{way}").func, [owner, *node.args], node.keywords)
            case _:
                pass
        if name == "print" and any(one.arg == "flush" for one in node.keywords):
            self.changed = True
            node.keywords = [one for one in node.keywords if one.arg != "flush"]
        if self.package and (made := coded(node, name)) is not None:
            self.changed = True
            return made
        if name == "format" and isinstance(node.func, ast.Name):
            self.changed = True
            return call("format", *node.args)
        return node

    def by_position(self, node: ast.Call, names: Sequence[Parameter]) -> None:
        given = {one.arg: one.value for one in node.keywords}
        known = [one if isinstance(one, str) else one[0] for one in names]
        if not given or None in given or not set(given) <= set(known[len(node.args) :]):
            return
        if any(isinstance(one, ast.Starred) for one in node.args):
            return
        args = list(node.args)
        for one in names[len(args) :]:
            name, default = (one, None) if isinstance(one, str) else one
            if name in given:
                args.append(given.pop(name))
            elif given:
                args.append(ast.Constant(default))
        self.changed = True
        node.args, node.keywords = args, []

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
        node.returns = None
        if self.classes and node.name in SPECIAL_CLASS_METHODS and not node.decorator_list:
            self.changed = True
            node.decorator_list.append(ast.Name("classmethod", ast.Load(), lineno=node.lineno))
        self.mangled(node, "name")  # type: ignore[arg-type]
        self.decorators(node)
        doc = ast.get_docstring(node, clean=False)
        if self.documented and node.decorator_list and doc:
            self.changed = True  # a framework may show it: a command's help
            keep = call("documented", ast.Constant(doc))
            node.decorator_list.append(ast.copy_location(keep, node))
        node.body = without_docstring(node.body)
        self.generic_visit(node)
        return node

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
        node.body = without_docstring(node.body)
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
        if names and (node.decorator_list or inherits or is_named_tuple(node)):
            self.changed = True
            texts = [
                ast.unparse(one.annotation) for one in annotated if isinstance(one.target, ast.Name)
            ]
            keyed = ast.Dict(
                [ast.Constant(one) for one in names], [ast.Constant(one) for one in texts]
            )
            body.append(assign("__annotations__", keyed, node))
        body += self.block(node.body)
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

    def visit_Raise(self, node: ast.Raise) -> ast.stmt:
        """MicroPython warns that it keeps no cause."""
        self.generic_visit(node)
        self.changed = self.changed or (self.package and node.cause is not None)
        node.cause = None
        return node

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.stmt:
        if node.module == "__future__":
            return ast.copy_location(ast.Pass(), node)
        if self.package and node.module == "sys" and not node.level:
            self.changed = True
            node.module = SYS
        return node

    def visit_Import(self, node: ast.Import) -> ast.stmt:
        one = node.names[0]
        if len(node.names) == 1 and one.asname and "." in one.name:
            package, _, name = one.name.rpartition(".")
            made = ast.ImportFrom(package, [ast.alias(name, one.asname)], 0)
            return ast.copy_location(made, node)
        for one in node.names:
            if self.package and one.name == "sys":
                self.changed = True
                one.name, one.asname = SYS, one.asname or "sys"
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
        match node.value:
            case ast.Call(
                func=ast.Attribute(attr="update", value=ast.Attribute(attr="__dict__", value=owner))
            ):
                self.changed = True
                return ast.Expr(
                    call("update_attributes", owner, *node.value.args), lineno=node.lineno
                )
            case _:
                pass
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.stmt:
        self.generic_visit(node)
        match node.targets:
            case [ast.Attribute(attr="__doc__", value=owner)] if ast.unparse(owner) != "self":
                self.changed = True  # documentation is not kept
                return ast.copy_location(ast.Pass(), node)
            case [ast.Subscript(value=ast.Attribute(attr="__dict__", value=owner), slice=key)]:
                self.changed = True
                return ast.Expr(named("setattr", owner, key, node.value), lineno=node.lineno)
            case [ast.Name("__path__")] if self.package:
                self.changed = True  # MicroPython's is text, and says where the package is
                return ast.copy_location(ast.Pass(), node)
            case [ast.Attribute(attr="__dict__", value=owner)]:
                self.changed = True
                return ast.Expr(call("update_attributes", owner, node.value), lineno=node.lineno)
            case _:
                pass
        return node

    def visit_Match(self, node: ast.Match) -> list[ast.stmt]:
        self.changed = True
        self.count += 1
        made = patterns.lowered(node, f"_match_{self.count}")
        return self.block(made)

    def visit_If(self, node: ast.If) -> ast.stmt | list[ast.stmt]:
        if self.package and (known := version_test(node.test)) is not None:
            self.changed = True
            kept = node.body if known else node.orelse
            return self.block(kept or [ast.copy_location(ast.Pass(), node)])
        self.generic_visit(node)
        return node


def version_test(test: ast.expr) -> bool | None:
    """What a test of Python's version says, or of whether a checker reads; None for any other."""
    match test:
        case ast.Compare(left=left, ops=[relation], comparators=[right]):
            return compared(left, relation, right)
        case ast.Name("TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            return False
        case ast.Attribute(value=ast.Name("six"), attr="PY2" | "PY3" as name):
            return name == "PY3"
        case _:
            return None


def compared(left: ast.expr, relation: ast.cmpop, right: ast.expr) -> bool | None:
    """What `sys.version_info`, or a part of it, compared with a literal says."""
    part: slice | int = slice(None)
    if isinstance(left, ast.Subscript):
        if isinstance(left.slice, ast.Slice) and isinstance(left.slice.upper, ast.Constant):
            part = slice(left.slice.upper.value)
        elif isinstance(left.slice, ast.Constant) and isinstance(left.slice.value, int):
            part = left.slice.value
        else:
            return None
        left = left.value
    if ast.unparse(left) != "sys.version_info" or type(relation) not in OPERATORS:
        return None
    try:
        literal = ast.literal_eval(right)
    except ValueError:
        return None
    return bool(OPERATORS[type(relation)](VERSION[part], literal))


def bound_names(tree: ast.AST) -> frozenset[str]:
    """The names that a module, or a function in it, gives a meaning of its own."""
    found = set[str]()
    for node in ast.walk(tree):
        body = [] if isinstance(node, ast.ClassDef) else getattr(node, "body", [])
        for one in body if isinstance(body, list) else []:
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                found.add(one.name)
        if isinstance(node, ast.alias):
            found.add((node.asname or node.name).partition(".")[0])
        elif isinstance(node, ast.arg):
            found.add(node.arg)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return frozenset(found)


def assign(name: str, value: ast.expr, at: ast.stmt) -> ast.stmt:
    return ast.copy_location(ast.Assign([ast.Name(name, ast.Store())], value), at)


def is_unpacked(node: ast.List | ast.Tuple) -> bool:
    """Whether it is a display, not a target, with `*`."""
    return isinstance(node.ctx, ast.Load) and any(isinstance(e, ast.Starred) for e in node.elts)


def is_difficult(value: ast.expr) -> bool:
    """Whether MicroPython would read a part of a formatted string otherwise."""
    if isinstance(value, ast.Constant):
        return False
    if not isinstance(value, ast.FormattedValue):
        raise TypeError(value)
    text = ast.unparse(value.value)
    return (
        value.format_spec is not None
        or value.conversion == ord("a")
        or any(one in text for one in "\"'{}:!\\=")
    )


def parsed(text: str, line: int) -> list[ast.stmt] | None:
    """The statements of a text, as if all of them stood on one line; None if it is no Python 3."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return None
    for node in ast.walk(tree):
        if hasattr(node, "lineno"):
            node.lineno = line
    return tree.body


def coded(node: ast.Call, name: str) -> ast.expr | None:
    """A call that turns text into bytes or back, by the helper, which knows of encodings; and one
    that lists names, which CPython sorts. None for any other."""
    args, by_name = node.args, isinstance(node.func, ast.Name)
    if isinstance(node.func, ast.Attribute) and name in ("decode", "encode") and args:
        if not is_utf8(args):
            return ast.Call(call(name).func, [node.func.value, *args], node.keywords)
    elif by_name and name in ("bytes", "str") and len(args) > 1 and not is_utf8(args[1:]):
        return ast.Call(call(f"to_{name}").func, args, node.keywords)
    elif not by_name and name == "from_bytes" and ast.unparse(node.func) == "int.from_bytes":
        return ast.Call(call(name).func, args, node.keywords)
    elif by_name and name == "dir" and args:
        return named("sorted", node)
    return None


def is_utf8(args: Sequence[ast.expr]) -> bool:
    """Whether arguments of decode or encode say just what MicroPython does whatever they say."""
    names = ("utf-8", "utf8", "UTF-8", "ascii")
    one = args[0]
    return len(args) == 1 and isinstance(one, ast.Constant) and one.value in names[:3]


def is_named_tuple(node: ast.ClassDef) -> bool:
    """Whether it is a class of `typing.NamedTuple`, as it was written or rewritten."""
    return any("NamedTuple" in ast.unparse(one) for one in node.bases)


def may_be_no_class(base: ast.expr) -> bool:
    """Whether a base says which class it stands for: `Generic[T]`, `NamedTuple`."""
    name = getattr(base, "attr", getattr(base, "id", ""))
    return isinstance(base, ast.Subscript) or name in ("NamedTuple", "TypedDict")


def is_plain_decorator(node: ast.expr) -> bool:
    """Whether it is `a.b` or `a.b(…)`."""
    node = node.func if isinstance(node, ast.Call) else node
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name)


def without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    match body:
        case [ast.Expr(value=ast.Constant(value=str())), *rest]:
            return rest or [ast.copy_location(ast.Pass(), body[0])]
        case _:
            return body
