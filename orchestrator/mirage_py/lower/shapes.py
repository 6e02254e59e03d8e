"""What statements and expressions are, before they are rewritten."""

from __future__ import annotations

import ast
from copy import deepcopy
from typing import TYPE_CHECKING

from mirage_py.lower.names import OPERATORS

if TYPE_CHECKING:
    from collections.abc import Container, Iterator


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


def special_slots(node: ast.ClassDef) -> list[str]:
    """The special methods that a class takes from its objects: `__slots__ = ("__hash__",)`."""
    match [one.value for one in node.body if is_assigned(one, "__slots__")]:  # type: ignore[attr-defined]
        case [ast.Tuple(elts=items) | ast.List(elts=items)]:
            names = [one.value for one in items if isinstance(one, ast.Constant)]
            return [one for one in names if one in OPERATORS]
        case _:
            return []


def only_awaited(node: ast.ClassDef) -> bool:
    """Whether a class says how its objects are awaited, and not how they are iterated over: the
    interpreter asks the latter for both."""
    names = {one.name for one in node.body if isinstance(one, ast.FunctionDef)}
    names |= {one for one in ("__await__", "__iter__") for it in node.body if is_assigned(it, one)}
    return "__await__" in names and "__iter__" not in names


def is_assigned(statement: ast.stmt, name: str) -> bool:
    """Whether it is `name = ...`."""
    match statement:
        case ast.Assign(targets=[ast.Name(target)]):
            return target == name
        case _:
            return False


def names_of_class(node: ast.ClassDef) -> frozenset[str]:
    """The names that the statements of a class bind in it."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    named = {one.name for one in node.body if isinstance(one, functions)}
    others = [one for one in node.body if not isinstance(one, functions)]
    return frozenset(named.union(*map(bound_names, others)))


def names_in(tree: ast.AST) -> frozenset[str]:
    """The names that it speaks of."""
    return frozenset(one.id for one in ast.walk(tree) if isinstance(one, ast.Name))


def local_names(function: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> tuple[str, ...]:
    """The variables of a function itself: its parameters, and what it binds."""
    args = function.args
    taken = (*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg)
    found = dict.fromkeys(one.arg for one in taken if one is not None)
    foreign = set[str]()
    rest: list[ast.AST] = list(function.body) if isinstance(function.body, list) else []
    while rest:
        node = rest.pop(0)
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name):
                found[name] = None
                continue
            case ast.Name(name, ast.Store()) | ast.ExceptHandler(name=str() as name):
                found[name] = None
            case ast.Import(names) | ast.ImportFrom(names=names):
                found |= dict.fromkeys((i.asname or i.name).partition(".")[0] for i in names)
            case ast.Global(names) | ast.Nonlocal(names):
                foreign |= set(names)
            case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp():
                continue
            case ast.GeneratorExp():
                continue
            case _:
                pass
        rest[:0] = ast.iter_child_nodes(node)
    return tuple(name for name in found if name not in foreign)


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


def is_type_of(value: ast.expr) -> bool:
    """Whether it is `type(thing)`."""
    match value:
        case ast.Call(func=ast.Name("type"), args=[_], keywords=[]):
            return True
        case _:
            return False


def sets_of_class(node: ast.Call, types: Container[str]) -> bool:
    """Whether it is `setattr(type(thing), name, value)`; `types` are names of such classes."""
    match node:
        case ast.Call(func=ast.Name("setattr"), args=[ast.Name(name), _, _]):
            return name in types
        case ast.Call(func=ast.Name("setattr"), args=[owner, _, _]):
            return is_type_of(owner)
        case _:
            return False


def yields(node: ast.AsyncFunctionDef | ast.If) -> bool:
    """Whether a `yield` stands in it itself: an asynchronous function is a generator then."""
    rest: list[ast.AST] = list(node.body)
    while rest:
        one = rest.pop()
        if isinstance(one, ast.Yield):
            return True
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
            rest += one.decorator_list
        elif not isinstance(one, ast.Lambda):
            rest += ast.iter_child_nodes(one)
    return False


def reads_doc(node: ast.ClassDef) -> bool:
    """Whether the body of a class reads the class's documentation, outside of its functions."""
    rest: list[ast.AST] = list(node.body)
    while rest:
        one = rest.pop()
        match one:
            case ast.Name("__doc__", ast.Load()):
                return True
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                rest += one.decorator_list
            case ast.Lambda():
                pass
            case _:
                rest += ast.iter_child_nodes(one)
    return False


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


def told_in_class(node: ast.stmt) -> Iterator[ast.stmt]:
    """What keeps the annotation of a class, which has its text so far, after what it annotates."""
    match node:
        case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation):
            place = ast.Subscript(
                ast.Name("__annotations__", ast.Load()), ast.Constant(name), ast.Store()
            )
            made = ast.Assign([place], deepcopy(annotation))
            yield ast.fix_missing_locations(ast.copy_location(made, node))
        case _:
            pass


def without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    match body:
        case [ast.Expr(value=ast.Constant(value=str())), *rest]:
            return rest or [ast.copy_location(ast.Pass(), body[0])]
        case _:
            return body


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
