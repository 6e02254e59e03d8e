"""The interpreter's `collections`, and what it lacks of CPython's."""

from ucollections import OrderedDict as _OrderedDict
from ucollections import deque as _deque
from ucollections import namedtuple as _namedtuple

_NATIVE = ("OrderedDict", "deque", "namedtuple")


class OrderedDict(dict):
    """A dict, which keeps its order, that can move keys to an end."""

    def move_to_end(self, key, last=True):
        value = self.pop(key)
        rest = [] if last else list(self.items())
        if not last:
            self.clear()
        self[key] = value
        for other, one in rest:
            self[other] = one

    def popitem(self, last=True):
        if not self:
            raise KeyError("dictionary is empty")
        key = list(self.keys())[-1] if last else next(iter(self.keys()))
        return (key, self.pop(key))

    def copy(self):
        return type(self)(self)

    def __reversed__(self):
        return iter(list(self.keys())[::-1])

    def __repr__(self):
        name = type(self).__name__
        return "%s(%r)" % (name, list(self.items())) if self else name + "()"


class deque:
    """A list with two ends."""

    def __init__(self, values=(), maxlen=None):
        self.maxlen = maxlen
        self._items = list(values)
        self._trim()

    def _trim(self):
        if self.maxlen is not None and len(self._items) > self.maxlen:
            del self._items[: len(self._items) - self.maxlen]

    def append(self, value):
        self._items.append(value)
        self._trim()

    def appendleft(self, value):
        self._items.insert(0, value)
        if self.maxlen is not None and len(self._items) > self.maxlen:
            self._items.pop()

    def extend(self, values):
        for value in list(values):
            self.append(value)

    def extendleft(self, values):
        for value in list(values):
            self.appendleft(value)

    def pop(self):
        if not self._items:
            raise IndexError("pop from an empty deque")
        return self._items.pop()

    def popleft(self):
        if not self._items:
            raise IndexError("pop from an empty deque")
        return self._items.pop(0)

    def clear(self):
        self._items = []

    def remove(self, value):
        self._items.remove(value)

    def count(self, value):
        return self._items.count(value)

    def index(self, value, *limits):
        return self._items.index(value, *limits)

    def insert(self, at, value):
        self._items.insert(at, value)

    def reverse(self):
        self._items.reverse()

    def copy(self):
        return type(self)(self._items, self.maxlen)

    def rotate(self, n=1):
        if self._items:
            n %= len(self._items)
            self._items = self._items[-n:] + self._items[:-n]

    def __getitem__(self, at):
        return self._items[at]

    def __setitem__(self, at, value):
        self._items[at] = value

    def __delitem__(self, at):
        del self._items[at]

    def __iter__(self):
        return iter(self._items)

    def __reversed__(self):
        return iter(self._items[::-1])

    def __len__(self):
        return len(self._items)

    def __bool__(self):
        return bool(self._items)

    def __contains__(self, value):
        return value in self._items

    def __eq__(self, other):
        return isinstance(other, deque) and self._items == other._items

    def __add__(self, other):
        return type(self)(self._items + list(other), self.maxlen)

    def __iadd__(self, other):
        self.extend(other)
        return self

    def __repr__(self):
        limit = "" if self.maxlen is None else ", maxlen=%d" % self.maxlen
        return "deque(%r%s)" % (self._items, limit)


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    """A class of tuples whose items have names."""
    if isinstance(field_names, str):
        field_names = field_names.replace(",", " ").split()
    fields = tuple([str(one) for one in field_names])
    if rename:
        fields = tuple(
            [
                "_%d" % n if one[:1] == "_" or one in fields[:n] else one
                for n, one in enumerate(fields)
            ]
        )
    values = tuple(defaults or ())
    known = dict(zip(fields[len(fields) - len(values) :], values))

    def __new__(cls, *args, **named):
        given = list(args)
        if len(given) > len(fields):
            raise TypeError(
                "%s.__new__() takes %d positional arguments but %d were given"
                % (typename, len(fields) + 1, len(given) + 1)
            )
        for one in fields[len(given) :]:
            if one in named:
                given.append(named.pop(one))
            elif one in known:
                given.append(known[one])
            else:
                raise TypeError("%s.__new__() missing a required argument: %r" % (typename, one))
        if named:
            raise TypeError(
                "%s.__new__() got an unexpected keyword argument %r" % (typename, next(iter(named)))
            )
        return tuple.__new__(cls, given)

    def __repr__(self):
        return "%s(%s)" % (
            type(self).__name__,
            ", ".join(["%s=%r" % pair for pair in zip(fields, self)]),
        )

    def _asdict(self):
        return dict(zip(fields, self))

    def _replace(self, **named):
        made = [named.pop(one, value) for one, value in zip(fields, self)]
        if named:
            raise ValueError("Got unexpected field names: %r" % list(named))
        return tuple.__new__(type(self), made)

    names = {
        "_fields": fields, "_field_defaults": known, "__match_args__": fields,
        "__new__": staticmethod(__new__),
        "__repr__": __repr__, "_asdict": _asdict, "_replace": _replace, "__slots__": (),
        "_make": classmethod(lambda cls, values: tuple.__new__(cls, values)),
    }  # fmt: skip
    for number, one in enumerate(fields):
        names[one] = _item(number)
    return type(typename, (tuple,), names)


def _item(number):
    return property(lambda self: self[number])


class defaultdict(dict):
    """A dict that makes values for missing keys."""

    def __init__(self, default_factory=None, *args, **named):
        super().__init__(*args, **named)
        self.default_factory = default_factory

    def __getitem__(self, key):
        try:
            return super().__getitem__(key)
        except KeyError:
            return self.__missing__(key)

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        value = self[key] = self.default_factory()
        return value

    def __repr__(self):
        return "defaultdict(%r, %s)" % (self.default_factory, dict.__repr__(self))

    def copy(self):
        return type(self)(self.default_factory, self)


class Counter(dict):
    """A dict from things to how many there are."""

    def __init__(self, *args, **named):
        super().__init__()
        self.update(*args, **named)

    def __getitem__(self, key):
        return self.get(key, 0)

    def update(self, things=(), **named):
        """Add what `things`, a mapping of counts or anything iterable, has."""
        for key, count in _counts(things, named):
            self[key] = self[key] + count

    def subtract(self, things=(), **named):
        """Take away what `things` has."""
        for key, count in _counts(things, named):
            self[key] = self[key] - count

    def elements(self):
        """Each thing as often as it is counted."""
        for key, count in self.items():
            for _ in range(count):
                yield key

    def most_common(self, most=None):
        """Things and their counts, the most common first."""
        ranked = sorted(self.items(), key=lambda item: item[1], reverse=True)
        return ranked if most is None else ranked[:most]

    def total(self):
        """The sum of the counts."""
        return sum(self.values())

    def copy(self):
        return Counter(self)

    def __add__(self, other):
        return _positive(self, other, lambda one, two: one + two)

    def __sub__(self, other):
        return _positive(self, other, lambda one, two: one - two)

    def __or__(self, other):
        return _positive(self, other, max)

    def __and__(self, other):
        return _positive(self, other, min)


def _counts(things, named):
    if hasattr(things, "items"):
        yield from list(things.items())
    else:
        for thing in things:
            yield thing, 1
    yield from named.items()


def _positive(one, other, join):
    """The counts that `join` makes of both and that are positive."""
    result = Counter()
    for key in list(one) + [key for key in other if key not in one]:
        count = join(one[key], other[key])
        if count > 0:
            result[key] = count
    return result


class ChainMap:
    """Several mappings as one: the first that has a key gives its value, and takes new ones."""

    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __getitem__(self, key):
        for each in self.maps:
            if key in each:
                return each[key]
        raise KeyError(key)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def __contains__(self, key):
        return any(key in each for each in self.maps)

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __delitem__(self, key):
        del self.maps[0][key]

    def keys(self):
        found = {}
        for each in reversed(self.maps):
            found.update(each)
        return found.keys()

    def __iter__(self):
        return iter(self.keys())

    def __len__(self):
        return len(self.keys())

    def items(self):
        return [(key, self[key]) for key in self]

    def values(self):
        return [self[key] for key in self]

    def new_child(self, first=None):
        return ChainMap({} if first is None else first, *self.maps)

    @property
    def parents(self):
        return ChainMap(*self.maps[1:])


class UserDict:
    """A mapping that keeps its items in the dict `data`, for classes that change some of it."""

    def __init__(self, items=None, **named):
        self.data = {}
        if items is not None:
            self.update(items)
        self.update(named)

    def __getitem__(self, key):
        return self.data[key]

    def __setitem__(self, key, value):
        self.data[key] = value

    def __delitem__(self, key):
        del self.data[key]

    def __contains__(self, key):
        return key in self.data

    def __iter__(self):
        return iter(self.data)

    def __len__(self):
        return len(self.data)

    def __repr__(self):
        return repr(self.data)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def keys(self):
        return self.data.keys()

    def items(self):
        return [(key, self[key]) for key in self]

    def values(self):
        return [self[key] for key in self]

    def pop(self, key, *default):
        return self.data.pop(key, *default)

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]

    def update(self, items=(), **named):
        for key, value in dict(items, **named).items():
            self[key] = value
