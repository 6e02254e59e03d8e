"""Programs as users write them, each over several modules, printed: CPython and an image must print
the same."""

# ruff: noqa: PT009 -- unittest's own

import abc
import argparse
import contextlib
import copy
import enum
import functools
import inspect
import io
import itertools
import json
import logging
import sys
import textwrap
import traceback
import unittest
from collections import Counter, OrderedDict, defaultdict, namedtuple
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import Enum, IntEnum
from typing import ClassVar
from unittest import mock


@dataclass(order=True)
class Task:
    due: date
    title: str = field(compare=False)
    tags: list[str] = field(default_factory=list, compare=False)


def parser():
    made = argparse.ArgumentParser(prog="tasks", description="Keeps tasks.")
    made.add_argument("-v", "--verbose", action="count", default=0)
    verbs = made.add_subparsers(dest="verb", required=True)
    add = verbs.add_parser("add", help="add a task")
    add.add_argument("title")
    add.add_argument("--days", type=int, default=1, metavar="N")
    add.add_argument("--tag", action="append", default=[], choices=["home", "work"])
    return made


def command_line():
    form = "%(levelname)-8s %(name)s %(asctime)s: %(message)s"
    logging.basicConfig(stream=sys.stdout, format=form, datefmt="at", level=10, force=True)
    log = logging.getLogger("tasks")
    args = parser().parse_args(["-vv", "add", "buy milk", "--days=3", "--tag", "home"])
    task = Task(date(2024, 2, 27) + timedelta(days=args.days), args.title, args.tag)
    log.info("added %s", task.title)
    print(args, asdict(task), task < Task(date(2025, 1, 1), "x"))
    with contextlib.redirect_stderr(io.StringIO()) as told:
        try:
            parser().parse_args(["add"])
        except SystemExit as stop:
            print(stop.code)
    print(told.getvalue())
    parser().print_help(sys.stdout)
    logging.basicConfig(stream=sys.stdout, force=True)


class Kind(str, Enum):  # noqa: UP042 -- as many still are written
    A = "a"
    B = "b"


class Level(IntEnum):
    LOW = 1


Point = namedtuple("Point", "x y")


class Encoder(json.JSONEncoder):
    def default(self, value):
        if isinstance(value, datetime):
            return value.isoformat()
        return sorted(value) if isinstance(value, set) else super().default(value)


def documents():
    words = textwrap.dedent("""
        the quick brown fox
        jumps over the lazy dog
    """).split()
    by_length = defaultdict(list)
    for word in words:
        by_length[len(word)].append(word)
    data = {
        "count": Counter(words).most_common(2), "by": by_length, "kind": Kind.A, "level": Level.LOW,
        "at": datetime(2024, 1, 2, tzinfo=UTC), "point": Point(1, 2.5), "set": {3, 1},
        "ordered": OrderedDict(z="é"), Kind.B: None,
    }  # fmt: skip
    text = json.dumps(data, cls=Encoder, indent=2, ensure_ascii=False)
    print(text, json.loads(text, object_pairs_hook=OrderedDict, parse_float=str)["point"])
    for call in (lambda: json.loads('{"a": }'), lambda: json.dumps(object())):
        try:
            call()
        except (TypeError, json.JSONDecodeError) as error:
            print(type(error).__name__, error)


@contextlib.contextmanager
def tag(name: str) -> Iterator[None]:
    print(f"<{name}>")
    try:
        yield
    finally:
        print(f"</{name}>")


def retry(times):
    def wrap(function):
        @functools.wraps(function)
        def inner(*args, **kwargs):
            for attempt in range(times):
                try:
                    return function(*args, **kwargs)
                except ValueError as error:
                    print("attempt", attempt, error)
            raise RuntimeError("gave up")

        return inner

    return wrap


@retry(times=2)
def fail(x, *, y=1):
    raise ValueError(x + y)


@functools.singledispatch
def show(thing):
    return f"object {thing}"


@show.register
def _(thing: int):
    return f"int {thing}"


def functions():
    with tag("p"), contextlib.suppress(KeyError):
        {}["x"]
    try:
        fail(1, y=2)
    except RuntimeError as error:
        print(repr(error), fail.__name__)
    print(show(1), show("x"), show(True))
    for key, group in itertools.groupby(sorted("banana"), key=str.upper):
        print(key, len(list(group)), end=" ")
    print(list(itertools.accumulate([1, 2, 3], lambda a, b: a * b, initial=1)))
    with contextlib.ExitStack() as stack:
        stack.enter_context(tag("a"))
        stack.callback(print, "callback")


class Shape(abc.ABC):
    kinds: ClassVar[dict[str, type]] = {}

    def __init_subclass__(cls, **named):
        super().__init_subclass__(**named)
        Shape.kinds[cls.__name__.lower()] = cls

    @abc.abstractmethod
    def area(self):
        """How large it is."""


class Square(Shape):
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side**2


class Single(type):
    """The metaclass of classes that have one object."""

    made: ClassVar[dict[type, object]] = {}

    def __call__(cls, *args):
        if cls not in cls.made:
            cls.made[cls] = super().__call__(*args)
        return cls.made[cls]


class Store(metaclass=Single):
    pass


class Planet(enum.Enum):
    EARTH = (5.9, 6.3)
    MARS = (0.6, 3.3)

    def __init__(self, mass, radius):
        self.mass, self.radius = mass, radius

    @enum.property
    def density(self):
        return round(self.mass / self.radius, 3)

    @classmethod
    def _missing_(cls, value):
        return cls.EARTH


def classes():
    try:
        Shape()
    except TypeError as error:
        print(error)
    print(Square(2).area(), repr(Shape.kinds["square"]).split(".")[1])
    print(Store() is Store())
    print(
        Planet.MARS.density,
        Planet("x"),
        [one.name for one in Planet],
        list(reversed(Level)),
        list(reversed(Kind)),
    )
    first = Square([1])
    second, third = copy.copy(first), copy.deepcopy(first)
    first.side.append(2)
    print(second.side, third.side, inspect.signature(Square.__init__))
    try:
        try:
            int("x")
        except ValueError as error:
            raise KeyError("k") from error
    except KeyError:
        text = traceback.format_exc()
        print(text.splitlines()[-1], "direct cause" in text)


class Adding(unittest.TestCase):
    def test_right(self):
        self.assertEqual(1 + 2, 3)

    def test_wrong(self):
        self.assertEqual(1 + 2, 4, "bad")

    def test_parts(self):
        for number in range(3):
            with self.subTest(number=number):
                self.assertLess(number, 2)

    @unittest.skip("later")
    def test_later(self):
        pass

    @mock.patch.object(Square, "area", return_value=9)
    def test_mock(self, area):
        self.assertEqual(Square(1).area(), 9)
        area.assert_called_once_with()


def tests():
    out = io.StringIO()
    loaded = unittest.defaultTestLoader.loadTestsFromTestCase(Adding)
    result = unittest.TextTestRunner(stream=out, verbosity=2).run(loaded)
    print([one for one in out.getvalue().splitlines() if one.startswith(("FAILED", "Assertion"))])
    print(result.testsRun, len(result.failures), len(result.skipped), result.wasSuccessful())


def start():
    for each in (command_line, documents, functions, classes, tests):
        print(each.__name__)
        each()


if __name__ == "__main__":
    start()
