"""What the language does, printed: CPython and an image must print the same."""

import array
import copy
import io
import math
import struct
import types
import unicodedata
from typing import NamedTuple


class Base:
    def __init__(self):
        self.made = ["Base"]

    def told(self):
        return "Base"

    @property
    def size(self):
        return 1


class Left(Base):
    def __init__(self):
        super().__init__()
        self.made.append("Left")


class Right(Base):
    def __init__(self):
        super().__init__()
        self.made.append("Right")

    def told(self):
        return "Right, " + super().told()

    @property
    def size(self):
        return super().size + 1


class Both(Left, Right):
    @property
    def size(self):
        return super().size * 10


class Problem(ValueError):
    pass


class Missing(Problem, KeyError):
    pass


class Sized(dict):
    def __init__(self, size, *, label=""):
        self.size, self.label = size, label


class Filled(Sized):
    def __init__(self):
        self["early"] = 1
        super().__init__(2, label="x")


class Number(int):
    pass


class Amount:
    def __init__(self, value):
        self.value = value

    def __gt__(self, other):
        return self.value > other

    def __le__(self, other):
        return self.value <= other


class Text(str):
    pass


class Meta(type):
    def __init__(cls, name, bases, names):
        cls.methods = sorted(one for one in names if one[0] != "_")
        super().__init__(name, bases, names)
        super().__init__(name, bases, names)
        type.__init__(cls, name, bases, names)

    def __call__(cls, *args):
        return type.__call__(cls, *args)


class Made(metaclass=Meta):
    def __init__(self, value):
        self.value = value

    def told(self):
        return self.value


class Alias:
    def __init__(self, cls):
        self.cls = cls

    def __mro_entries__(self, bases):
        return (self.cls,)


class Below(Alias(Left)):
    pass


class Pair(NamedTuple):
    first: int
    second: str = "b"


def bases():
    both = Both()
    print(both.made, both.told(), both.size, [one.__name__ for one in Both.__mro__])
    for error in (KeyError, ValueError):
        try:
            raise Missing("it")
        except error as found:
            print(type(found).__name__, found.args)
    print(Below().told(), Below.__bases__ == (Left,), Below.__orig_bases__[0].cls is Left)
    print(
        type(Made) is Meta,
        isinstance(Made, Meta),
        Made(3).value,
        Made.methods,
        Pair(1),
        isinstance(Pair(1), tuple),
    )


def natives():
    sized, filled = Sized(3, label="a"), Filled()
    sized["a"] = 1
    print(sized, sized.size, sized.label, len(sized), filled, filled.size)
    two, ten, number, amount, text = 2, 10, Number(4), Amount(2), Text("b")
    print(two + number, two < number, number >= two, ten % number, two == number, "a" + text)
    print(two < amount, ten < amount, two >= amount, ", ".join(list(text)), str(text))
    print([two, *[number]], range(10)[number], text in "abc", "c" in text, [0, 1, 2, 3, 4][number])


def slices():
    text, data = "añb€c", b"abcde"
    print(
        text[::-1], text[1::2], data[::-1], data[4:0:-2], (1, 2, 3, 4)[::-2], bytearray(data)[::2]
    )
    print(repr(text[5:1:1]), text[::7], ()[::-1], [1, 2, 3][::-1])


class Said:
    def __format__(self, spec):
        return "said " + spec


def names(first, /, second, *, third=3):
    return first, second, third


def attributes():
    class Owner:
        pass

    owner = Owner()
    print(owner.__dict__.setdefault("a", 1), owner.__dict__.setdefault("a", 2), owner.a)
    print(owner.__dict__.pop("a"), owner.__dict__.pop("a", None), hasattr(owner, "a"))
    print(names(1, 2), names(1, second=3, third=4), names.__get__(1)(2))
    print(repr("\ufffe\ufdd0\U0001ffff\u00e9"))


def nested(make, depth=100_000):
    value = make(None)
    for _ in range(depth):
        value = make(value)
    return value


def depth():
    one, other, named, again = [], [], {}, {}
    one.append(one), other.append(other), named.update(a=named), again.update(a=again)
    deep = nested(lambda value: (value,))
    for attempt in (
        lambda: one == other,
        lambda: named == again,
        lambda: deep == nested(lambda value: (value,)),
    ):
        try:
            attempt()
        except RecursionError:
            print("too deep")
    print(one == one, one in [one], len(named.keys()), bool({}.values()), len(named.items()))


def formats():
    print("{0.size:03} {0!s:>2} {1[a]} {1[b][1]} {at[0].size}".format(
        Filled(), {"a": 1, "b": [2, 3]}, at=[Filled()]
    ))  # fmt: skip
    print("{:03}|{:x}|{}|{:>3}".format(Number(4), Number(31), Number(5), Text("b")))
    print("{:%}|{}".format(Said(), Said()), f"{Said():abc}")
    for template in ("{0.}", "{0[}", "{0[a]b}"):
        try:
            print(template.format({"a": 1}))
        except ValueError:
            print("no format")


class Short:
    def __repr__(self):
        return super().__repr__()[:1]


class Told(dict):
    def __repr__(self):
        return "Told" + super().__repr__()

    def __setitem__(self, key, value):
        dict.__setitem__(self, key, value * 2)


class OfClass:
    """A descriptor that says something of the class, too."""

    def __init__(self, function):
        self.function = function

    def __get__(self, thing, cls):
        return self.function(cls)


class Either(property):
    def __init__(self, fget=None, fset=None, fdel=None, doc=None, classval=None):
        self.classval = classval
        property.__init__(self, fget=fget, fset=fset, fdel=fdel, doc=doc)

    def __get__(self, thing, cls=None):
        return self.classval if thing is None else property.__get__(self, thing, cls)


class Described:
    @OfClass
    def name(cls):  # noqa: N805 - what is asked for it
        return cls.__name__

    @lambda function: Either(function, classval="class")
    def kind(self):
        return "object"


def attempt(*actions):
    for action in actions:
        try:
            print(action())
        except (ArithmeticError, TypeError, ValueError, LookupError) as error:
            print(type(error).__name__)


def objects():
    told = Told(a=1)
    told["b"] = 2
    print(repr(Short()), told, dict.get(told, "b"), dict.__len__(told), Problem("a"))
    print(repr(Problem("a", 2)), repr(Problem("a")), str(KeyError("k")), repr(KeyError("k")))
    print(Described.name, Described().name, Described.kind, Described().kind)
    print(types.MethodType(lambda one, other: (one, other), 1)(2), SystemExit(3).code)
    print(ImportError("no").msg, isinstance(True, int), issubclass(bool, int), isinstance(1, bool))
    print({1}.union([2], (3,)), {1, 2, 3}.intersection([2, 3], {3}), {1}.union())
    attempt(lambda: {}[[]], lambda: [] in {"a": 1}, lambda: list(zip([1, 2], [3], strict=True)))
    print(list(zip([1], [2], strict=True)))


def numbers():
    print(0.1 + 0.2, 7 / 3, 1e16, 1e22, 1e-5, 123456789.123456789, 5e-324, 2.0**-44, -0.0, 1e300)
    print(round(2.675, 2), round(-0.04, 1), round(1234.5678, -2), round(1e300, 5), round(2.5))
    print("%.17g %.3f %e %g %G|%5.1f|%08.3f" % (0.1, 2.0005, 12345.678, 1e10, 1e-10, 3.14159, -1.5))
    print(
        "{:.30f} {:10.3e} {:.3} {:.3} {:>8} {:.1%}".format(0.1, 12345.678, 100.0, 10.0, 1.5, 0.256)
    )
    print(
        f"{1234567.891:,.2f} {1234567:_} {1 << 30:_x} {1023:_b} {12345678901234567890:,} {-1e9:,}"
    )
    print(float("1e23"), float("9007199254740993"), float("1.7976931348623159e308"), float("1_0.5"))
    print(float("2.2250738585072011e-308"), float("0." + "1" * 900), complex(-0.0, 1e20), 0.1 + 3j)
    print((3.5).is_integer(), (0.1).hex(), float.fromhex("-0x.8p1"), float.is_integer(2.0))
    print((1 + 2j).conjugate(), int.__le__(1, 2), int.__add__(1, 2), (5).__mul__(2))
    print((-5).to_bytes(2, "big", signed=True), int.from_bytes(b"\xff\xfb", "big", signed=True))
    print(pow(3, -1, 7), pow(10, -2, 77), pow(-3, -1, 7), struct.pack("<?e", True, 1.5))
    attempt(
        lambda: pow(2, -1, 4),
        lambda: pow(2, 3, 0),
        lambda: pow(2, 1 << 99, 0),
        lambda: float("1e"),
        lambda: (200).to_bytes(1, "big", signed=True),
    )


def letters():
    print(f"{'é':5}|{'é':>5}|{'é':é^5}|{'abc':─^9}|", "é".center(5) + "|", "ab".center(5, "*"))
    print(
        "%5s|%-5s|%.1s|%c|%c" % ("é", "é", "éa", "é", 233),
        "{:.2}".format("éàü"),
        "é".ljust(3) + "|",
    )
    print(unicodedata.category("é"), "é".isalpha(), "ß".upper(), "éa".capitalize(), "٣".isdigit())
    print("ÀB".isupper(), "É".lower(), "\u2003".isspace(), "éà".title())
    attempt(
        lambda: "é".encode("ascii"), lambda: b"\xe9".decode("ascii"), lambda: str(b"\xff", "utf-8"),
        lambda: "€".encode("latin-1"), lambda: bytes("é", "ascii"), lambda: str(b"\xe9", "ascii"),
        lambda: "é".encode("latin-1"), lambda: b"a\xffb".decode("utf-8", "replace"),
        lambda: "é".encode("ascii", "ignore"), lambda: str(b"\xe9", "latin-1"),
    )  # fmt: skip
    print(b"abcd".translate(None, b"bc"), io.StringIO("a\nb\n").readlines())


def views():
    whole, items = memoryview(bytearray(b"abcd")), array.array("H", [1])
    items.frombytes(b"\x03\x00")
    print(whole[1:3].tobytes(), whole.cast("H").tolist(), whole[2:].cast("H").nbytes, whole.format)
    print(items.tobytes(), items.tolist(), items.itemsize, items.typecode)
    view = memoryview(b"abcd")
    print(view[1:].tobytes(), view.tolist(), list(view), len(view))
    try:
        memoryview("text")
    except TypeError:
        print("text is no bytes")


def missing():
    try:
        import nothing_of_this_name  # noqa: F401, PLC0415 - there is none, which is what is tested
    except ModuleNotFoundError:
        print("no module")
    print(
        isinstance(True, int),
        isinstance(True, (str, int)),
        True.real,
        float(Half(0.5)),
        int(Half(2.5)),
    )
    print("%(a)s %(b)s" % Answers(), "%s-%s" % Two((1, 2)), "%c%c" % ("\u20ac", 233))


class Half(float):
    pass


class Answers:
    def __getitem__(self, key):
        return key * 2


class Two(tuple):
    pass


class Formatted:
    def __format__(self, spec):
        return "<" + super().__format__(spec)[:11]


class Bracketed(int):
    def __format__(self, spec):
        return "<" + super().__format__(spec)


def supers():
    """Of natives, and of what objects have beside."""
    print(f"{Formatted()}"[:2], Bracketed(5).__format__("03d"), object.__format__(3, "")[:1])
    print(
        super(str, "a").upper() if hasattr(super(str, "a"), "upper") else "A",
        super(bool, True).bit_length(),
    )
    try:
        f"{Formatted():3}"
    except TypeError:
        print("no such format")
    print(super(str, "a"), super(object, 3), super(Left, Both))
    for no_class in ((str, int), str | int, "str"):
        try:
            print(super(no_class, "a"))
        except TypeError:
            print("no class")


HERE = [name for name in dir() if name == "Formatted"]


class Named(type):
    def of_metaclass(cls):
        pass


class Base:
    first = 1

    @property
    def fails(self):
        raise ValueError


class Listed(Base, metaclass=Named):
    second = 2

    def __init__(self):
        self.third = 3


class Lists:
    def __dir__(self):
        return ["b", "a"]


def listings():
    """What `dir` and `vars` list; nothing is computed for it."""
    for one in (Listed, Listed(), Base, Lists(), math):
        print([name for name in dir(one) if name[0] != "_"][:4])
    print("append" in dir([]), "title" in dir(str), "mro" in dir(str), "__init__" in dir(Base))
    print(HERE[-1], vars(Listed()))


class Item:
    def __init__(self, mark):
        self.mark = mark


class Marked(str, Item):
    def __new__(cls, text, mark):
        return super().__new__(cls, text)

    def __init__(self, text, mark):
        super().__init__(mark)


class Twice(tuple, Item):
    def __new__(cls, one):
        return super().__new__(cls, (1, one))


def values():
    """Mixed into natives; searched for; named alike in C."""
    print(Marked("a", 3).mark, Marked("a", 3), Twice(5), Twice(5).mark)
    print("+", "_plus_", "a_plus_b".replace("_plus_", "+"), "-", "_hyphen_")
    print(b"abca".find(97, 1), bytearray(b"abc").index(98), b"aab".count(97), b"abca".rfind(97))
    attempt(lambda: b"a".find(256), lambda: "bücher.example.".encode("idna"))
    attempt(lambda: b"xn--bcher-kva.de".decode("idna"), lambda: "".encode("idna"))


def escapes():
    """The codec of Python's literals."""
    attempt(
        lambda: rb"a\n\x41\u20ac\101\'".decode("unicode-escape"), lambda: b"\\x4".decode("unicode-escape"),
        lambda: "é€\n\\a\U0001f600".encode("unicode_escape"), lambda: b"\xe9\\".decode("unicode_escape"),
    )  # fmt: skip


def steps():
    """Slices with steps are assigned to, and deleted."""
    data, items = bytearray(range(10)), array.array("H", range(7))
    data[::3] = b"abcd"
    items[5:0:-2] = array.array("H", [8, 9, 10])
    print(data, items)
    del data[::3], data[4:0:-3], items[1::2]
    view = memoryview(data)
    view[::2] = bytes(len(view[::2]))
    print(data, items)
    del view
    for wrong in (b"a", b"abcdef"):
        try:
            data[::2] = wrong
        except ValueError as error:
            print(error)


def own(first, *rest, second=2):
    """`locals()`, of a function."""
    if first:
        third = [hidden * 2 for hidden in rest]
    else:
        fourth = 4
    inside = lambda inner: locals()  # noqa: E731 - a lambda is what is tested
    print("%(first)s %(second)s" % locals(), inside(5), list(locals()))
    del second
    return sorted(locals())


def functions():
    print(own(1, 2), own(0))
    for error in (KeyError("k"), Unlike("u")):
        try:
            raise error
        except Exception as caught:
            again = caught.with_traceback(None)
            print(again.__traceback__)
        try:
            raise again
        except Exception as caught:
            print(caught.__traceback__ is None)


class Unlike(Exception):
    pass


OPERATORS = (
    "add", "sub", "mul", "matmul", "truediv", "floordiv", "mod", "pow", "lshift", "rshift", "and",
    "or", "xor",
)  # fmt: skip


def told(name):
    return lambda self, other: name


class InPlace:
    pass


class Apart:
    pass


class Declines:
    def __ior__(self, other):
        return NotImplemented

    def __or__(self, other):
        return "or"


for each in OPERATORS:
    setattr(InPlace, f"__i{each}__", told("i" + each))
    setattr(InPlace, f"__{each}__", told(each))
    setattr(Apart, f"__{each}__", told(each))


def in_place():
    for kind in (InPlace, Apart):
        a = b = c = d = e = f = g = h = i = j = k = m = n = kind()
        a += 1
        b -= 1
        c *= 1
        d @= 1
        e /= 1
        f //= 1
        g %= 1
        h **= 1
        i <<= 1
        j >>= 1
        k &= 1
        m |= 1
        n ^= 1
        print(a, b, c, d, e, f, g, h, i, j, k, m, n)
    one = Declines()
    one |= 1
    print(one)
    for kind in (list, type("Listed", (list,), {})):
        one = other = kind([1])
        one += [2]
        one *= 2
        print(one is other, other)


class Meta(type):
    def __iter__(cls):
        return iter("ab")

    def __reversed__(cls):
        return iter("ba")

    def __len__(cls):
        return 2

    def __contains__(cls, item):
        return item == 1

    def __getitem__(cls, key):
        return ("item", key)

    def __setitem__(cls, key, value):
        print("set", key, value)

    def __delitem__(cls, key):
        print("deleted", key)

    def __call__(cls, *args):
        return ("called", args)

    def __bool__(cls):
        return False

    def __add__(cls, other):
        return "added"

    def __lt__(cls, other):
        return "less"

    def __neg__(cls):
        return "negative"


class Asked(metaclass=Meta):
    pass


class Says(type):
    def __setattr__(cls, name, value):
        print("set", cls.__name__, name)
        super().__setattr__(name, value)

    def __delattr__(cls, name):
        print("deleted", name)
        type.__delattr__(cls, name)

    def __getattr__(cls, name):
        if name == "nothing":
            raise AttributeError(name)
        return "asked for " + name

    def __eq__(cls, other):
        return cls.__name__[0] == getattr(other, "__name__", "?")[0]

    def __hash__(cls):
        return hash(cls.__name__[0])


class Art(metaclass=Says):
    x = 1


class Artist(Art):
    pass


class Book(Art):
    pass


def classes_say():
    """A class is given attributes, is asked for those that it lacks, and is compared by its metaclass."""
    Art.x = 2
    Art.y = 3
    print(Art.x, Art.y, Artist.x)
    del Art.y
    print(Art.z, Artist.z, Art().x, getattr(Art, "nothing", 7), hasattr(Art, "nothing"))
    print(Art == Artist, Art == Book, Art != Artist, Art != Book, Art == 3, Art in (Book, Artist))
    print(len({Art, Artist, Book}), {Art: 1}[Artist], hash(Art) == hash(Artist), type(Book) is Says)
    print(isinstance(Book(), Art), issubclass(Book, Art), issubclass(Art, Book))
    try:
        type.__setattr__(int, "x", 3)
    except TypeError:
        print("immutable")


class Watched:
    def __init__(self):
        self.own = 1

    def __getattribute__(self, name):
        if name == "seen":
            return "seen"
        if name == "hidden":
            raise AttributeError(name)
        return super().__getattribute__(name)

    def __getattr__(self, name):
        return "fallback " + name


class WatchedToo(Watched):
    pass


class Aliased(dict):
    def __getattr__(self, name):
        if name == "missing":
            return object.__getattribute__(self, name)
        return super().__getattribute__("get")("of " + name)


class Named(type):
    def __new__(cls, name, bases, names):
        return super().__new__(cls, name, bases, {"made": True, **names})

    def __init__(cls, name, bases, names):
        print("initialised", name, sorted(one for one in names if one[0] != "_"))
        super().__init__(name, bases, names)


class NoClass(type):
    def __new__(cls, name, bases, names):
        return name

    def __init__(cls, name, bases, names):
        print("never")


class Before:
    pass


class After:
    def say(self):
        return "after"


SHARED = {}


class Bunch:
    def __init__(self, **given):
        self.__dict__.update(given)


class Borg(Bunch):
    def __init__(self, **given):
        self.__dict__ = SHARED
        super().__init__(**given)


class Attributes(dict):
    def __init__(self, **given):
        super().__init__(**given)
        self.__dict__ = self


class Frozen:
    def __init__(self):
        vars(self)["kept"] = 1

    def __setattr__(self, name, value):
        raise AttributeError(name)


class Meta(type):
    """Asks `type` for what it is itself."""

    def __hash__(cls):
        return type.__hash__(cls)

    def __eq__(cls, other):
        return type.__eq__(cls, other)


class OfMeta(metaclass=Meta):
    pass


class BelowMeta(OfMeta):
    pass


def never_run():
    """What is never run makes a function a generator, and a name local."""

    def first():
        if 0:
            yield

    def second():
        while False:
            yield 1

    def third():
        if 1:
            return 5
        else:
            yield

    def local():
        if 0:
            math = 1
        try:
            return math
        except UnboundLocalError:
            return "local"

    print([*first(), *second(), *third()], local())
    print(OfMeta == OfMeta, OfMeta == BelowMeta, {OfMeta: 1}[OfMeta], len(OfMeta.__subclasses__()))
    print(isinstance(5, ((str, bytes), type)), isinstance(5, ((str, (bytes, int)), type)))
    print(issubclass(int, ((str,), (bytes, int))), issubclass(OfMeta, ((str,), (int,))))
    print(hash(OfMeta) == object.__hash__(OfMeta), type.__eq__(OfMeta, OfMeta))


class Doubled:
    """A descriptor that keeps its value below its own name."""

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, thing, owner=None):
        return self if thing is None else 2 * thing.__dict__[self.name]

    def __set__(self, thing, value):
        thing.__dict__[self.name] = value


class Kept:
    value = Doubled()

    @property
    def half(self):
        return vars(self)["value"] / 2


class Asking:
    def __init__(self):
        self.x = [1]

    def __getattr__(self, name):
        raise AttributeError(name)


def dictionaries():
    """What is written to the dictionary of something's attributes is one."""
    bunch = Bunch(a=1)
    own = vars(bunch)
    own["b"] = bunch.c = 2
    print(
        own is bunch.__dict__,
        own,
        own.setdefault("d", 3),
        bunch.d,
        own.pop("a"),
        hasattr(bunch, "a"),
    )
    own.update({f"n{number}": number for number in range(20)})
    del bunch.n3, own["n4"]
    print(
        bunch.n19, hasattr(bunch, "n4"), list(own), {**own} == own, Bunch(a=1).__dict__ == {"a": 1}
    )
    own.clear()
    bunch.a = 5
    print(own, dir(bunch)[-1:], bunch.a)
    bunch.__dict__ = {"x": 1}
    print(own, vars(bunch), bunch.x, hasattr(bunch, "a"))
    Borg(a=1).b = 2
    print(vars(Borg()), SHARED)
    item = Attributes(a=1)
    item.b = item["c"] = 2
    print(item, item.c, len(item), item == vars(item))
    frozen = Frozen()
    object.__setattr__(frozen, "__dict__", {"more": 2, **vars(frozen)})
    print(frozen.kept, frozen.more)
    for error in (ValueError("x"), Problem("x")):
        vars(error)["code"] = 3
        print(error.code, vars(error))
    kept = Kept()
    kept.value = 5
    vars(kept)["half"] = "of no use"
    print(kept.value, kept.half, vars(kept))
    kept.value = 6
    print(kept.value, vars(kept)["value"], copy.copy(Asking()).x, copy.deepcopy(Asking()).x)
    dictionaries.__dict__["tag"] = 4
    print(dictionaries.tag, vars(dictionaries))
    globals()["made"] = 5
    print(made)  # noqa: F821 - in the line above
    for write in (lambda: vars(Bunch).update(a=1), lambda: setattr(bunch, "__dict__", 3)):
        try:
            write()
        except (TypeError, AttributeError):
            print("refused")


class Leaving:
    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        print(kind, error, type(trace).__name__)
        return True


def asked():
    """What classes, attributes, views and contexts are asked for."""
    print(list(Asked), list(reversed(Asked)), len(Asked), 1 in Asked, 2 in Asked, Asked["k"])
    print(Asked(1, 2), bool(Asked), Asked + 1, Asked < 1, -Asked)
    Asked[1] = 2
    del Asked[1]
    watched = Watched()
    print(watched.own, watched.seen, watched.hidden, watched.other, WatchedToo().seen)
    print(getattr(watched, "seen"), hasattr(watched, "seen"))  # noqa: B009
    print(Aliased({"of it": 3}).it, hasattr(Aliased(), "missing"))
    made = Named("made", (), {"x": 1})
    print(made.made, made.x, type(made) is Named, NoClass("a name", (), {}))
    one = Before()
    one.__class__ = After
    print(one.say(), type(one).__name__, isinstance(one, After), isinstance(one, Before))
    for other in (int, 5):
        try:
            one.__class__ = other
        except TypeError:
            print("refused")
    data = bytearray(b"abc")
    with memoryview(data) as view:
        view[0] = 65
    for use in (len, bytes, memoryview, lambda view: view[0], lambda view: view.tolist()):
        try:
            print(use(view))
        except ValueError as error:
            print(error)
    view.release()
    with Leaving():
        raise ValueError(5)
    with Leaving():
        pass


def start():
    for part in (
        bases, natives, slices, attributes, depth, formats, objects, numbers, letters, views, asked,
        missing, supers, listings, values, functions, escapes, steps, in_place, dictionaries,
        classes_say, never_run,
    ):  # fmt: skip
        print("-", part.__name__)
        part()


if __name__ == "__main__":
    start()
