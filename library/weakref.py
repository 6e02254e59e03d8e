"""Weak references: what they refer to is gone once the garbage collector has found no other way to
it, which is later than in CPython."""

import _weak


class ref:
    """A reference that does not keep what it refers to; called, it gives that or None."""

    def __init__(self, thing, callback=None):
        self.__callback__, self._hash = callback, None
        call = None if callback is None else lambda: self.__callback__(self)
        self._cell = _weak.cell(thing, call)

    def __call__(self):
        return _weak.get(self._cell)

    def __eq__(self, other):
        return _equal(self, other)

    def __ne__(self, other):
        equal = _equal(self, other)
        return equal if equal is NotImplemented else not equal

    def __hash__(self):
        if self._hash is None:
            thing = self()
            if thing is None:
                raise TypeError("weak object has gone away")
            self._hash = hash(thing)
        return self._hash

    def __repr__(self):
        thing = self()
        return "<weakref; %s>" % ("dead" if thing is None else "to %r" % type(thing).__name__)

    def __class_getitem__(cls, _):
        return cls


def _equal(self, other):
    if not isinstance(other, ref):
        return NotImplemented
    one, two = self(), other()
    return self is other if one is None or two is None else one == two


ReferenceType = ref


class WeakMethod(ref):
    """A reference to a bound method, which goes with its object."""

    def __init__(self, method, callback=None):
        super().__init__(method.__self__, callback)
        self._name = method.__name__

    def __call__(self):
        thing = super().__call__()
        return None if thing is None else getattr(thing, self._name)


def proxy(thing, callback=None):
    """The thing itself: a proxy would not be it to operators."""
    return thing


ProxyType = CallableProxyType = ref
ProxyTypes = (ref,)


class finalize:
    """Calls a function once a thing is gone, or at the end."""

    atexit = True
    _all = {}

    def __init__(self, thing, func, *args, **named):
        if not self._all:
            import atexit

            atexit.register(_end)
        self._call = func, args, named
        self._ref = ref(thing, lambda _: self())
        self._all[id(self)] = self

    @property
    def alive(self):
        return self._call is not None

    def __call__(self, _=None):
        found = self.detach()
        if found is None:
            return None
        _thing, func, args, named = found
        return func(*args, **named)

    def detach(self):
        """What would have been called, with the thing; it is not called any more."""
        found = self.peek()
        call, self._call = self._call, None
        self._all.pop(id(self), None)
        return found if found or call is None else (None, *call)

    def peek(self):
        thing = self._ref()
        return None if thing is None or self._call is None else (thing, *self._call)


def _end():
    for one in list(finalize._all.values())[::-1]:
        if one.atexit:
            one()


class _Mapping:
    """What both dictionaries do, by `items`, `_put` and `_take`."""

    def __init__(self, other=(), /, **named):
        self._data = {}
        self.update(other, **named)

    def update(self, other=(), /, **named):
        if hasattr(other, "keys"):
            other = [(key, other[key]) for key in other.keys()]
        for key, value in [*other, *named.items()]:
            self[key] = value

    def __len__(self):
        return len(list(self.items()))

    def __iter__(self):
        return self.keys()

    def __contains__(self, key):
        return self.get(key, self) is not self

    def __getitem__(self, key):
        found = self.get(key, self)
        if found is self:
            raise KeyError(key)
        return found

    def keys(self):
        return iter([pair[0] for pair in self.items()])

    def values(self):
        return iter([pair[1] for pair in self.items()])

    def setdefault(self, key, default=None):
        found = self.get(key, self)
        if found is self:
            self[key] = found = default
        return found

    def pop(self, key, *default):
        found = self.get(key, self)
        if found is not self:
            del self[key]
        elif default:
            return default[0]
        else:
            raise KeyError(key)
        return found

    def popitem(self):
        for key, value in self.items():
            del self[key]
            return key, value
        raise KeyError("dictionary is empty")

    def clear(self):
        self._data.clear()

    def copy(self):
        return type(self)(self)

    def __eq__(self, other):
        return hasattr(other, "items") and dict(self.items()) == dict(other.items())

    def __or__(self, other):
        made = self.copy()
        made.update(other)
        return made

    def __ior__(self, other):
        self.update(other)
        return self

    def __repr__(self):
        return "<%s at 0x%x>" % (type(self).__name__, id(self))


class WeakValueDictionary(_Mapping):
    """A dictionary whose entries go with their values."""

    def __setitem__(self, key, value):
        def gone(which):
            if self._data.get(key) is which:
                del self._data[key]

        self._data[key] = ref(value, gone)

    def __delitem__(self, key):
        del self._data[key]

    def get(self, key, default=None):
        found = self._data.get(key)
        value = None if found is None else found()
        return default if value is None else value

    def items(self):
        for key, one in list(self._data.items()):
            value = one()
            if value is not None:
                yield key, value

    def valuerefs(self):
        return list(self._data.values())

    itervaluerefs = valuerefs


class WeakKeyDictionary(_Mapping):
    """A dictionary whose entries go with their keys."""

    def __setitem__(self, key, value):
        found = ref(key)
        if found not in self._data:
            found = ref(key, lambda which: self._data.pop(which, None))
        self._data[found] = value

    def __delitem__(self, key):
        del self._data[ref(key)]

    def get(self, key, default=None):
        return self._data.get(ref(key), default)

    def items(self):
        for one, value in list(self._data.items()):
            key = one()
            if key is not None:
                yield key, value

    def keyrefs(self):
        return list(self._data)


class WeakSet:
    """A set whose items go once nothing else has them."""

    def __init__(self, items=()):
        self._data = set()
        self.update(items)

    def add(self, item):
        self._data.add(ref(item, self._data.discard))

    def discard(self, item):
        self._data.discard(ref(item))

    def remove(self, item):
        self._data.remove(ref(item))

    def pop(self):
        for one in self:
            self.discard(one)
            return one
        raise KeyError("pop from empty WeakSet")

    def clear(self):
        self._data.clear()

    def update(self, items):
        for one in items:
            self.add(one)

    def copy(self):
        return type(self)(self)

    def __iter__(self):
        for one in list(self._data):
            item = one()
            if item is not None:
                yield item

    def __len__(self):
        return len(list(iter(self)))

    def __contains__(self, item):
        try:
            return ref(item) in self._data
        except TypeError:
            return False

    def _of(self, items):
        return type(self)(items)

    def union(self, *others):
        made = self.copy()
        for one in others:
            made.update(one)
        return made

    def difference(self, other):
        return self._of([one for one in self if one not in other])

    def intersection(self, other):
        return self._of([one for one in self if one in other])

    def symmetric_difference(self, other):
        return self.difference(other).union(self._of(other).difference(self))

    def issubset(self, other):
        return all(one in other for one in self)

    def issuperset(self, other):
        return all(one in self for one in other)

    def isdisjoint(self, other):
        return not any(one in self for one in other)

    __or__, __sub__, __and__, __xor__ = union, difference, intersection, symmetric_difference
    __le__, __ge__ = issubset, issuperset

    def __ior__(self, other):
        self.update(other)
        return self

    def __isub__(self, other):
        for one in list(other):
            self.discard(one)
        return self

    def __eq__(self, other):
        return isinstance(other, WeakSet) and set(self) == set(other)

    def __repr__(self):
        return repr(set(self))


def getweakrefcount(_):
    return 0


def getweakrefs(_):
    return []
