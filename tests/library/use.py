"""What our library does, printed: CPython and an image must print the same."""

import array
import enum
import functools
import gc
import hmac
import html
import inspect
import logging
import math
import pickle
import re
import statistics
import struct
import textwrap
import time
import traceback
import urllib.parse
from collections import ChainMap, Counter, OrderedDict, UserDict, defaultdict, deque, namedtuple
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from contextlib import ExitStack, closing, contextmanager, nullcontext, suppress
from types import FunctionType, MethodType, SimpleNamespace
from typing import (
    TYPE_CHECKING,
    Any,
    Generic,
    NamedTuple,
    NewType,
    Optional,
    Protocol,
    TypeVar,
    cast,
)


def collections():
    words = defaultdict(list)
    for word in ("apple", "axe", "bee"):
        words[word[0]].append(word)
    print(sorted(words.items()), "c" in words, words["c"])
    count = Counter("abracadabra")
    print(count.most_common(1), count["z"], count.total(), sorted(count.elements()))
    count.update({"z": 2})
    count.subtract("a")
    print(sorted(count.items()), sorted((Counter("aab") + Counter("b")).items()))
    print(
        sorted((Counter("aab") - Counter("ab")).items()),
        sorted((Counter("aab") & Counter("abb")).items()),
    )
    chain = ChainMap({"a": 1}, {"a": 2, "b": 3})
    chain["c"] = 4
    print(
        chain["a"],
        chain["b"],
        chain.maps[0] == {"a": 1, "c": 4},
        sorted(chain),
        "d" in chain,
        chain.get("d"),
    )
    user = UserDict({"a": 1}, b=2)
    print(sorted(user.items()), user.pop("a"), len(user))
    print(
        list(deque([1, 2], 5)),
        namedtuple("P", ["x", "y"])(1, 2).y,
        list(OrderedDict([("b", 1), ("a", 2)])),
    )


class Squares(Sequence):
    def __getitem__(self, number):
        if number >= 4:
            raise IndexError
        return number * number

    def __len__(self):
        return 4


class Store(MutableMapping):
    def __init__(self):
        self.inner = {}

    def __getitem__(self, key):
        return self.inner[key]

    def __setitem__(self, key, value):
        self.inner[key] = value

    def __delitem__(self, key):
        del self.inner[key]

    def __iter__(self):
        return iter(self.inner)

    def __len__(self):
        return len(self.inner)


def abstract():
    print(
        list(Squares()),
        9 in Squares(),
        Squares().index(4),
        Squares().count(5),
        isinstance(Squares(), Sequence),
    )
    store = Store()
    store.update({"a": 1}, b=2)
    print(
        sorted(store.items()),
        store.get("c", 3),
        store.pop("a"),
        store.setdefault("d", 4),
        len(store),
    )
    print(isinstance(store, Mapping), "b" in store)
    try:
        store.pop("none")
    except KeyError as error:
        print("KeyError", error.args)


calls = []


@functools.lru_cache(maxsize=None)
def square(number):
    calls.append(number)
    return number * number


@functools.singledispatch
def kind(value):
    return "other"


@kind.register(int)
def _(value):
    return "int"


@functools.total_ordering
class Version:
    def __init__(self, number):
        self.number = number

    def __eq__(self, other):
        return self.number == other.number

    def __lt__(self, other):
        return self.number < other.number


class Cached:
    made = 0

    @classmethod
    @functools.lru_cache(maxsize=None)
    def of_class(cls, number):
        cls.made += 1
        return cls.__name__, number

    @staticmethod
    @functools.lru_cache
    def of_none(number):
        return number

    @functools.lru_cache()  # noqa: B019, UP011
    def of_object(self, number):
        return number


class Refusing(type):
    def __instancecheck__(cls, value):
        return value == 5


class Refused(metaclass=Refusing):
    def __call__(self):
        return 0


def called():
    """What wrappers in wrappers are bound to, and what is callable."""
    one = Cached()
    print(
        one.of_class(1),
        Cached.of_class(1),
        one.made,
        one.of_none(2),
        Cached.of_none(2),
        one.of_object(3),
    )
    for value in ("odd", 1, len, Cached, one, Refused(), called, one.of_object):
        kinds = (Callable, (Callable,), (bytes, (Callable,)), (Refused, Callable))
        print(
            *[isinstance(value, kind) for kind in kinds], issubclass(type(value), (Callable, bytes))
        )
    print(
        isinstance(5, (str, Refused)),
        isinstance(Refused(), (str, Refused)),
        isinstance(6, (str, Refused)),
    )
    print(
        {"__init__", "__setattr__"} <= set(dir(Cached)),
        [name for name in dir(one) if not hasattr(one, name)],
    )


def functions():
    called()
    print(functools.reduce(lambda a, b: a * b, [1, 2, 3, 4]), functools.reduce(max, [], 7))
    print(functools.partial(lambda a, b: a - b, b=2)(5), functools.partial(max, 3)(1, 5))
    print(square(3), square(3), square(4), calls, square.cache_info()[:2])
    print(kind(1), kind("a"))
    print(Version(1) <= Version(1), Version(2) > Version(1), Version(1) >= Version(2))
    print(sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)))


@contextmanager
def told(name):
    print("enter", name)
    try:
        yield name
    except ValueError as error:
        print("caught", error)
    finally:
        print("exit", name)


def contexts():
    with told("a") as name:
        print(name)
    with told("b"):
        raise ValueError("of b")
    with suppress(KeyError, IndexError):
        [][1]
    with ExitStack() as stack:
        stack.enter_context(told("c"))
        stack.callback(print, "callback")
        print("in the stack")
    try:
        with ExitStack() as stack:
            stack.enter_context(told("d"))
            raise KeyError("of d")
    except KeyError as error:
        print("KeyError", error.args)

    class Door:
        def close(self):
            print("closed")

    with closing(Door()), nullcontext(5) as five:
        print(five)


T = TypeVar("T")
Number = NewType("Number", int)


class Box(Generic[T]):
    def __init__(self, value: T) -> None:
        self.value = value


class Speaks(Protocol):
    def speak(self) -> str: ...


def typed(value: Optional[Any] = None) -> "Box[int]":
    return Box(cast(int, value))


def types():
    print(TYPE_CHECKING, typed(3).value, Number(4), NamedTuple("P", [("x", int)])(5).x)
    space = SimpleNamespace(a=1)
    space.b = 2
    print(space, space == SimpleNamespace(a=1, b=2))
    print(isinstance(types, FunctionType), isinstance(typed(1).__init__, MethodType))


class Lines(logging.Handler):
    def emit(self, record):
        print(self.format(record))


def logs():
    handler = Lines()
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
    above, below = logging.getLogger("app"), logging.getLogger("app.part")
    above.addHandler(handler)
    above.setLevel("INFO")
    below.info("%d and %s", 1, "two")
    below.debug("not shown")
    below.setLevel(logging.DEBUG)
    below.debug("shown")
    below.log(45, "of %(what)s", {"what": "a level"})
    print(below.getEffectiveLevel(), above.isEnabledFor(10), below.parent is above)
    print(logging.getLevelName(30), logging.getLevelName("ERROR"), above.getChild("part") is below)


def texts():
    text = "It was the best of times, it was the worst of times, it was the age of wisdom"
    print(textwrap.wrap(text, 20), textwrap.wrap("a supercalifragilistic b", 8), textwrap.wrap(""))
    print(textwrap.fill(text, 40, initial_indent="* ", subsequent_indent="  "))
    print(
        repr(textwrap.dedent("\n    a\n      b\n\n    c\n")),
        repr(textwrap.indent("a\n\nb\n", "> ")),
    )
    print(textwrap.shorten(text, 30))
    print(html.escape("<a href='x'>&</a>"), html.unescape("&lt;&#65;&#x42;&amp;lt; &none; & x"))
    print(hmac.new(b"key", b"message", "sha256").hexdigest())
    print(hmac.new(b"k" * 100, b"message", "sha256").hexdigest(), hmac.compare_digest(b"a", b"a"))


def numbers():
    data = [2, 4, 4, 4, 5, 5, 7, 9]
    print(
        statistics.mean(data),
        statistics.median(data),
        statistics.mode(data),
        statistics.pstdev(data),
    )
    print(
        "%.12g" % statistics.variance([2.5, 3.5, 5.0]),
        statistics.mean([1, 2, 4, 5]),
        statistics.median_low(data),
    )
    try:
        statistics.mean([])
    except statistics.StatisticsError:
        print("StatisticsError")


def addresses():
    parse = urllib.parse
    print(
        parse.quote("a b/ü?"),
        parse.quote_plus("a b/ü"),
        parse.unquote("a%20%C3%BC%zz"),
        parse.unquote_plus("a+b"),
    )
    print(parse.urlencode({"a": 1, "b": "x y"}), parse.urlencode([("a", [1, 2])], doseq=True))
    print(parse.parse_qs("a=1&b=2&a=3&c="), parse.parse_qsl("a=1&c=", keep_blank_values=True))
    for url in ("http://u@h:8/p/q?x=1#f", "mailto:a@b", "/p?q", "//h", "p#f"):
        print(tuple(parse.urlsplit(url)), parse.urlunsplit(parse.urlsplit(url)))
    for url in ("g", "./g", "/g", "//h/g", "?y", "#s", "../g", "../../g", "g/../h", "x:y", ""):
        print(parse.urljoin("http://a/b/c/d?q", url))


def comparisons():
    print(sorted([b"\xff", b"a", b"\x80a", b"\x80"]), *sorted(["é", "z", "a"]))


def large():
    """Objects of some size, and what only they refer to, are there after collections."""
    texts = [str(number) * 3 for number in range(3000)]  # grows in its place, or moves
    table = {text: [text] for text in texts}
    data = bytearray()
    for number in range(200):
        data += b"%04d" % number * 25
        if number % 40 == 0:
            gc.collect()
    kept = bytes(data)[5000:15000]
    numbers = array.array("q", range(5000))
    del data
    gc.collect()
    fresh = [bytearray(b"?" * 5000) for _ in range(50)]
    print(len(fresh), texts[0], texts[-1], all(table[text] == [text] for text in texts))
    print(len(kept), kept[:4], kept[-4:], sum(numbers))


def caller(_=None):
    return inspect.currentframe().f_back.f_code.co_name


def resumed():
    yield caller()
    yield from map(caller, [1])


def handled():
    try:
        raise ValueError
    except ValueError:
        return caller()


def frames():
    print(caller(), list(map(caller, [1])), list(resumed()), handled(), sorted([2, 1], key=caller))
    here = inspect.currentframe()
    print(here.f_code.co_name, here.f_back.f_code.co_name, here.f_globals is globals())
    print([one.name for one in traceback.extract_stack(limit=2)])
    print([one.function for one in inspect.stack()[:2]])
    print(frames.__code__.co_name)
    try:
        inspect.signature(map)
    except ValueError:
        print("a native type tells no parameters")


class Text(str):
    @staticmethod
    def doubled(text):
        return text * 2

    made = doubled("a")

    def __new__(cls, text):
        return super().__new__(Loud if text.isupper() else cls, text)

    def __init__(self, text):
        self.kind = type(self).__name__

    def __mod__(self, values):
        return Text(super().__mod__(values))

    def __add__(self, other):
        return Text(super().__add__(other))


class Loud(Text):
    pass


def subclasses():
    print(Text.made, Text("a").kind, Text("A").kind)
    print(Text("%s-%s") % (1, 2), type(Text("%s") % 1).__name__, Text("a") + "b")
    print(super(Loud, Loud("A")).__mul__(2), super(Loud, Loud("A")).__lt__("B"))
    scanner = re.Scanner([(r"[0-9]+", lambda _, text: int(text)), (r"(a)(b)", None), (r"\w", None)])
    print(scanner.scan("12ab7!x"), re.Scanner([(r"\d", lambda _, t: int(t))]).scan("12a"))


class Access(enum.Flag):
    READ = enum.auto()
    WRITE = enum.auto()
    BOTH = READ | WRITE


@functools.singledispatch
def described(value):
    return "something"


@described.register
def _(value: int):
    return "a number"


class Place:
    def __init__(self, name):
        self.name = name


def annotated(first: int, *args: str, last: float = 0.5) -> bool:
    return bool(first or args or last)


def packed():
    for form, *values in (
        ("B", 256), ("<h", -40000), ("<I", -1), ("<Q", -1), ("c", b"ab"), ("h", 1.5), ("<n", 1),
        ("2h", 1), ("<e", 65520.0), ("3s", "abc"), ("3c?", b"a", b"b", b"c", 2), ("5pxh", b"abc", 3),
    ):  # fmt: skip
        try:
            print(form, struct.pack(form, *values), struct.calcsize(form))
        except (struct.error, OverflowError) as error:
            print(form, type(error).__name__, error)
    print(list(struct.iter_unpack("<hb", bytes(range(6)))), struct.Struct("<2H").unpack(b"abcd"))
    print(b"abcdefgh"[: struct.unpack("<Q", b"\5" + bytes(7))[0]])


def mathematics():
    print(math.exp(1) == math.e, math.log10(1000), math.log2(8), math.log2(2**1100))
    print(math.nextafter(1, 2), math.ulp(1), math.remainder(7, 4), math.log1p(1e-10))
    print(math.fsum([0.1] * 10), math.isqrt(10**20), math.comb(5, 2), math.dist((1, 2), (4, 6)))
    for function, *values in (
        (math.log, 0), (math.fsum, [math.inf, -math.inf]), (math.isqrt, -1),
    ):  # fmt: skip
        try:
            print(function(*values))
        except (ArithmeticError, ValueError) as error:
            print(type(error).__name__, error)
    print(sorted(["b2", "a2", "c1", "d2", "e1"] * 3, key=lambda text: text[1], reverse=True))


def others():
    print(time.strptime("29 Feb 2024 13:05", "%d %b %Y %H:%M"))
    print(time.strftime("%G-W%V-%u %r", time.gmtime(1e9)))
    print(Access.BOTH, Access.READ | Access.WRITE is Access.BOTH, described(1), described("a"))
    place = pickle.loads(pickle.dumps([Place("here"), {1}, range(3), Place]))
    print(place[0].name, place[1:3], place[3] is Place, functools.partial(int, base=2)("101"))
    print(inspect.signature(annotated))


def start():
    for each in (
        large,
        collections,
        abstract,
        functions,
        contexts,
        types,
        logs,
        texts,
        numbers,
        addresses,
        comparisons,
        frames,
        subclasses,
        packed,
        mathematics,
        others,
    ):
        print(each.__name__)
        each()


if __name__ == "__main__":
    start()
