"""The abstract classes of collections: what has their methods is one, and classes can be registered."""

import collections
from abc import ABCMeta, abstractmethod

import _modern

__all__ = [
    "AsyncGenerator",
    "AsyncIterable",
    "AsyncIterator",
    "Awaitable",
    "ByteString",
    "Callable",
    "Collection",
    "Container",
    "Coroutine",
    "Generator",
    "Hashable",
    "ItemsView",
    "Iterable",
    "Iterator",
    "KeysView",
    "Mapping",
    "MappingView",
    "MutableMapping",
    "MutableSequence",
    "MutableSet",
    "Reversible",
    "Sequence",
    "Set",
    "Sized",
    "ValuesView",
]  # fmt: skip

_VIEW = type({}.keys())
_NATIVE = {
    "Sequence": (list, tuple, str, bytes, bytearray, range, memoryview, collections.deque),
    "MutableSequence": (list, bytearray, collections.deque),
    "Mapping": (dict,),
    "MutableMapping": (dict,),
    "Set": (set, frozenset),
    "MutableSet": (set,),
    "ByteString": (bytes, bytearray),
    "Hashable": (int, str, bytes, float, tuple, frozenset, type(None), type),
    "Iterable": (list, tuple, str, bytes, bytearray, range, dict, set, frozenset, _VIEW),
    "Sized": (list, tuple, str, bytes, bytearray, range, dict, set, frozenset, _VIEW),
    "Container": (list, tuple, str, bytes, bytearray, range, dict, set, frozenset, _VIEW),
    "Collection": (list, tuple, str, bytes, bytearray, range, dict, set, frozenset, _VIEW),
    "Reversible": (list, tuple, str, bytes, bytearray, range, dict, _VIEW),
    "MappingView": (_VIEW,),
}
"""Native types do not say what they have: these are listed."""
_VIEWS = (("ItemsView", "Set"), ("KeysView", "Set"), ("ValuesView",))
"""What the views of a dictionary are, which are of one type."""
_METHODS = {
    "Hashable": ("__hash__",),
    "Iterable": ("__iter__",),
    "Sized": ("__len__",),
    "Container": ("__contains__",),
    "Awaitable": ("__await__",),
    "AsyncIterable": ("__aiter__",),
    "Iterator": ("__next__", "__iter__"),
    "Generator": ("__next__", "__iter__", "send", "throw", "close"),
    "Reversible": ("__reversed__", "__iter__"),
    "Collection": ("__len__", "__iter__", "__contains__"),
    "Coroutine": ("__await__", "send", "throw", "close"),
    "AsyncIterator": ("__anext__", "__aiter__"),
    "AsyncGenerator": ("__anext__", "__aiter__", "asend", "athrow", "aclose"),
}
"""What makes a class one of those that only say that something is there."""


def _function():
    yield


_GENERATOR = type(_function())


def _closure(held):
    return lambda: held


_CALLED = tuple(
    {type(one) for one in (_function, len, print, max, "".join, _closure(1), _closure, type)}
)


def _are_called(cls):
    """Whether its objects are: it has `__call__`, and not its metaclass alone."""
    return issubclass(cls, _CALLED) or any("__call__" in one.__dict__ for one in _modern.mro(cls))


class _Meta(ABCMeta):
    def __subclasscheck__(cls, other):
        if cls in _modern.mro(other):
            return True
        name = cls.__name__
        if cls.__dict__.get("_listed"):
            if issubclass(other, _NATIVE.get(name, ())):
                return True
            if other is _GENERATOR:
                return name in (
                    "Iterable",
                    "Iterator",
                    "Generator",
                    "Hashable",
                    "Coroutine",
                    "Awaitable",
                )
            if name == "Callable" and _are_called(other):
                return True
            wanted = _METHODS.get(name)
            if wanted:
                if name == "Hashable":
                    return getattr(other, "__hash__", None) is not None and not issubclass(
                        other, (list, dict, set, bytearray)
                    )
                if all(getattr(other, one, None) is not None for one in wanted):
                    return True
        return any(issubclass(other, one) for one in cls.__dict__.get("_abc_registry", ())) or any(
            one is not cls and issubclass(other, one) for one in cls.__subclasses__()
        )

    def __instancecheck__(cls, value):
        if cls.__name__ == "Callable":
            return callable(value)
        if issubclass(type(value), cls):
            return True
        if isinstance(value, _VIEW) and cls.__dict__.get("_listed", False):
            return cls.__name__ in _VIEWS[_modern._more.viewed(value)]
        return (
            cls.__name__ in ("Iterable", "Iterator")
            and cls.__dict__.get("_listed", False)
            and hasattr(value, "__next__")
        )

    def __getitem__(cls, args):
        return _modern.GenericAlias(cls, args)


class _Listed(metaclass=_Meta):
    __slots__ = ()


def _thrown(kind, value):
    """The exception that `throw(kind, value)` raises."""
    if isinstance(kind, BaseException):
        return kind
    if isinstance(value, BaseException):
        return value
    return kind() if value is None else kind(value)


class Callable(_Listed):
    _listed = True

    @abstractmethod
    def __call__(self, *_, **__):
        return False


class Hashable(_Listed):
    _listed = True

    @abstractmethod
    def __hash__(self):
        return 0


class Iterable(_Listed):
    _listed = True

    @abstractmethod
    def __iter__(self):
        yield from ()


class Sized(_Listed):
    _listed = True

    @abstractmethod
    def __len__(self):
        return 0


class Container(_Listed):
    _listed = True

    @abstractmethod
    def __contains__(self, value):
        return False


class Awaitable(_Listed):
    _listed = True

    @abstractmethod
    def __await__(self):
        yield


class AsyncIterable(_Listed):
    _listed = True

    @abstractmethod
    def __aiter__(self):
        return self


class Buffer(_Listed):
    pass


class Iterator(Iterable):
    _listed = True

    @abstractmethod
    def __next__(self):
        raise StopIteration

    def __iter__(self):
        return self


class Generator(Iterator):
    _listed = True

    def __next__(self):
        return self.send(None)

    @abstractmethod
    def send(self, value):
        raise StopIteration

    @abstractmethod
    def throw(self, kind, value=None, traceback=None):
        raise _thrown(kind, value)

    def close(self):
        try:
            self.throw(GeneratorExit)
        except (GeneratorExit, StopIteration):
            return
        raise RuntimeError("generator ignored GeneratorExit")


class Reversible(Iterable):
    _listed = True

    @abstractmethod
    def __reversed__(self):
        yield from ()


class Collection(Sized, Iterable, Container):
    _listed = True


class Coroutine(Awaitable):
    _listed = True

    @abstractmethod
    def send(self, value):
        raise StopIteration

    @abstractmethod
    def throw(self, kind, value=None, traceback=None):
        raise _thrown(kind, value)

    def close(self):
        try:
            self.throw(GeneratorExit)
        except (GeneratorExit, StopIteration):
            return
        raise RuntimeError("coroutine ignored GeneratorExit")


class AsyncIterator(AsyncIterable):
    _listed = True

    @abstractmethod
    def __anext__(self):
        raise StopAsyncIteration

    def __aiter__(self):
        return self


class AsyncGenerator(AsyncIterator):
    _listed = True

    @abstractmethod
    def asend(self, value):
        raise StopAsyncIteration

    @abstractmethod
    def athrow(self, kind, value=None, traceback=None):
        raise _thrown(kind, value)


class Mapping(Collection):
    """What `__getitem__`, `__iter__` and `__len__` make a mapping of."""

    _listed = True

    @abstractmethod
    def __getitem__(self, key):
        raise KeyError

    @abstractmethod
    def __iter__(self):
        return iter(())

    @abstractmethod
    def __len__(self):
        return 0

    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def keys(self):
        return KeysView(self)

    def items(self):
        return ItemsView(self)

    def values(self):
        return ValuesView(self)

    def __eq__(self, other):
        if not isinstance(other, Mapping):
            return NotImplemented
        return dict(self.items()) == dict(other.items())


class MutableMapping(Mapping):
    """The same, with `__setitem__` and `__delitem__`."""

    _listed = True
    _missing = object()

    @abstractmethod
    def __setitem__(self, key, value):
        raise KeyError

    @abstractmethod
    def __delitem__(self, key):
        raise KeyError

    def pop(self, key, default=_missing):
        try:
            value = self[key]
        except KeyError:
            if default is MutableMapping._missing:
                raise
            return default
        del self[key]
        return value

    def popitem(self):
        for key in self:
            value = self[key]
            del self[key]
            return (key, value)
        raise KeyError

    def setdefault(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            self[key] = default
        return default

    def update(self, items=(), **named):
        if isinstance(items, Mapping) or hasattr(items, "keys"):
            for key in items.keys():
                self[key] = items[key]
        else:
            for key, value in items:
                self[key] = value
        for key, value in named.items():
            self[key] = value

    def clear(self):
        try:
            while True:
                self.popitem()
        except KeyError:
            pass


class Sequence(Reversible, Collection):
    """What `__getitem__` and `__len__` make a sequence of."""

    _listed = True
    _sequence = True

    @abstractmethod
    def __getitem__(self, at):
        raise IndexError

    def __iter__(self):
        at = 0
        while True:
            try:
                value = self[at]
            except IndexError:
                return
            yield value
            at += 1

    def __contains__(self, value):
        return any(one is value or one == value for one in self)

    def __reversed__(self):
        for at in reversed(range(len(self))):
            yield self[at]

    def index(self, value, start=0, stop=None):
        if start < 0:
            start = max(len(self) + start, 0)
        if stop is not None and stop < 0:
            stop += len(self)
        while stop is None or start < stop:
            try:
                one = self[start]
            except IndexError:
                break
            if one is value or one == value:
                return start
            start += 1
        raise ValueError

    def count(self, value):
        return sum([one is value or one == value for one in self])


class ByteString(Sequence):
    _listed = True


class MutableSequence(Sequence):
    """The same, with `__setitem__`, `__delitem__` and `insert`."""

    _listed = True

    @abstractmethod
    def __setitem__(self, at, value):
        raise IndexError

    @abstractmethod
    def __delitem__(self, at):
        raise IndexError

    @abstractmethod
    def insert(self, at, value):
        raise IndexError

    def append(self, value):
        self.insert(len(self), value)

    def clear(self):
        try:
            while True:
                self.pop()
        except IndexError:
            pass

    def reverse(self):
        size = len(self)
        for at in range(size // 2):
            self[at], self[size - at - 1] = self[size - at - 1], self[at]

    def extend(self, values):
        for value in list(values) if values is self else values:
            self.append(value)

    def pop(self, index=-1):
        value = self[index]
        del self[index]
        return value

    def remove(self, value):
        del self[self.index(value)]

    def __iadd__(self, values):
        self.extend(values)
        return self


class Set(Collection):
    """What `__contains__`, `__iter__` and `__len__` make a set of."""

    _listed = True

    @classmethod
    def _from_iterable(cls, values):
        return cls(values)

    def __le__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) <= len(other) and all(one in other for one in self)

    def __lt__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) < len(other) and self <= other

    def __ge__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) >= len(other) and all(one in self for one in other)

    def __gt__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) > len(other) and self >= other

    def __eq__(self, other):
        if not isinstance(other, Set):
            return NotImplemented
        return len(self) == len(other) and all(one in other for one in self)

    def isdisjoint(self, other):
        return not any(one in self for one in other)

    def _joined(self, other, join):
        """What `join` makes of both, as lists whose items are told from sets."""
        if not isinstance(other, Iterable):
            return NotImplemented
        if not isinstance(other, Set):
            other = self._from_iterable(other)
        return self._from_iterable(join(self, other))

    def __and__(self, other):
        return self._joined(other, lambda one, two: [each for each in two if each in one])

    def __or__(self, other):
        return self._joined(other, lambda one, two: list(one) + list(two))

    def __sub__(self, other):
        return self._joined(other, lambda one, two: [each for each in one if each not in two])

    def __rsub__(self, other):
        return self._joined(other, lambda one, two: [each for each in two if each not in one])

    def __xor__(self, other):
        return self._joined(
            other,
            lambda one, two: (
                [each for each in one if each not in two]
                + [each for each in two if each not in one]
            ),
        )

    __rand__, __ror__, __rxor__ = __and__, __or__, __xor__

    def _hash(self):
        """A hash of what is in the set, in whatever order."""
        found = 1927868237 * (len(self) + 1)
        for one in self:
            found ^= (hash(one) ^ 89869747) * 3644798167
        return hash(found & 0x3FFFFFFFFFFFFFFF)


class MutableSet(Set):
    """The same, with `add` and `discard`."""

    _listed = True

    @abstractmethod
    def add(self, value):
        raise NotImplementedError

    @abstractmethod
    def discard(self, value):
        raise NotImplementedError

    def remove(self, value):
        if value not in self:
            raise KeyError(value)
        self.discard(value)

    def pop(self):
        for value in self:
            self.discard(value)
            return value
        raise KeyError

    def clear(self):
        for value in list(self):
            self.discard(value)

    def __ior__(self, other):
        for value in other:
            self.add(value)
        return self

    def __iand__(self, other):
        for value in [one for one in self if one not in other]:
            self.discard(value)
        return self

    def __isub__(self, other):
        for value in list(other):
            self.discard(value)
        return self

    def __ixor__(self, other):
        for value in list(self) if other is self else other:
            if value in self:
                self.discard(value)
            else:
                self.add(value)
        return self


class MappingView(Sized):
    """What a mapping has, as it is now."""

    _listed = True

    def __init__(self, mapping):
        self._mapping = mapping

    def __len__(self):
        return len(self._mapping)

    def __repr__(self):
        return "%s(%r)" % (type(self).__name__, self._mapping)


class KeysView(MappingView, Set):
    _listed = True

    @classmethod
    def _from_iterable(cls, values):
        return set(values)

    def __contains__(self, key):
        return key in self._mapping

    def __iter__(self):
        return iter(self._mapping)


class ItemsView(MappingView, Set):
    _listed = True

    @classmethod
    def _from_iterable(cls, values):
        return set(values)

    def __contains__(self, item):
        try:
            value = self._mapping[item[0]]
        except KeyError:
            return False
        return value is item[1] or value == item[1]

    def __iter__(self):
        for key in self._mapping:
            yield (key, self._mapping[key])


class ValuesView(MappingView, Collection):
    _listed = True

    def __contains__(self, value):
        return any(one is value or one == value for one in self)

    def __iter__(self):
        for key in self._mapping:
            yield self._mapping[key]


for _name in (
    *__all__,
    "Buffer",
):  # those below may have slots; their own objects have what they like
    globals()[_name].__slots__ = ("_mapping",) if _name == "MappingView" else ()
