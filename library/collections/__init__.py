"""The interpreter's `collections`, and what it lacks of CPython's."""

from ucollections import OrderedDict, deque, namedtuple


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
