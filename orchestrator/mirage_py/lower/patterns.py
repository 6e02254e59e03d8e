"""`match` as tests: each case is a condition whose captures are assigned as it is asked."""

from __future__ import annotations

import ast
from dataclasses import dataclass

CONSTANT_SIZE = frozenset(
    {
        "bool",
        "bytearray",
        "bytes",
        "dict",
        "float",
        "frozenset",
        "int",
        "list",
        "set",
        "str",
        "tuple",
    }
)
"""Classes whose one positional pattern is the subject itself (language reference, 8.6.4.10)."""


def lowered(node: ast.Match, subject: str) -> list[ast.stmt]:
    """The statements that do what `node` does; `subject` is a name that nothing else has."""
    names = Names(subject)
    assign = ast.Assign([ast.Name(subject, ast.Store())], node.subject)
    first: list[ast.stmt] = []
    tail = first
    for case in node.cases:
        test = pattern(case.pattern, ast.Name(subject, ast.Load()), names)
        if case.guard is not None:
            test = both([test, case.guard])
        line = case.pattern.lineno
        made = ast.If(test, case.body, [], lineno=line, col_offset=0)
        tail.append(made)
        tail = made.orelse
    ast.copy_location(assign, node)
    return [assign, *first]


@dataclass
class Names:
    """Names for parts of the subject."""

    prefix: str
    count: int = 0

    def new(self) -> str:
        self.count += 1
        return f"{self.prefix}_{self.count}"


def load(name: str) -> ast.expr:
    return ast.Name(name, ast.Load())


def both(tests: list[ast.expr]) -> ast.expr:
    """All of `tests`; True if there are none."""
    kept = [one for one in tests if not (isinstance(one, ast.Constant) and one.value is True)]
    if not kept:
        return ast.Constant(True)
    return kept[0] if len(kept) == 1 else ast.BoolOp(ast.And(), kept)


def bound(name: str, value: ast.expr) -> ast.expr:
    """`name` has the value; true."""
    walrus = ast.NamedExpr(ast.Name(name, ast.Store()), value)
    return ast.BoolOp(
        ast.Or(), [ast.Compare(walrus, [ast.Is()], [ast.Constant(None)]), ast.Constant(True)]
    )


def call(name: str, *args: ast.expr) -> ast.expr:
    return ast.Call(ast.Attribute(load("_modern"), name, ast.Load()), list(args), [])


def pattern(node: ast.pattern, value: ast.expr, names: Names) -> ast.expr:
    """The test of one pattern on `value`."""
    match node:
        case ast.MatchValue(value=wanted):
            return ast.Compare(value, [ast.Eq()], [wanted])
        case ast.MatchSingleton(value=wanted):
            return ast.Compare(value, [ast.Is()], [ast.Constant(wanted)])
        case ast.MatchAs(pattern=None, name=None):
            return ast.Constant(True)
        case ast.MatchAs(pattern=None, name=str(name)):
            return bound(name, value)
        case ast.MatchAs(pattern=ast.pattern() as inner, name=str(name)):
            return both([pattern(inner, value, names), bound(name, value)])
        case ast.MatchOr(patterns=ones):
            return ast.BoolOp(ast.Or(), [pattern(one, value, names) for one in ones])
        case ast.MatchSequence(patterns=ones):
            return sequence(ones, value, names)
        case ast.MatchMapping(keys=keys, patterns=ones, rest=rest):
            part = names.new()
            tests = [
                bound(part, call("match_mapping", value, ast.List(list(keys), ast.Load()))),
                is_not_none(part),
            ]
            tests += [
                pattern(one, ast.Subscript(load(part), ast.Constant(number), ast.Load()), names)
                for number, one in enumerate(ones)
            ]
            if rest:
                tests.append(bound(rest, ast.Subscript(load(part), ast.Constant(-1), ast.Load())))
            return both(tests)
        case ast.MatchClass(cls=cls, patterns=ones, kwd_attrs=attributes, kwd_patterns=others):
            tests = [ast.Call(load("isinstance"), [value, cls], [])]
            if ones and isinstance(cls, ast.Name) and cls.id in CONSTANT_SIZE:
                return both([*tests, pattern(ones[0], value, names)])
            listed: list[ast.expr] = [ast.Constant(one) for one in attributes]
            part = names.new()
            found = call(
                "match_class",
                value,
                cls,
                ast.Constant(len(ones)),
                ast.List(listed, ast.Load()),
            )
            tests += [bound(part, found), is_not_none(part)]
            tests += [
                pattern(one, ast.Subscript(load(part), ast.Constant(number), ast.Load()), names)
                for number, one in enumerate([*ones, *others])
            ]
            return both(tests)
        case _:
            raise SyntaxError(f"this pattern is not known: {ast.dump(node)}")


def is_not_none(name: str) -> ast.expr:
    return ast.Compare(load(name), [ast.IsNot()], [ast.Constant(None)])


def sequence(ones: list[ast.pattern], value: ast.expr, names: Names) -> ast.expr:
    """The test of `[a, *rest, b]`."""
    star = next((n for n, one in enumerate(ones) if isinstance(one, ast.MatchStar)), None)
    part = names.new()
    least = len(ones) - (star is not None)
    found = call("match_sequence", value, ast.Constant(least), ast.Constant(star is not None))
    tests = [bound(part, found), is_not_none(part)]
    for number, one in enumerate(ones):
        if isinstance(one, ast.MatchStar):
            after = len(ones) - number - 1
            upper = ast.BinOp(
                ast.Call(load("len"), [load(part)], []), ast.Sub(), ast.Constant(after)
            )
            taken = ast.Subscript(load(part), ast.Slice(ast.Constant(number), upper), ast.Load())
            if one.name:
                tests.append(bound(one.name, ast.Call(load("list"), [taken], [])))
            continue
        at = number if star is None or number < star else number - len(ones)
        tests.append(pattern(one, ast.Subscript(load(part), ast.Constant(at), ast.Load()), names))
    return both(tests)
