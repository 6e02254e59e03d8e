"""Native types, their subclasses and numbers, printed: CPython and an image must print the same."""

import array
import asyncio
import contextlib
import math
import struct
import sys
from collections import deque
from io import BytesIO


def attempt(*functions):
    """What each of them raises or returns."""
    for function in functions:
        try:
            print(function())
        except Exception as error:
            print(type(error).__name__, error)


class Whole(int):
    def __init__(self, *_):
        super().__init__()
        self.kept = "kept"

    def __eq__(self, other):
        return super().__eq__(other)

    def __hash__(self):
        return super().__hash__()

    def __ne__(self, other):
        return super().__ne__(other)

    def __add__(self, other):
        return Whole(super().__add__(other))

    def __lt__(self, other):
        return super().__lt__(other)

    def __repr__(self):
        return "W" + super().__repr__()


class Doubled(int):
    def __new__(cls, value):
        made = super().__new__(cls, value * 2)
        made.tag = "twice"
        return made


class Text(str):
    def __init__(self, value, mark="!"):
        super().__init__()
        self.mark = mark

    def __new__(cls, value, mark="!"):
        return super().__new__(cls, value)

    def __eq__(self, other):
        return super().__eq__(other)

    def __hash__(self):
        return super().__hash__()

    def __contains__(self, other):
        return super().__contains__(other)

    def __getitem__(self, index):
        return Text(super().__getitem__(index))

    def __mod__(self, other):
        return super().__mod__(other)

    def __len__(self):
        return super().__len__() + 1

    def __format__(self, spec):
        return "<" + spec + ">"


class Pair(tuple):
    def __init__(self, items):
        super().__init__()

    def __add__(self, other):
        return Pair(super().__add__(other))

    def __lt__(self, other):
        return super().__lt__(other)


class Items(list):
    def __getitem__(self, index):
        return super().__getitem__(index)

    def __setitem__(self, index, value):
        super().__setitem__(index, value)

    def __iadd__(self, other):
        return super().__iadd__(other)

    def __eq__(self, other):
        return super().__eq__(other)

    def __reversed__(self):
        return super().__reversed__()


class Table(dict):
    def __or__(self, other):
        return super().__or__(other)

    def __contains__(self, key):
        return super().__contains__(key)

    def __init__(self, *args, **named):
        self["first"] = 0
        super().__init__(*args, **named)


class Empty(list):
    def __len__(self):
        return 0


class Plain:
    def __str__(self):
        return super().__str__()

    def __repr__(self):
        return "Plain()"

    def __eq__(self, other):
        return super().__eq__(other)

    def __hash__(self):
        return super().__hash__()

    def __ne__(self, other):
        return super().__ne__(other)


class Index:
    def __init__(self, value):
        self.value = value

    def __index__(self):
        return self.value


class Kept(frozenset):
    pass


def subclasses():
    print(Whole(5), Whole(5).kept, Whole(1) + 2, Whole(1) == 1, Whole(1) != 1, hash(Whole(3)))
    print(Whole(1) < 2, {Whole(1): 2}[1], Doubled(5), Doubled(4).tag, Doubled(5) // 3)
    print(Text("abc"), Text("abc", "?").mark, len(Text("abc")), Text("a") == "a", "b" in Text("ab"))
    print(Text("abc")[1:].mark, Text("%s") % 3, f"{Text('a'):>3}", "{:q}".format(Text("a")))
    print(Pair([1, 2]), Pair([1]) + (2,), Pair([1]) < (2,), len(Pair("ab")), Kept([1]), Kept())
    items = Items([1, 2, 3])
    items += [4]
    items[0] = 9
    print(items, type(items).__name__, items[1:], list(reversed(items)), items == [9, 2, 3, 4])
    print(Table(a=1), Table() | {"b": 2}, "first" in Table(), bool(Empty([1])), not Empty([1]))
    plain = Plain()
    print(plain, plain == plain, plain == 1, plain != 1, hash(plain) == hash(plain), {plain})
    print(object().__str__()[:15], (5).__add__(3), "a".__contains__("a"), int.__eq__(1, 1))
    print([1].__eq__([1]), {1: 2}.__or__({3: 4}), (5).__lt__(5.5), "a".__lt__(1))


def containers():
    print(True & False, True | False, True ^ True, True & 1, type(True | 0))
    print(range(3) == range(3), range(0) == range(5, 5), range(0, 4, 3) == range(0, 5, 3))
    print(hash(range(3)) == hash(range(3)), range(0, 10, 2).index(4), range(5).count(9))
    found = iter([1, 2, 0, 3])
    print(list(iter(lambda: next(found), 0)), slice(1, 2) == slice(1, 2), round(2.7, None))
    table = {"a": 1, "b": 2}
    print(list(reversed(table)), list(reversed(table.values())), list(reversed(table.items())))
    print(table.keys() == {"a", "b"}, table.keys() <= {"a"}, ("a", 1) in table.items())
    print([1, 2, 3][Index(1)], "abcd"[Index(1) : Index(3)], list(range(Index(3))), [0] * Index(2))
    data = bytearray(b"abc")
    data.insert(0, 66)
    print(data.pop(), data, data.reverse(), data, data.remove(66), data.clear(), data)
    kept = {1, 2, 3}
    kept.intersection_update([1, 2], [2])
    print(kept, b"".join([memoryview(b"a"), bytearray(b"b")]), b"a\tb".expandtabs(4))
    view = memoryview(b"abcdef")
    print(
        view[::2].tobytes(),
        view[::-1].tolist(),
        view.shape,
        view.readonly,
        hash(view) == hash(b"abcdef"),
    )
    numbers = array.array("d", [1.5, 2.0])
    numbers.insert(0, 9.0)
    print(numbers, numbers.pop(), numbers.index(1.5), numbers * 2, 9.0 in numbers, numbers[::-1])
    print(numbers == array.array("d", [9.0, 1.5]), numbers == array.array("f", [9.0]))


def exactly():
    print((255).to_bytes(1, "big"), (-(10**20)).to_bytes(9, "little", signed=True), (1).to_bytes())
    print(int.from_bytes(b"\xff" * 10, "big", signed=True), int.from_bytes([1, 2], "little"))
    attempt(
        lambda: (256).to_bytes(1, "big"), lambda: (-1).to_bytes(1, "big"), lambda: (128).to_bytes(1, "big", signed=True),
        lambda: (1).to_bytes(1, "middle"), lambda: (5).to_bytes(-1, "big"), lambda: float(10**400),
        lambda: 10**400 / 1, lambda: 10**400 + 1.0, lambda: 1 / 0, lambda: "a" < 1, lambda: 1 + "a", lambda: -"a",
        lambda: int("x"), lambda: float("x"), lambda: {[]: 1}, lambda: list(5), lambda: Index(1)(), lambda: unknown,
    )  # fmt: skip
    print(10**25 / 10**5, 10**25 / 3, 10**400 / 10**399, 1 / 10**30, (2**60 + 1) / 3, -7 / 2**70)
    print(10**30 == 1e30, float(2**53) < 2**53 + 1, 10**400 > 1e308, float("inf") > 10**400)
    print(
        math.log(10**400), math.log2(2**2000), math.log10(10**500), math.log10(1000), math.log2(8)
    )
    print(
        hash(1.0) == hash(1), hash(2.0**70) == hash(2**70), math.ulp(1.0), math.nextafter(1.0, 2.0)
    )
    print(math.remainder(7, 3), math.log1p(1e-10), "{!a} %a".format("é") % "é")


class Told(ValueError):
    def __init__(self, *args):
        print("args", self.args)
        self.first = args

    def __str__(self):
        return "told " + super().__str__()


def errors():
    print(Told("a"), repr(Told("a", 2)), [str(Told())])
    missing = OSError(2, "No such", "file.txt")
    print(missing, missing.strerror, missing.filename, missing.args, OSError("text").errno)
    try:
        missing.absent
    except AttributeError as error:
        print(error.name, error.obj is missing)
    try:
        absent
    except NameError as error:
        print(error.name, sys.exc_info()[2] is not None)
    try:
        print(late)
        late = 1
    except UnboundLocalError:
        print("not yet")
    error = ValueError("x")
    error.__cause__ = KeyError("c")
    print(repr(error.__cause__), error.__suppress_context__)
    some, text = b"a", "b"
    for mixed in (
        lambda: some + text, lambda: text in some, lambda: some < text, lambda: bytearray(some) + text,
        lambda: text + some, lambda: some in text, lambda: some == text, lambda: some + bytearray(some),
    ):  # fmt: skip
        outcome(mixed)
    groups()


def groups():
    group = ExceptionGroup("of two", [ValueError(1), ExceptionGroup("in", [TypeError(2)])])
    print(group, repr(group.subgroup(TypeError)), [repr(one) for one in group.split(ValueError)])
    try:
        raise group
    except* ValueError as found:
        print("values", found.exceptions)
    except* TypeError as found:
        print("types", repr(found))
    try:
        try:
            raise ExceptionGroup("rest", [ValueError(1), KeyError(2)])
        except* ValueError:
            print("one of them")
    except ExceptionGroup as rest:
        print(repr(rest))
    try:
        raise ValueError(5)
    except* (ValueError, KeyError) as found:
        print(repr(found.exceptions))
    else:
        print("not here")
    finally:
        print("at last")


async def numbers():
    for one in range(3):
        yield one


async def doubled(one):
    await asyncio.sleep(0)
    return one * 2


async def waiting():
    made = (one + 1 async for one in numbers() if one)
    print([one async for one in made], {one: two async for one in numbers() for two in "a"})
    print([one async for one in (await doubled(one) for one in (1, 2))])
    found = aiter(numbers())
    print(await anext(found), await anext(found), await anext(found), await anext(found, "end"))


def outcome(function):
    """What it returns, or the class of what it raises."""
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__)


class Acting:
    """Compared, hashed or used as an index, it acts once."""

    def __init__(self, action, value=1, answer=False):
        self.action, self.value, self.answer = action, value, answer

    def act(self):
        action, self.action = self.action, None
        if action:
            action()

    def __hash__(self):
        return 1

    def __eq__(self, other):
        self.act()
        if isinstance(other, Acting):
            other.act()
        return self.answer

    def __index__(self):
        self.act()
        return self.value


def clearing(count=10, answer=False):
    made = []
    made.extend([Acting(made.clear, answer=answer) for _ in range(count)])
    return made


def changing():
    """Containers that change while they are looked through."""
    for answer in (False, True):
        for use in (
            lambda held: held.index(3), lambda held: held.count(3), lambda held: held.remove(3),
            lambda held: 3 in held, lambda held: held == [1] * 10, lambda held: held < [1] * 10,
        ):  # fmt: skip
            held = clearing(answer=answer)
            outcome(lambda use=use, held=held: use(held))
            print(len(held))
    for use in (
        lambda held, at: held[at], lambda held, at: held[at:], lambda held, at: held[::at],
        lambda held, at: held.__setitem__(at, 4), lambda held, at: held.__delitem__(slice(at, 7)),
    ):  # fmt: skip
        for held in (list(range(10)), bytearray(range(10))):
            outcome(lambda use=use, held=held: use(held, Acting(held.clear)))
            print(held)
    held = [1, 2, 3]
    held[1:1] = held
    held += held
    print(held)
    for count in (1, 3, 8, 9, 30, 100):
        for action in (
            dict.clear,
            dict.popitem,
            lambda held: held.update((i, i) for i in range(9)),
        ):
            for use in (dict.get, lambda held, key: held.pop(key, 0), dict.setdefault):
                held = {Acting(None): at for at in range(count)}
                key = Acting(lambda held=held, action=action: action(held))
                print(use(held, key), len(held), len(list(held)), len(held.copy()), end=" ")
        for action in (set.clear, set.pop, lambda held: held.update(range(9))):
            for use in (set.add, set.discard, set.__contains__):
                held = {Acting(None) for _ in range(count)}
                print(use(held, Acting(lambda held=held, action=action: action(held))), end=" ")
                print(len(held) == len(list(held)))


def viewed():
    """Memory that a view refers to, and what grows, shrinks or is packed into meanwhile."""
    file, data, items = BytesIO(b"abcd" * 4), bytearray(16), array.array("i", [1] * 4)
    views = [file.getbuffer(), memoryview(data), memoryview(items)]
    for grow in (
        lambda: file.write(b"y" * 10000), lambda: data.extend(b"y" * 10000), lambda: items.extend(items * 9999),
    ):  # fmt: skip
        with contextlib.suppress(BufferError):  # CPython's answer
            grow()
    fresh = [bytearray(16) for _ in range(5000)]
    for view in views[:2]:
        view[:4] = b"ZZZZ"
    views[2][0] = -1
    print(any(any(one) for one in fresh))
    data = bytearray(b"abcd")
    outcome(lambda: data.append(Acting(data.clear, 65)))
    print(data)
    packed = bytearray(8)
    struct.pack_into(">HB", packed, 2, 258, 9)
    struct.pack_into("B", packed, -1, 7)
    print(packed)


class Mixin:
    def __new__(cls, *_):
        return super().__new__(cls)


class MixedList(Mixin, list):
    pass


def growing():
    """Containers that are iterated while their size changes, and values beyond their range."""
    for held in (dict.fromkeys(range(5)), set(range(5))):
        try:
            for one in held:
                held.pop() if isinstance(held, set) else held.pop(one)
        except RuntimeError as error:
            print(error)
    held = {1: 2}
    items = iter(held.items())
    print(list(items), held.update(a=1), list(items))
    symmetric = {1, 2}
    symmetric ^= symmetric
    print(symmetric)
    for use in (
        lambda: array.array("b", [200]), lambda: array.array("i", [2**40]), lambda: array.array("B", [-1]),
        lambda: array.array("Q", [2**64 - 1, 0]), lambda: array.array("q", [-(2**63), 2**63 - 1]),
        lambda: array.array("b", [-128, 127]), lambda: math.sinh(1000),
    ):  # fmt: skip
        outcome(use)
    attempt(
        lambda: bytearray([256]), lambda: math.exp(1000), lambda: math.log(0), lambda: math.pow(10, 1000),
        lambda: math.pow(0, -1), lambda: math.atanh(1), lambda: math.exp(700) > 1,
    )  # fmt: skip


def unsafe():
    """What is no way to make an object."""
    attempt(lambda: object.__new__(MixedList), lambda: type.__call__(3))
    outcome(lambda: object.__new__(Whole))
    print(MixedList(), type(object.__new__(Mixin)).__name__)


def rarely():
    return 10**10**9, 1 << 10**9


def met():
    """What programs meet now and then."""
    items, names, some, sizes = [1], {}, bytearray(b"abcdef"), deque([1, 2])
    items.append(items)
    names["n"] = names
    some[1:3] = [7, 8, 9]
    print(items, names, [items, items], some, 2**100, -(3**70) * 2**60)

    def grown():
        for one in sizes:
            sizes.append(one)

    attempt(
        grown,
        lambda: some.hex("-", 2) + some.hex(":", -3) + some.hex("-", 90) + b"".hex(),
        lambda: math.ldexp(1.0, 5000) + math.ldexp(-1.0, -(10**9)),
        lambda: math.ldexp(1.5, -(10**9)),
        lambda: ("{:%s}" % ("9" * 30)).format(1),
        lambda: open("missing"),
    )
    with contextlib.suppress(OverflowError):
        print(10.0**1000)
    try:
        open("missing")
    except OSError as error:
        print(error.errno, error.strerror, error.filename)


def start():
    for part in (subclasses, containers, exactly, errors, changing, viewed, growing, unsafe, met):
        print("-", part.__name__)
        part()
    return waiting()


if __name__ == "__main__":
    asyncio.run(start())
