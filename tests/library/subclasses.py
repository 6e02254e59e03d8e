"""Instances of subclasses of native types where native ones are taken, printed: CPython and an image
must print the same."""
# ruff: noqa: C406, FLY002, ICN001, PTH123, SIM115, SIM300, UP042 - what is tried is written out

import array
import base64
import binascii
import collections
import copy
import datetime
import enum
import fractions
import heapq
import io
import itertools
import json
import math
import operator
import pathlib
import re
import statistics
import struct
import time
import types
import zlib


class Text(str):
    pass


class Choice(str, enum.Enum):
    A = "a"


class Whole(int):
    pass


class Level(enum.IntEnum):
    ONE = 1
    THREE = 3


class Real(float):
    pass


class Data(bytes):
    pass


class Buffer(bytearray):
    pass


class Row(tuple):
    pass


class Items(list):
    pass


class Table(dict):
    pass


class Filled(dict):
    def __missing__(self, key):
        return key + "!"


class Attributes:
    x = 5


def tell(functions):
    """What each returns, or raises."""
    for function in functions:
        try:
            found = function()
            print(found if isinstance(found, str) else repr(found))
        except Exception as error:
            print(type(error).__name__)


def named(**given):
    return sorted(given.items())


def after(thing, change):
    change(thing)
    return thing


def added(thing, other):
    thing += other
    return thing


def merged(thing, other):
    thing |= other
    return thing


def matched(thing):
    match thing:
        case "a":
            return "text"
        case 3:
            return "number"
        case (1, other):
            return other
        case {"a": other}:
            return other


def caught(classes):
    try:
        raise ValueError
    except classes:
        return "caught"


def text_of(one):
    tell([
        lambda: re.sub("a", "b", one), lambda: re.match(one, "abc").group(), lambda: re.split("a", one),
        lambda: [m.group() for m in re.finditer("a", one)], lambda: re.match("(?P<a>x)", "x").group(one),
        lambda: {"a": 1}[one], lambda: {one: 1}["a"], lambda: one in {"a": 1}, lambda: one in {"a"},
        lambda: {"a": 1}.get(one), lambda: {"a": 1}.pop(one), lambda: {"a": 1}.setdefault(one, 2),
        lambda: len(after({"a": 1}, lambda held: held.update([(one, 2)]))), lambda: {1: 1, "a": 2}[one],
        lambda: "xa".replace("x", one), lambda: "xa".replace(one, "y"), lambda: "xa".find(one),
        lambda: "xa".rindex(one), lambda: "xa".count(one), lambda: "xay".partition(one)[2],
        lambda: "xay".rpartition(one)[0], lambda: "xay".split(one), lambda: "xay".rsplit(one, 1),
        lambda: "ay".startswith(one), lambda: "ay".startswith((one, "b")), lambda: "ya".endswith(one),
        lambda: one in "xa", lambda: ",".join([one, "b", one]), lambda: one.join("xy"), lambda: "aba".strip(one),
        lambda: "b".center(5, one), lambda: ("x" + one, one + "x", one * 2, 2 * one),
        lambda: (one == "a", "a" == one, one != "a", one < "b", "b" > one, "a" >= one),
        lambda: "abc".removeprefix(one), lambda: "abc".translate({97: one}), lambda: bytes(one, "utf-8"),
        lambda: bytearray(one, "utf8"), lambda: ord(one), lambda: getattr(Attributes, one, None),
        lambda: "%r|%c" % ("b", one), lambda: "%(a)s" % {one: 1}, lambda: "{a}".format(**{one: 1}),
        lambda: named(**{one: 1})[0][1], lambda: print("x", sep=one, end=one + "\n"), lambda: json.dumps({one: one}),
        lambda: io.StringIO(one).read(), lambda: io.StringIO().write(one), lambda: matched(one),
        lambda: dict([(one, 1)])["a"], lambda: (one in ("a",), ["a"].index(one)), lambda: hash(one) == hash("a"),
        lambda: collections.namedtuple("N", ["a"])(1)._asdict()[one], lambda: isinstance(one, (int, str)),
        lambda: operator.attrgetter(one)(types.SimpleNamespace(a=1)), lambda: re.match("(?P<x>a)", one).groupdict(),
    ])  # fmt: skip


def texts():
    text_of(Text("a"))
    text_of(Choice.A)
    tell([
        lambda: int(Text("12")), lambda: int(Text("ff"), 16), lambda: float(Text("1.5")), lambda: complex(Text("1j")),
        lambda: getattr(Attributes, Text("x")), lambda: hasattr("x", Text("upper")), lambda: bytes.fromhex(Text("aa")),
        lambda: "{:>{}}".format("a", Text("3")), lambda: time.strftime(Text("%Y"), (2020, 1, 1, 0, 0, 0, 0, 1, 0)),
        lambda: open(Text("/no/file")), lambda: Text("%d-%s") % (1, Text("a")), lambda: Text("{0}").format(1),
        lambda: binascii.unhexlify(Text("aa")), lambda: base64.b64decode(Text("aaaa")), lambda: array.array(Text("i"), [1]),
        lambda: str(pathlib.PurePosixPath(Text("/a"), Text("b"))), lambda: fractions.Fraction(Text("1/2")),
        lambda: datetime.datetime.fromisoformat(Text("2020-01-01")).year, lambda: type(Text("X"), (), {}).__name__,
        lambda: zlib.crc32(Text("a")), lambda: len(Text("abc")[1:]), lambda: struct.pack(Text("<I"), 2),
    ])  # fmt: skip


def number_of(i, one):
    tell([
        lambda: list(range(i)), lambda: list(range(one, i, one)), lambda: [1, 2, 3, 4][i], lambda: "abcde"[one:i],
        lambda: bytes(i), lambda: bytearray(i), lambda: bytes([i]), lambda: struct.pack("<IBd", i, i, i),
        lambda: "%d %x %5d %c %f %*d" % (i, i, i, i, i, i, 1), lambda: f"{i:d}|{i:>{i}}|{i:04x}",
        lambda: (math.sqrt(i), math.floor(i), math.gcd(i, 9), math.factorial(i), math.isnan(i), math.hypot(i, i)),
        lambda: (pow(i, 2), pow(2, i), pow(i, 2, 5), i**2, 2**i), lambda: (divmod(i, 2), divmod(7, i)),
        lambda: (i + 1, 1 + i, 5 - i, 2 * i, i / 2, 6 / i, 7 // i, 7 % i, 1 << i, 16 >> i, 1 & i, 4 | i, 1 ^ i),
        lambda: (i == 3, 3 == i, 4 > i, i <= 3, 2 < i, -i, ~i, abs(i), bool(i)), lambda: ({3: 1}[i], {i: 1}[3]),
        lambda: (int(i), float(i), complex(i), complex(i, i), chr(i), hex(i), bin(i), round(i), round(1.2345, one)),
        lambda: ("a" * i, i * "a", [1] * i, (1,) * i, b"a" * i), lambda: (sum([i, i]), sum([1], i)),
        lambda: (i.to_bytes(2, "big"), (5).to_bytes(i, "big")), lambda: (1.5 + i, 1.5 * i, i < 3.5, 10**30 % i),
        lambda: (array.array("i", [i]), array.array("i", [1, 2, 3, 4])[i]), lambda: collections.deque([1, 2, 3, 4], i),
        lambda: list(itertools.islice(range(9), one, i)), lambda: "a b c".split(" ", one), lambda: "a".ljust(i),
        lambda: after([1, 2], lambda held: held.insert(one, 9)), lambda: [1, 2].pop(one), lambda: matched(i),
        lambda: list(enumerate("ab", i)), lambda: io.BytesIO(b"abcdef").read(i), lambda: i in b"\x03",
        lambda: json.dumps([i, {i: 1}]), lambda: int.from_bytes(Row([i]), "big"), lambda: int("11", i),
        lambda: datetime.date(2020, i, one).month, lambda: fractions.Fraction(i, 2), lambda: slice(i).indices(9),
    ])  # fmt: skip


def numbers():
    number_of(Whole(3), Whole(1))
    number_of(Level.THREE, Level.ONE)
    f = Real(4.0)
    tell([
        lambda: (math.sqrt(f), math.atan2(f, f), math.ldexp(f, 2), math.fsum([f, 1])), lambda: (-f, abs(f), int(f), round(f)),
        lambda: (1 + f, 1 - f, 2 * f, 8 / f, 9 // f, 9 % f, 2**f, 1.5 + f, 2.0**f), lambda: (4 == f, 4.0 == f, 3 < f, 5.0 > f),
        lambda: "%f %d %.2f %g" % (f, f, f, f), lambda: f"{f:.1f}|{f!r}", lambda: struct.pack("<d", f), lambda: {4: 1}[f],
        lambda: (complex(f, f), divmod(f, 3), f.as_integer_ratio(), sum([f, f])), lambda: statistics.mean([f, f]),
        lambda: Whole.from_bytes(b"\x02", "big") + 1, lambda: type(Whole.from_bytes(b"\x02", "big")).__name__,
    ])  # fmt: skip


def bytes_of(kind):
    b = kind(b"ab")
    tell([
        lambda: b"xab".find(b), lambda: b in b"xab", lambda: b"ab".replace(b, b), lambda: b"1ab2".split(b),
        lambda: b"1ab2".partition(b)[2], lambda: b",".join([b, b]), lambda: b"abc".startswith(b), lambda: b"x" + b,
        lambda: (b == b"ab", b"ab" == b, b < b"b", b"b" > b), lambda: (str(b, "utf-8"), int(kind(b"12"))),
        lambda: bytes(memoryview(b)), lambda: (bytes(b), bytearray(b), list(b)), lambda: struct.unpack("BB", b),
        lambda: zlib.crc32(b), lambda: binascii.hexlify(b), lambda: base64.b64encode(b), lambda: b"abxab".strip(b),
        lambda: io.BytesIO(b).read(), lambda: int.from_bytes(b, "big"), lambda: re.findall(b"a", b),
        lambda: after(bytearray(b"123"), lambda held: held.__setitem__(slice(0, 1), b)), lambda: added(bytearray(b"1"), b),
        lambda: struct.pack("2s", b), lambda: json.loads(kind(b'{"a": 1}')), lambda: type(kind.fromhex("aa")).__name__,
    ])  # fmt: skip


def memory():
    bytes_of(Data)
    bytes_of(Buffer)
    tell([
        lambda: b"%b %s" % (Data(b"ab"), Data(b"c")), lambda: {b"ab": 1}[Data(b"ab")], lambda: {Data(b"ab"): 1}[b"ab"],
        lambda: bytes(Whole(-1)), lambda: bytearray(-1), lambda: ord(Data(b"a")), lambda: re.sub(Data(b"a"), Data(b"c"), b"a"),
    ])  # fmt: skip


def containers():
    t, held, d = Row((1, 2)), Items([1, 2]), Table(a=1)
    tell([
        lambda: ((0,) + t, t + (3,), (1, 2) == t, (2,) > t), lambda: {(1, 2): 1}[t], lambda: "%d %d" % t,  # noqa: RUF005
        lambda: isinstance(1, Row((str, int))), lambda: issubclass(int, Row((str, int))), lambda: caught(Row((ValueError,))),
        lambda: "abc".startswith(Row(("x", "a"))), lambda: (type(tuple(t)).__name__, t * 2), lambda: matched(t),
        lambda: type("X", Row((Attributes,)), {}).x, lambda: added([0], t), lambda: bytes(t), lambda: json.dumps(t),
        lambda: time.mktime(Row((2020, 1, 1, 0, 0, 0, 0, 1, 0))) > 0,
        lambda: ([0] + held, held + [3], [1, 2] == held, [2] > held), lambda: ",".join(Items(["a", "b"])),  # noqa: RUF005
        lambda: after(Items([3, 1]), lambda heap: (heapq.heapify(heap), heapq.heappush(heap, 0))), lambda: bytes(held),
        lambda: (copy.copy(held), copy.deepcopy(held), matched(held)), lambda: dict(Items([("a", 1)])), lambda: added([0], held),
        lambda: after([9], lambda other: other.__setitem__(slice(0, 0), held)), lambda: type(added(Items(), [1])).__name__,
        lambda: named(b=2, **d), lambda: ({**d, "b": 2}, d | {"b": 2}, {"b": 2} | d, {"a": 1} == d), lambda: "%(a)s" % d,
        lambda: "{a}".format(**d), lambda: "{a}".format_map(d), lambda: type("X", (), Table(z=1)).z, lambda: matched(d),
        lambda: "a".translate(Table({97: "b"})), lambda: merged({"b": 1}, d), lambda: Filled()["q"], lambda: "%(q)s" % Filled(),
        lambda: (Table.fromkeys("a"), type(Table.fromkeys("a")).__name__), lambda: dict.__getitem__(d, "a"),
    ])  # fmt: skip


class Base:
    def __add__(self, other):
        return "Base +"

    def __radd__(self, other):
        return "+ Base"

    def __sub__(self, other):
        return "Base -"

    def __rsub__(self, other):
        return "- Base"

    def __mul__(self, other):
        return "Base *"

    def __eq__(self, other):
        print("Base ==")
        return NotImplemented

    def __lt__(self, other):
        return "Base <"

    def __gt__(self, other):
        return "Base >"

    def __iadd__(self, other):
        return NotImplemented

    __hash__ = None


class Below(Base):
    def __radd__(self, other):
        return "+ Below"

    def __rmul__(self, other):
        return "* Below"

    def __gt__(self, other):
        return "Below >"

    def __eq__(self, other):
        return "Below =="


class Counted(int):
    def __radd__(self, other):
        return "+ Counted"

    def __eq__(self, other):
        return "Counted =="

    def __gt__(self, other):
        return "Counted >"

    __hash__ = int.__hash__


class Phrase(str):
    def __radd__(self, other):
        return "+ Phrase"

    def __rmod__(self, other):
        return "% Phrase"


class Union(dict):
    def __ror__(self, other):
        return "| Union"


class Divisor(float):
    def __rtruediv__(self, other):
        return "/ Divisor"


def operands():
    """A subclass on the right goes first."""
    base, below, beside = Base(), Below(), type("Beside", (Base,), {})()
    date, moment = datetime.date(2020, 1, 1), datetime.datetime(2020, 1, 1)
    tell([
        lambda: (base + below, base + beside, below + base, added(Base(), below), base * below, base - below),
        lambda: (base < below, base > below, base == below, base != beside), lambda: (1 + Counted(2), 1 - Counted(2)),
        lambda: (1 == Counted(2), 1 < Counted(2), 10**30 + Counted(2)), lambda: ("a" + Phrase("b"), "%s" % Phrase("b")),
        lambda: {} | Union(), lambda: (1.0 / Divisor(2), 1.0 * Divisor(2), 1.0 < Divisor(2)),
        lambda: (date == moment, moment == date, date != moment), lambda: date < moment,
        lambda: {"a": 1} == collections.Counter("a"),
    ])  # fmt: skip


def too_much():
    """What is larger than any memory is refused; what lies about itself harms nobody."""
    huge = 1 << 62
    for make in (
        lambda: "x" * huge, lambda: "abcd" * huge, lambda: b"xy" * huge, lambda: [1] * huge, lambda: (1, 2) * (huge // 2),
        lambda: bytearray(b"ab") * huge, lambda: array.array("i", [1]) * huge, lambda: 1 << (huge >> 10), lambda: bytes(huge),
        lambda: bytearray(huge), lambda: "a".zfill(huge), lambda: list(range(huge)), lambda: tuple(range(huge)),
        lambda: sorted(range(huge)), lambda: [0].extend(range(huge)),
    ):  # fmt: skip
        try:
            make()
        except (MemoryError, OverflowError):
            print("refused")
    shift = 1 << 80
    print(1 >> shift, -1 >> shift)

    class Lying(list):
        def __len__(self):
            return 1

    class Negative:
        def __len__(self):
            return -1  # noqa: PLE0303

    class Wordy:
        def __len__(self):
            return "long"  # noqa: PLE0303

    class Huge:
        def __len__(self):
            return huge

    tell([
        lambda: re.findall(Huge(), "a"), lambda: re.findall("a", Huge()), lambda: re.sub("a", "b", Huge()),
        lambda: re.split("a", Huge()), lambda: itertools.islice(itertools.count(shift), shift, shift * 2),
        lambda: len(array.array("i", Lying(range(100)))), lambda: len(Negative()), lambda: len(Wordy()), lambda: bool(Negative()),
        lambda: bytes(Lying([1, 2])), lambda: array.array("b", Lying([])), lambda: len(Whole(3)), lambda: [].insert("a", 1),
    ])  # fmt: skip


class Hashed:
    def __hash__(self):
        return 5


class Compared(Hashed):
    def __eq__(self, other):
        return True


class Unhashable(Hashed):
    __hash__ = None


class HashedAgain(Compared):
    def __eq__(self, other):
        return False

    __hash__ = Hashed.__hash__


class Equal(str):
    def __eq__(self, other):
        return True


def hashes():
    """A class that compares its objects has a hash of its own, or none."""
    print(Compared.__hash__, Equal.__hash__, HashedAgain.__hash__ is Hashed.__hash__)
    tell([
        lambda: hash(Hashed()), lambda: hash(Compared()), lambda: {Unhashable(): 1}, lambda: hash(HashedAgain()), lambda: {Equal("a")},
    ])  # fmt: skip
    words = {f"{number}" for number in range(3000)}
    for number in range(6000):
        words.discard(str(number))
        words.add(str(number + 3000))
    print(len(words), sorted(words) == [str(number) for number in range(6000, 9000)], min(words))


def start():
    for part in (texts, numbers, memory, containers, operands, too_much, hashes):
        print("-", part.__name__)
        part()


if __name__ == "__main__":
    start()
