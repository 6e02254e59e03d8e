"""`code`: guest code, made of names, of literals and of what keys decide."""

from __future__ import annotations

import math
from typing import Any

from mirage_py.dsl.errors.connecting import NotALiteral, WrongTemplate
from mirage_py.dsl.session import here, report
from mirage_py.dsl.value import Value, combine, lift, pure

PLAIN = {str, bytes, int, bool, type(None)}
NESTED = {list, tuple, set, dict}


class Name(str):
    """An expression of the guest's for a value that a device is given, as `block__1`; `connect`
    makes code of it."""


def code(template: str, /, *values: object, **named: object) -> Value[str]:
    """The guest code `template`, in which `{}` and `{name}` stand for `values`.

    A name that `connect` is given stands as it is, and anything else as its literal, whatever is in
    it. The literal of a key, or of what is computed from keys, is known when the image is
    configured:

    connect=lambda disk: code("mirage.kv.connect({}, {}, size={})", disk, "site", size)
    """
    position = here()
    whole = (*values, *named.values())
    wrong = [one for one in whole if not isinstance(one, Name | Value) and not has_literal(one)]
    for one in wrong:
        report(NotALiteral(template, one, position))

    def made(*texts: str) -> str:
        behind = dict(zip(named, texts[len(values) :], strict=True))
        return template.format(*texts[: len(values)], **behind)

    try:
        made(*("None" for _ in whole))
    except (IndexError, KeyError, ValueError, AttributeError) as error:
        report(WrongTemplate(template, error, position))
        return pure("None")
    later = combine(made, *(lift(one).map(literal) for one in whole))
    return Value(template, later.compute, later.keys)


def literal(value: object) -> str:
    """The expression of Python for `value`."""
    return str(value) if isinstance(value, Name) else repr(value)


def has_literal(value: Any) -> bool:
    """Whether `value` has a literal that means the same in the guest."""
    if type(value) in NESTED:
        inside = [*value, *value.values()] if isinstance(value, dict) else value
        return all(has_literal(one) for one in inside)
    return type(value) in PLAIN or (type(value) is float and math.isfinite(value))
