"""Attributes of objects, where they are kept and who is asked, printed: CPython and an image must print
the same."""

import abc
import copy
import pickle
import types
from collections import namedtuple
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar


def attempt(*functions):
    """What each of them returns, or raises."""
    for function in functions:
        try:
            print(repr(function()))
        except Exception as error:
            print(type(error).__name__, error)


class Two:
    __slots__ = ("x", "y")

    def __init__(self):
        self.x = 1

    def method(self):
        return self.x


class Three(Two):
    __slots__ = ["w"]
    kind = "three"


class Open(Two):
    pass


class Kept:
    __slots__ = ("__dict__", "a")


class Hidden:
    __slots__ = ("__private", "__weakref__", "_a")

    def __init__(self):
        self.__private = 3

    @property
    def a(self):
        return self._a

    @a.setter
    def a(self, value):
        self._a = value


class Whole(int):
    __slots__ = ()


class Failure(Exception):
    __slots__ = ("q",)


class Above(abc.ABC):
    __slots__ = ()

    @abc.abstractmethod
    def told(self):
        pass


class Below(Above, Generic[TypeVar("T")]):
    __slots__ = "name"  # noqa: PLC0205 -- one name

    def told(self):
        return self.name


class Pairs(Mapping):
    __slots__ = ("_pairs",)

    def __init__(self, pairs):
        self._pairs = pairs

    def __getitem__(self, key):
        return self._pairs[key]

    def __iter__(self):
        return iter(self._pairs)

    def __len__(self):
        return len(self._pairs)


class Place(namedtuple("Place", "x y")):
    __slots__ = ()


@dataclass(slots=True)
class Point:
    x: int
    y: int = 2


@dataclass(slots=True, frozen=True)
class Fixed:
    x: int


def conflicting():
    type("Other", (), {"__slots__": ("x",), "x": 3})


def unnamed():
    type("Other", (), {"__slots__": (3,)})


def slots():
    """What a class with `__slots__` gives its objects."""
    two, three = Two(), Three()
    three.w = three.y = 4
    for one in (two, three, Whole(3), Hidden(), Below(), Pairs({}), Place(1, 2), Point(1)):
        attempt(lambda one=one: setattr(one, "other", 1), lambda one=one: hasattr(one, "__dict__"))
        attempt(lambda one=one: vars(one))
    attempt(lambda: two.y, lambda: two.__dict__, lambda: setattr(three, "kind", 1))
    attempt(lambda: setattr(two, "method", 1), lambda: object.__setattr__(two, "other", 1))
    attempt(conflicting, unnamed, lambda: object.__setattr__(Fixed(1), "other", 1))
    attempt(lambda: setattr(Fixed(1), "x", 2), lambda: setattr(two, "__dict__", {}))
    for one in (Open(), Kept(), Failure("a")):
        one.other = 5
        print(one.other, one.__dict__["other"])
    hidden = Hidden()
    hidden.a = 4
    print(hidden.a, hidden._Hidden__private, "x" in dir(two), "y" in dir(two), Point.__slots__)
    del hidden._a
    attempt(lambda: hidden.a)
    print(
        type(Two.x).__name__,
        Two.x.__get__(two),
        Three.x,
        isinstance(Two.x, types.MemberDescriptorType),
    )
    Two.y.__set__(two, 6)
    print(two.y, [name for name in dir(Point(1)) if name[0] != "_"])
    for one in (three, Point(3), Fixed(4)):
        same, again = copy.copy(one), pickle.loads(pickle.dumps(one))
        print([(each.x, type(each).__name__) for each in (same, again)])
    print(Three().__getstate__(), Open().__getstate__()[1], pickle.loads(pickle.dumps(three)).w)


class Watched:
    """What sets its attributes by itself, and has properties."""

    def __setattr__(self, name, value):
        print("set", name)
        super().__setattr__(name, value)

    def __delattr__(self, name):
        print("del", name)
        object.__delattr__(self, name)

    @property
    def x(self):
        return self._x

    @x.setter
    def x(self, value):
        self._x = value * 2

    @x.deleter
    def x(self):
        print("deleted")

    @property
    def fixed(self):
        return 3


class Descriptor:
    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, one, owner):
        return one.__dict__.get(self.name)

    def __set__(self, one, value):
        one.__dict__[self.name] = value + 1


class Described:
    value = Descriptor()


def order():
    """`__setattr__` is asked before properties are, and `object.__setattr__` asks them."""
    watched, described = Watched(), Described()
    watched.x = 4
    print(watched.x, watched._x)
    del watched.x
    object.__setattr__(described, "value", 5)
    print(described.value)
    attempt(lambda: setattr(watched, "fixed", 1), lambda: delattr(watched, "fixed"))
    attempt(lambda: delattr(watched, "other"), lambda: object.__delattr__(described, "other"))


class Documented:
    def _get(self):
        return 1

    given = property(_get, doc="given")

    @property
    def both(self):
        return self._both

    @both.setter
    def both(self, value):
        self._both = value

    other = both.getter(lambda self: 5)


class Base:
    def __init_subclass__(cls, /, tag=None, **keywords):
        super().__init_subclass__(**keywords)
        cls.tag = tag

    def __class_getitem__(cls, item):
        return (cls.__name__, item)


class Tagged(Base, tag=3):
    pass


def below(*bases):
    class Other(*bases, tag=1):
        pass

    return Other


class Reflected:
    def __rdivmod__(self, other):
        return ("rdivmod", other)


def classes():
    """What properties and classes are told."""
    one = Documented()
    one.both = 4
    name = "__{}__".format("doc")  # by its name, all of a project would keep its documentation
    print(one.both, one.other, one.given, getattr(Documented.given, name))
    print(Documented.both.fget.__name__, Documented.both.fset is None)
    print(Tagged.tag, Base[3], Tagged["x"], divmod(7, Reflected()), divmod(2.5, Reflected()))
    print(below(Base).tag, below(Base, Two).tag)


def start():
    classes()
    slots()
    order()


if __name__ == "__main__":
    start()
