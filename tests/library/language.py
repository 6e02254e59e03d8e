"""What the language does, printed: CPython and an image must print the same."""

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


def views():
    view = memoryview(b"abcd")
    print(view[1:].tobytes(), view.tolist(), list(view), len(view))
    try:
        memoryview("text")
    except TypeError:
        print("text is no bytes")


def missing():
    try:
        import nothing_of_this_name  # noqa: F401, PLC0415
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


def start():
    for part in (bases, natives, slices, attributes, depth, formats, views, missing):
        print("-", part.__name__)
        part()


if __name__ == "__main__":
    start()
