"""What programs use most of CPython's library, printed: CPython and an image must print the same."""

import asyncio
import copy
import pickle
import uuid
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple
from collections.abc import ItemsView, KeysView, ValuesView
from collections.abc import Set as AbstractSet
from contextlib import (
    AbstractContextManager,
    AsyncExitStack,
    ContextDecorator,
    ExitStack,
    aclosing,
    contextmanager,
    nullcontext,
    suppress,
)
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import Enum, Flag, IntEnum
from fractions import Fraction
from functools import cache, partial, wraps
from typing import Generic, NewType, Protocol, TypeVar, runtime_checkable
from unittest.mock import ANY, AsyncMock, MagicMock, Mock, call, patch, sentinel


def shown(*calls):
    """Prints what each call gives, or what it raises."""
    for each in calls:
        try:
            print(each())
        except Exception as error:
            print(type(error).__name__, error)


class Colour(Enum):
    RED = 1
    BLUE = "b"


class Access(Flag):
    READ = 1
    WRITE = 2


class Level(IntEnum):
    LOW = 5


@dataclass
class Place:
    name: str
    things: list


class Kept:
    def __init__(self):
        self.told, self.cache = [1], 2

    def __getstate__(self):
        return {"told": self.told}

    def __setstate__(self, state):
        self.told, self.cache = state["told"], None

    def __eq__(self, other):
        return self.told == other.told

    def __repr__(self):
        return f"Kept({self.told}, {self.cache})"


Point = namedtuple("Point", "x y")


def copies():
    words = defaultdict(list)
    words["a"].append(1)
    for thing in (
        UTC, timezone(timedelta(hours=1)), timezone(timedelta(hours=2), "X"),
        datetime(2024, 3, 1, 12, tzinfo=UTC), datetime(2020, 1, 1, fold=1),
        date(2024, 1, 2), time(1, 2, 3), time(1, tzinfo=UTC), timedelta(days=3, seconds=4),
        Decimal("1.50"), Fraction(3, 4), uuid.UUID(int=5), Colour.RED, Colour.BLUE,
        Access.READ | Access.WRITE, Level.LOW, Place("x", [2]), Point(1, 2), words,
        OrderedDict(a=1, b=2), deque([1, 2], 5), deque("ab"), Counter("aab"), ChainMap({"a": 1}),
        {1}, frozenset([3]), 1 + 2j, bytearray(b"ab"), b"xy", "tä\u20ac\n", 12, 1.5, None, True, (1, (2,)),
        {"a": {"b": [1]}}, Kept(), range(3), slice(1, 2), ..., NotImplemented,
    ):  # fmt: skip
        made = [copy.copy(thing), copy.deepcopy(thing)]
        made += [pickle.loads(pickle.dumps(thing, number)) for number in range(6)]
        print(made[-1], *[one == thing for one in made], {type(one) is type(thing) for one in made})
    print(*[pickle.loads(pickle.dumps(one)) is one for one in (copies, Place, len, int)])
    print(object().__getstate__(), Place("a", []).__getstate__(), Kept.__getstate__(Kept()))
    print(object.__getstate__(Kept()), Point.__module__ == __name__)


def collections():
    ordered = OrderedDict.fromkeys("abc", 0)
    ordered.move_to_end("a")
    print(type(ordered).__name__, ordered, ordered == OrderedDict.fromkeys("abc", 0))
    print(ordered == dict.fromkeys("abc", 0), ordered != OrderedDict(ordered), ordered | {"d": 1})
    full = deque([1, 2], maxlen=2)
    shown(
        lambda: full.insert(0, 3), lambda: full[0:1], lambda: full[5], lambda: full["a"],
        lambda: full.remove(7), lambda: full.index(7), lambda: full == [1, 2], lambda: Point(1),
        Point, lambda: Point(1, 2, 3), namedtuple("P", "a b c", defaults=[3]),
    )  # fmt: skip
    for view in ({1: 2}.keys(), {1: 2}.items(), {1: 2}.values()):
        print([isinstance(view, one) for one in (KeysView, ItemsView, ValuesView, AbstractSet)])


@contextmanager
def tag(name):
    print("<", name)
    try:
        yield name
    finally:
        print(">", name)


@contextmanager
def never():
    if False:
        yield


class Told(ContextDecorator):
    def __enter__(self):
        print("in")

    def __exit__(self, *_):
        print("out")


class Passed:
    def __exit__(self, kind, value, traceback):
        return kind is KeyError

    def __enter__(self):
        return self


class Closed:
    async def aclose(self):
        print("closed")


def entered(manager):
    with manager as value:
        return value


def stopped():
    with tag("stop"):
        raise StopIteration("told")


def chained():
    with ExitStack() as stack:
        stack.callback(lambda: 1 // 0)
        stack.callback(lambda: {}["x"])
        raise ValueError("first")


@Told()
@tag("twice")
def decorated():
    return 5


async def awaited():
    async with AsyncExitStack() as stack:
        print(stack.enter_context(tag("inside")), await stack.enter_async_context(nullcontext(4)))
        print(stack.push(Passed()) is not None, stack.callback(print, "called", end="!\n") is print)
        stack.push_async_callback(asyncio.sleep, 0)
        raise KeyError("passed")
    async with aclosing(Closed()):
        pass


def contexts():
    print(decorated(), decorated(), decorated.__name__, tag.__name__, tag.__wrapped__.__name__)
    shown(
        stopped, lambda: entered(never()), lambda: entered(suppress(KeyError)),
        AbstractContextManager, lambda: ExitStack().enter_context(3),
        lambda: [isinstance(one, AbstractContextManager) for one in (tag("x"), 3, Passed(), Told())],
    )  # fmt: skip
    try:
        chained()
    except ZeroDivisionError as error:
        print(repr(error.__context__), repr(error.__context__.__context__))
    return awaited()


T = TypeVar("T")
Number = NewType("Number", int)


class Stack(Generic[T]):
    pass


class Closes(Protocol):
    def close(self): ...


@runtime_checkable
class Sized(Protocol):
    size: int


class Thing:
    size = 3

    def told(self, value):
        return value

    async def waits(self):
        return 1

    def close(self):
        pass


def types():
    print(Stack.__parameters__, Stack[int].__args__, Stack[T].__parameters__, Number(3))
    print(Number.__supertype__, Number.__name__, Number.__module__ == __name__)
    print(issubclass(bool, int | str), issubclass(list, int | str), isinstance("", int | str))
    print(isinstance(Thing(), Sized), isinstance(3, Sized))
    shown(Closes, lambda: isinstance(3, Closes), lambda: issubclass(Thing, Sized))
    shown(lambda: issubclass(int, 3) if __name__ == "" else None)


@cache
def doubled(value):
    return value * 2


@wraps(doubled)
def wrapping():
    pass


def functions():
    print(doubled(2), doubled.__name__, doubled.__wrapped__(3), wrapping.__name__)
    shown(partial, partial(doubled, 4), lambda: partial(3))


def patched():
    with patch.object(Thing, "told", return_value=99) as told:
        return Thing().told(1), told.call_args, told.called


def mocks():
    mock, magic = Mock(return_value=5), MagicMock()
    magic.__len__.return_value, magic.__contains__.return_value = 4, True
    magic.__getitem__.side_effect = lambda key: key * 2
    magic.__iter__.return_value = [1, 2]
    magic.__str__.return_value, magic.__bool__.return_value = "text", False
    magic.__enter__.return_value = "entered"
    print(len(magic), magic["k"], 3 in magic, list(magic), str(magic), bool(magic), entered(magic))
    magic["k"] = 5
    magic.__setitem__.assert_called_once_with("k", 5)
    plain = MagicMock()
    print(len(plain), list(plain), int(plain), float(plain), bool(plain), 3 in plain, plain == 3)
    plain.__add__.return_value = 8
    print(plain + 1, plain.__add__.call_args, plain == plain)
    print(mock(1, a=2), mock.called, mock.call_count, mock.call_args, mock.call_args.kwargs)
    mock.part.method.return_value = 7
    print(mock.part.method(), mock.mock_calls, call(1, a=ANY), call(1) == call(1))
    mock.assert_has_calls([call(1, a=2)])
    effects = Mock(side_effect=[1, ValueError("told")])
    shown(
        lambda: mock.assert_called_once_with(1, a=2), lambda: mock.assert_any_call(9),
        effects, effects, lambda: Mock(spec=Thing).missing, lambda: Mock(spec=Thing).size is None,
        patched, lambda: Thing().told(1),
        lambda: Mock(wraps=Thing().told)(8), lambda: sentinel.one is sentinel.one,
    )  # fmt: skip
    settings = {"a": 1}
    with patch.dict(settings, {"b": 2}):
        print(settings)
    print(settings)
    return awaited_mock()


async def awaited_mock():
    coroutine = AsyncMock(return_value=3)
    print(await coroutine(1), coroutine.await_count)
    coroutine.assert_awaited_once_with(1)


async def start():
    for each in (copies, collections, contexts, types, functions, mocks):
        print(each.__name__)
        rest = each()
        if rest is not None:
            await rest


if __name__ == "__main__":
    asyncio.run(start())
