"""What classes, functions and variables declare, printed: CPython and an image must print the same."""

import cmath
import contextlib
import contextvars
import dataclasses
import datetime as dt
import enum
import functools
import hashlib
import inspect
import io
import math
import re
import sys
import time
import zlib
from collections import *  # noqa: F403 -- what it takes is the question
from dataclasses import dataclass, field
from typing import ClassVar, Literal, Optional, Union, get_type_hints
from unittest import mock
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


@dataclass
class Registered:
    known: ClassVar[list] = []
    below: list = field(default_factory=list)


def data_classes():
    around = Registered()
    around.below += [around, Registered()]
    Registered.known.append(1)
    print(around, Registered.known, dataclasses.fields(around)[0].name)
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


@enum.global_enum
class State(enum.IntEnum):
    BEFORE, AFTER = 0, 1


@enum.global_enum
class Kind(enum.Enum):
    PLAIN = "p"


def enums():
    shown = [repr(one).rpartition(".")[2] for one in (AFTER, PLAIN)]  # noqa: F405 - global_enum
    print(BEFORE, State.AFTER is AFTER, PLAIN, shown)  # noqa: F405

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


class Whole:
    """What keeps an attribute as an int, and has 100 where none is given."""

    def __set_name__(self, owner, name):
        self.name = f"_{name}"

    def __get__(self, item, owner=None):
        return 100 if item is None else getattr(item, self.name)

    def __set__(self, item, value):
        setattr(item, self.name, int(value))


@dataclass
class Amount:
    value: int = Whole()


class Hinted:
    of_text: "list[Amount]"
    maybe: Optional["Hinted"] = None
    kinds: ClassVar[list[Literal["Amount"]]] = []

    class Inner:
        pass

    inner: Inner

    def method(self, other: "Hinted", *rest: int) -> Union[int, "Amount"]:
        return other

    def held(self, one: Inner) -> Inner:
        return one


def hinted(one: "int", *, two: "list[str]" = ()) -> "dict[str, int] | None":
    return {}


class Marks:
    __slots__ = ("__hash__", "name")

    def __init__(self, name):
        self.name = name
        self.__hash__ = lambda: 7

    def __eq__(self, other):
        return self.name == other.name

    def other(self):
        made = self.__new__(Marks)
        made.name = "made"
        return made.name

    def marked(self):
        def __init_subclass__(cls):  # noqa: N807 -- a function here, as in typing_extensions
            return cls

        __init_subclass__.mark = self.name
        return __init_subclass__.mark, __init_subclass__(3)


@dataclass
class Counted:
    one: int = 1
    every: ClassVar[list] = []


def as_packages_do():
    marks = Marks("a")
    attempt(
        lambda: hash(marks), lambda: {marks: 1}[Marks("a")], marks.other, marks.marked, Counted,
        lambda: Counted().every, lambda: "é".encode("charmap"), lambda: "print" in getattr(__builtins__, "__dict__", __builtins__),
        lambda: round(cmath.acos(2).imag, 12), lambda: round(cmath.asin(-2).real, 12),
        lambda: cmath.sqrt(-4), lambda: cmath.isclose(1j, 1j),
    )  # fmt: skip


def named(kinds):
    print(kinds.pop("inner", Hinted.Inner) is Hinted.Inner)
    return re.sub(r"\b(__main__|declared|typing)\.", "", repr(kinds))


def hints():
    attempt(
        Amount, lambda: Amount("7").value, lambda: Amount.value, lambda: dataclasses.asdict(Amount(2)),
        lambda: named(dict(Hinted.__annotations__)),
        lambda: named(get_type_hints(Hinted)), lambda: named(get_type_hints(Hinted.method)),
        lambda: get_type_hints(Hinted.held)["one"] is Hinted.Inner,
        lambda: inspect.get_annotations(hinted, eval_str=True),
        lambda: inspect.getfullargspec(hinted)[:6], lambda: tuple(inspect.getfullargspec(Hinted)),
        lambda: tuple(inspect.getfullargspec(Hinted.__init__)),
        lambda: inspect.signature(hinted, eval_str=True), lambda: inspect.signature(hinted),
        lambda: int | str == Union[int, str], lambda: Union[str, int] == int | str,  # noqa: UP007
        lambda: Optional[int] == int | None, lambda: int | str == Union[int, bytes],  # noqa: UP007
        lambda: inspect.signature(functools.partial(by_name, 1, k=2)),
        lambda: inspect.signature(functools.partial(shown, 1, 2, d=3)),
    )  # fmt: skip


class Ordered(OrderedDict):  # noqa: F405
    pass


class Table(dict):
    pass


class Clock:
    """Functions that CPython has in C are no methods."""

    now, since, root, crc, digest = time.gmtime, time.monotonic, math.isqrt, zlib.crc32, hashlib.md5


def steps():
    yield 1


async def waiting():
    pass


def states():
    started, coroutine = steps(), waiting()
    print(inspect.getgeneratorstate(started), inspect.getcoroutinestate(coroutine))
    next(started)
    coroutine.close()
    print(inspect.getgeneratorstate(started), inspect.getcoroutinestate(coroutine))
    print(inspect.CORO_RUNNING, inspect.getframeinfo(inspect.currentframe()).function)


def natives():
    clock = Clock()
    print(clock.now(0)[:6], clock.since() > 0, clock.root(9), clock.crc(b"a"))
    print(clock.digest(b"a").hexdigest(), inspect.isfunction(Clock.now), Clock.now.__name__)
    for kind in (Ordered, Table, OrderedDict, Counter):  # noqa: F405
        try:
            found = kind.fromkeys("ab", 1)
            print(type(found) is kind, list(found.items()))
        except NotImplementedError as error:
            print(error)
    opened = mock.mock_open(read_data="a\nb")
    with mock.patch("builtins.open", opened), open("x") as file:  # noqa: PTH123
        print(list(file), opened.call_args)
    said, told = io.StringIO(), io.StringIO()
    with contextlib.redirect_stderr(told), contextlib.redirect_stdout(said):
        print("e", file=sys.stderr)
        print("o")
    print(said.getvalue(), told.getvalue())


def start():
    hints()
    as_packages_do()
    states()
    natives()
    data_classes()
    enums()
    contexts()
    signatures()
    print(ChainMap({1: 2})[1], UserDict(a=1), UserList([1]), UserString("a"), abs(-1))  # noqa: F405 - what the star brings
    print(dt.datetime(2024, 1, 2, tzinfo=ZoneInfo("UTC")).isoformat())


if __name__ == "__main__":
    start()
