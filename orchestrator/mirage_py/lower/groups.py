"""`except*` as one handler: it splits what was raised, and raises again what is left."""

from __future__ import annotations

import ast

from mirage_py.lower.make import call


def lowered(node: ast.TryStar, name: str) -> ast.stmt:
    """The statement that does what `node` does; `name` is one that nothing else has."""
    error, parts = f"{name}_error", f"{name}_parts"
    split = assigned(parts, call("Parts", ast.Name(error, ast.Load())))
    body: list[ast.stmt] = [split]
    for handler in node.handlers:
        kind = handler.type if handler.type is not None else ast.Name("Exception", ast.Load())
        inner: list[ast.stmt] = []
        if handler.name is not None:
            inner.append(assigned(handler.name, ast.Attribute(load(parts), "caught", ast.Load())))
        raised = f"{name}_raised"
        keep = ast.Expr(method(parts, "add", load(raised)))
        catch = ast.ExceptHandler(load("BaseException"), raised, [keep])
        guarded = ast.Try([*inner, *handler.body], [catch], [], [])
        body.append(at(handler, ast.If(method(parts, "take", kind), [guarded], [])))
    body.append(ast.Expr(method(parts, "end")))
    whole = ast.ExceptHandler(load("BaseException"), error, body)
    made = ast.Try(node.body, [whole], node.orelse, node.finalbody)
    ast.copy_location(made, node)
    for each in (whole, split, body[-1]):
        ast.copy_location(each, node.handlers[0])
    body[-1].lineno = node.handlers[-1].body[-1].end_lineno or node.lineno
    return ast.fix_missing_locations(made)


def at(handler: ast.ExceptHandler, made: ast.stmt) -> ast.stmt:
    """What stands for a handler, its own statements apart, at its line."""
    for each in ast.walk(made):
        if "lineno" in getattr(each, "_attributes", ()) and not hasattr(each, "lineno"):
            ast.copy_location(each, handler)
    return made


def load(name: str) -> ast.expr:
    return ast.Name(name, ast.Load())


def assigned(name: str, value: ast.expr) -> ast.stmt:
    return ast.Assign([ast.Name(name, ast.Store())], value)


def method(of: str, name: str, *args: ast.expr) -> ast.Call:
    return ast.Call(ast.Attribute(load(of), name, ast.Load()), list(args), [])
