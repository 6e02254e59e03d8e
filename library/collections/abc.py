"""The abstract classes of collections, as names for annotations and bases: nothing registers with
them, so `isinstance` tells only of subclasses."""


class Callable: ...


class Hashable: ...


class Iterable: ...


class Sized: ...


class Container: ...


class Awaitable: ...


class AsyncIterable: ...


class Iterator(Iterable): ...


class Generator(Iterator): ...


class Reversible(Iterable): ...


class Collection(Sized, Iterable, Container): ...


class Coroutine(Awaitable): ...


class AsyncIterator(AsyncIterable): ...


class AsyncGenerator(AsyncIterator): ...


class Mapping(Collection):
    """What `__getitem__`, `__iter__` and `__len__` make a mapping of."""

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
        return list(self)

    def items(self):
        return [(key, self[key]) for key in self]

    def values(self):
        return [self[key] for key in self]


class MutableMapping(Mapping):
    """The same, with `__setitem__` and `__delitem__`."""

    _missing = object()

    def pop(self, key, default=_missing):
        try:
            value = self[key]
        except KeyError:
            if default is MutableMapping._missing:
                raise
            return default
        del self[key]
        return value

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]

    def update(self, items=(), **named):
        for key, value in dict(items, **named).items():
            self[key] = value

    def clear(self):
        for key in list(self):
            del self[key]


class Sequence(Reversible, Collection):
    """What `__getitem__` and `__len__` make a sequence of."""

    def __iter__(self):
        for number in range(len(self)):
            yield self[number]

    def __contains__(self, value):
        return any(one == value for one in self)

    def index(self, value):
        for number, one in enumerate(self):
            if one == value:
                return number
        raise ValueError

    def count(self, value):
        return sum(one == value for one in self)


class MutableSequence(Sequence):
    """The same, with `__setitem__`, `__delitem__` and `insert`."""

    def append(self, value):
        self.insert(len(self), value)

    def extend(self, values):
        for value in values:
            self.append(value)


class Set(Collection): ...


class MutableSet(Set): ...


class MappingView(Sized): ...


class KeysView(MappingView): ...


class ItemsView(MappingView): ...


class ValuesView(MappingView): ...


class ByteString(Sequence): ...
