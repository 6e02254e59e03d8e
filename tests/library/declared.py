"""What classes, functions and variables declare, printed: CPython and an image must print the same."""

import contextvars
import dataclasses
import datetime as dt
import enum
import inspect
from collections import *  # noqa: F403 -- what it takes is the question
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo


def attempt(*functions):
    """What each of them returns, or raises."""
    for function in functions:
        try:
            print(repr(function()))
        except Exception as error:
            print(type(error).__name__, error)


@dataclass(slots=True, frozen=True)
class Point:
    x: int
    y: int = 2


@dataclass(order=True, kw_only=True)
class Entry:
    key: int
    notes: list = field(default_factory=list, repr=False, compare=False)
    name: str = field(default="c", kw_only=False)


@dataclass(slots=True)
class Slotted:
    x: int


@dataclass(slots=True)
class More(Slotted):
    z: int = 3


def data_classes():
    point, more = Point(1), More(1)
    attempt(
        lambda: point,
        lambda: setattr(point, "x", 3),
        lambda: hash(point) == hash(Point(1)),
        lambda: (Point.__slots__, More.__slots__),
        lambda: Entry(key=1) < Entry(key=2),
        lambda: Entry("z", key=1),
        lambda: Entry(1, 2),
        lambda: Entry(key=1, notes=[1]) == Entry(key=1),
        lambda: dataclasses.replace(point, x=9),
        lambda: dataclasses.asdict(more),
        lambda: setattr(more, "w", 1),
        lambda: setattr(more, "z", 7),
        lambda: more,
        lambda: Entry.__match_args__,
    )
    print(inspect.signature(Entry))


class Color(enum.Enum):
    RED = 1


def enums():
    def extended():
        class Extended(Color):
            GREEN = 3

        return Extended

    attempt(extended, lambda: Color(1), lambda: Color(3))


def contexts():
    var, other = contextvars.ContextVar("var", default=1), contextvars.ContextVar("other")
    context = contextvars.copy_context()
    context.run(var.set, 5)
    print(context[var], var in context, other in context, context.get(other, 9), len(context))
    print([(one.name, value) for one, value in context.items()], list(context) == [var])
    print(var.get(), context.run(var.get), other.get(3))
    token = var.set(8)
    print(var.get(), token.old_value is contextvars.Token.MISSING, token.var is var)
    var.reset(token)
    print(var.get())
    for function in (
        lambda: context.run(context.run, print),
        lambda: context[other],
        lambda: var.reset(token),
        other.get,
    ):
        try:
            function()
        except (LookupError, RuntimeError) as error:
            print(type(error).__name__)


def shown(a, b=2, /, c=3, *rest, d, e=5, **more):
    return a, b, c, rest, d, e, more


def by_name(a, *, k, j=1):
    return a, k, j


def signatures():
    print(inspect.signature(shown), inspect.signature(by_name))
    print(list(inspect.signature(shown).parameters), inspect.getfullargspec(shown).varkw)


def start():
    data_classes()
    enums()
    contexts()
    signatures()
    print(ChainMap({1: 2})[1], UserDict(a=1), UserList([1]), UserString("a"), abs(-1))  # noqa: F405
    print(dt.datetime(2024, 1, 2, tzinfo=ZoneInfo("UTC")).isoformat())


if __name__ == "__main__":
    start()
