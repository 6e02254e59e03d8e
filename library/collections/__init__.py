"""The interpreter's `collections`, and what it lacks of CPython's."""

from _modern.errors import running as _running
from _more import end as _end
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
        key = _end(self, last)
        return (key, self.pop(key))

    def copy(self):
        return type(self)(self)

    __copy__ = copy

    @classmethod
    def fromkeys(cls, iterable, value=None):
        made = cls()
        for key in iterable:
            made[key] = value
        return made

    def __reduce__(self):
        return (type(self), (), self.__getstate__(), None, iter(list(self.items())))

    def __eq__(self, other):
        """Of two that keep their order, it counts."""
        if isinstance(other, OrderedDict):
            return list(self.items()) == list(other.items())
        return dict.__eq__(self, other)

    def __ne__(self, other):
        return not self == other

    __hash__ = None

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = type(self)(self)
        made.update(other)
        return made

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = type(self)(other)
        made.update(self)
        return made

    def __reversed__(self):
        return iter(list(self.keys())[::-1])

    def __repr__(self):
        name = type(self).__name__
        return "%s(%r)" % (name, list(self.items())) if self else name + "()"


class deque:
    """A list with two ends. Room lies before the first item, for what is added there; what asks for all
    items takes that away first."""

    __hash__ = None

    def __init__(self, values=(), maxlen=None):
        if maxlen is not None and maxlen < 0:
            raise ValueError("maxlen must be non-negative")
        items = list(values)
        self.maxlen, self._list, self._room = maxlen, items, 0
        self._trim()

    @property
    def _items(self):
        if self._room:
            del self._list[: self._room]
            self._room = 0
        return self._list

    def _trim(self):
        if self.maxlen is not None:
            while len(self._list) - self._room > self.maxlen:
                deque.popleft(self)

    def append(self, value):
        self._list.append(value)
        self._trim()

    def appendleft(self, value):
        if not self._room:
            self._room = len(self._list) + 8
            self._list[:0] = [None] * self._room
        self._room -= 1
        self._list[self._room] = value
        if self.maxlen is not None and len(self) > self.maxlen:
            self._list.pop()

    def extend(self, values):
        for value in list(values):
            self.append(value)

    def extendleft(self, values):
        for value in list(values):
            self.appendleft(value)

    def pop(self):
        if not len(self):
            raise IndexError("pop from an empty deque")
        return self._list.pop()

    def popleft(self):
        room = self._room
        if room == len(self._list):
            raise IndexError("pop from an empty deque")
        value, self._list[room] = self._list[room], None
        self._room = room + 1
        if room > 32 and 2 * room > len(self._list):
            del self._list[: self._room]
            self._room = 0
        return value

    def clear(self):
        self._list, self._room = [], 0

    def remove(self, value):
        try:
            self._items.remove(value)
        except ValueError:
            raise ValueError("%r is not in deque" % (value,)) from None

    def count(self, value):
        return self._items.count(value)

    def index(self, value, *limits):
        try:
            return self._items.index(value, *limits)
        except ValueError:
            raise ValueError("%r is not in deque" % (value,)) from None

    def insert(self, at, value):
        if self.maxlen is not None and len(self) >= self.maxlen:
            raise IndexError("deque already at its maximum size")
        self._items.insert(at, value)

    def reverse(self):
        self._items.reverse()

    def copy(self):
        return type(self)(self._items, self.maxlen)

    def rotate(self, n=1):
        if len(self):
            if n == 1:
                self.appendleft(self._list.pop())
            elif n == -1:
                self._list.append(self.popleft())
            else:
                items = self._items
                n %= len(items)
                self._list = items[-n:] + items[:-n]

    def __getitem__(self, at):
        return self._list[self._place(at)]

    def __setitem__(self, at, value):
        self._list[self._place(at)] = value

    def __delitem__(self, at):
        del self._list[self._place(at)]

    def _place(self, at):
        """Where an item is in the list. Raises IndexError if there is none."""
        if not isinstance(at, int):
            if not hasattr(at, "__index__"):
                raise TypeError("sequence index must be integer, not %r" % type(at).__name__)
            at = at.__index__()
        count = len(self._list) - self._room
        if not -count <= at < count:
            raise IndexError("deque index out of range")
        return at if at < 0 else at + self._room

    def __iter__(self):
        items = self._items
        count = len(items)
        for item in items:
            yield item
            if self._list is not items or len(items) != count or self._room:
                raise RuntimeError("deque mutated during iteration")

    def __reversed__(self):
        return iter(self._items[::-1])

    def __len__(self):
        return len(self._list) - self._room

    def __bool__(self):
        return len(self._list) > self._room

    def __contains__(self, value):
        return value in self._items

    def __eq__(self, other):
        return self._items == other._items if isinstance(other, deque) else NotImplemented

    def __lt__(self, other):
        return self._items < other._items if isinstance(other, deque) else NotImplemented

    def __le__(self, other):
        return self._items <= other._items if isinstance(other, deque) else NotImplemented

    def __gt__(self, other):
        return self._items > other._items if isinstance(other, deque) else NotImplemented

    def __ge__(self, other):
        return self._items >= other._items if isinstance(other, deque) else NotImplemented

    def __add__(self, other):
        if not isinstance(other, deque):
            raise TypeError("can only concatenate deque (not %r) to deque" % type(other).__name__)
        return type(self)(self._items + other._items, self.maxlen)

    def __mul__(self, times):
        return type(self)(self._items * times, self.maxlen)

    __rmul__ = __mul__

    def __imul__(self, times):
        self._list = self._items * times
        self._trim()
        return self

    def __reduce__(self):
        args = () if self.maxlen is None else ((), self.maxlen)
        return (type(self), args, None, iter(self._items[:]))

    __copy__ = copy

    def __iadd__(self, other):
        self.extend(other)
        return self

    def __repr__(self):
        limit = "" if self.maxlen is None else ", maxlen=%d" % self.maxlen
        return "deque(%r%s)" % (self._items, limit)


def _check_fields(names):
    """Refuses what is no name of a field. Raises TypeError and ValueError."""
    seen = set()
    for number, one in enumerate(names):
        if not isinstance(one, str):
            raise TypeError("Type names and field names must be strings")
        if not _is_identifier(one):
            raise ValueError("Type names and field names must be valid identifiers: %r" % one)
        if one in _KEYWORDS:
            raise ValueError("Type names and field names cannot be a keyword: %r" % one)
        if number and one[:1] == "_":
            raise ValueError("Field names cannot start with an underscore: %r" % one)
        if number and one in seen:
            raise ValueError("Encountered duplicate field name: %r" % one)
        if number:
            seen.add(one)


def _is_identifier(name):
    letters = [one == "_" or one.isalpha() or one.isdigit() or ord(one) > 127 for one in name]
    return bool(letters) and all(letters) and not name[0].isdigit()


_KEYWORDS = (
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in",
    "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
)  # fmt: skip


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    """A class of tuples whose items have names."""
    if isinstance(field_names, str):
        field_names = field_names.replace(",", " ").split()
    fields = [str(one) for one in field_names]
    if rename:
        for number, one in enumerate(fields):
            wrong = not _is_identifier(one) or one in _KEYWORDS or one[:1] == "_"
            if wrong or one in fields[:number]:
                fields[number] = "_%d" % number
        _check_fields([typename])
    else:
        _check_fields([typename] + fields)
    fields = tuple(fields)
    values = tuple(defaults or ())
    if len(values) > len(fields):
        raise TypeError("Got more default values than field names")
    known = dict(zip(fields[len(fields) - len(values) :], values))

    def __new__(posonly_cls, *args, **named):
        given = list(args)
        if len(given) > len(fields):
            raise TypeError(
                "%s.__new__() takes %s%d positional argument%s but %d were given"
                % (
                    typename,
                    "from %d to " % (len(fields) - len(known) + 1) if known else "",
                    len(fields) + 1,
                    "s" if fields else "",
                    len(given) + 1,
                )
            )
        missing = []
        for one in fields[len(given) :]:
            if one in named:
                given.append(named.pop(one))
            elif one in known:
                given.append(known[one])
            else:
                missing.append(one)
        if missing:
            raise TypeError(
                "%s.__new__() missing %d required positional argument%s: %s"
                % (typename, len(missing), "s" if len(missing) > 1 else "", _listed(missing))
            )
        if named:
            raise TypeError(
                "%s.__new__() got an unexpected keyword argument %r" % (typename, next(iter(named)))
            )
        return tuple.__new__(posonly_cls, given)

    def __repr__(self):
        return "%s(%s)" % (
            type(self).__name__,
            ", ".join(["%s=%r" % pair for pair in zip(fields, self)]),
        )

    def _asdict(self):
        return dict(zip(fields, self))

    def _replace(posonly_self, **named):
        made = [named.pop(one, value) for one, value in zip(fields, posonly_self)]
        if named:
            raise ValueError("Got unexpected field names: %r" % list(named))
        return tuple.__new__(type(posonly_self), made)

    def _make(cls, values):
        values = tuple(values)
        if len(values) != len(fields):
            raise TypeError("Expected %d arguments, got %d" % (len(fields), len(values)))
        return tuple.__new__(cls, values)

    names = {
        "_fields": fields, "_field_defaults": known, "__match_args__": fields,
        "__new__": staticmethod(__new__),
        "__repr__": __repr__, "_asdict": _asdict, "_replace": _replace, "__slots__": (),
        "_make": classmethod(_make), "__getnewargs__": lambda self: tuple(self),
    }  # fmt: skip
    if module is None:
        module = _running(1).f_globals.get("__name__", "__main__")
    names["__module__"] = module
    for number, one in enumerate(fields):
        names[one] = _item(number)
    return type(typename, (tuple,), names)


def _listed(names):
    """`'a', 'b', and 'c'`."""
    found = ["%r" % one for one in names]
    if len(found) < 3:
        return " and ".join(found)
    return ", ".join(found[:-1]) + ", and " + found[-1]


def _item(number):
    return property(lambda self: self[number])


class defaultdict(dict):
    """A dict that makes values for missing keys."""

    def __init__(posonly_self, default_factory=None, *args, **named):
        self = posonly_self
        if default_factory is not None and not callable(default_factory):
            raise TypeError("first argument must be callable or None")
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

    __copy__ = copy

    def __reduce__(self):
        args = () if self.default_factory is None else (self.default_factory,)
        return (type(self), args, None, None, iter(list(self.items())))

    def __or__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = self.copy()
        made.update(other)
        return made

    def __ror__(self, other):
        if not isinstance(other, dict):
            return NotImplemented
        made = type(self)(self.default_factory, other)
        made.update(self)
        return made


class Counter(dict):
    """A dict from things to how many there are."""

    def __init__(posonly_self, posonly_things=None, **named):
        super().__init__()
        posonly_self.update(posonly_things, **named)

    def __getitem__(self, key):
        return self.get(key, 0)

    def __missing__(self, key):
        return 0

    def __delitem__(self, key):
        if key in self:
            super().__delitem__(key)

    def update(posonly_self, posonly_things=None, **named):
        """Add what `things`, a mapping of counts or anything iterable, has."""
        self = posonly_self
        for key, count in _counts(posonly_things, named):
            self[key] = count + self[key] if key in self else count

    def subtract(posonly_self, posonly_things=None, **named):
        """Take away what `things` has."""
        self = posonly_self
        for key, count in _counts(posonly_things, named):
            self[key] = self.get(key, 0) - count

    @classmethod
    def fromkeys(cls, keys, value=None):
        raise NotImplementedError(
            "Counter.fromkeys() is undefined.  Use Counter(iterable) instead."
        )

    def elements(self):
        """Each thing as often as it is counted."""
        for key, count in self.items():
            for _ in range(count):
                yield key

    def most_common(self, n=None):
        """Things and their counts, the most common first."""
        ranked = sorted(self.items(), key=lambda item: item[1], reverse=True)
        return ranked if n is None else ranked[:n]

    def total(self):
        """The sum of the counts."""
        return sum(self.values())

    def copy(self):
        return type(self)(self)

    def __reduce__(self):
        return (type(self), (dict(self),))

    def __repr__(self):
        if not self:
            return type(self).__name__ + "()"
        try:
            items = self.most_common()
        except TypeError:
            items = self.items()
        return "%s({%s})" % (type(self).__name__, ", ".join(["%r: %r" % one for one in items]))

    def _every(self, other, holds):
        """Whether `holds` of the counts of each thing in both; what is missing counts as 0."""
        if not isinstance(other, Counter):
            return NotImplemented
        return all(holds(self[key], other[key]) for one in (self, other) for key in one)

    def __eq__(self, other):
        if not isinstance(other, Counter):
            return dict(self) == other
        return self._every(other, lambda one, two: one == two)

    def __ne__(self, other):
        return not self == other

    def __le__(self, other):
        return self._every(other, lambda one, two: one <= two)

    def __lt__(self, other):
        return self <= other and self != other

    def __ge__(self, other):
        return self._every(other, lambda one, two: one >= two)

    def __gt__(self, other):
        return self >= other and self != other

    def __add__(self, other):
        return _positive(self, other, lambda one, two: one + two)

    def __sub__(self, other):
        return _positive(self, other, lambda one, two: one - two)

    def __or__(self, other):
        return _positive(self, other, max)

    def __and__(self, other):
        return _positive(self, other, min)

    def __pos__(self):
        return self + Counter()

    def __neg__(self):
        return Counter() - self

    def _become(self, other):
        self.clear()
        for key, count in other.items():
            self[key] = count
        return self

    def __iadd__(self, other):
        return self._become(self + other)

    def __isub__(self, other):
        return self._become(self - other)

    def __ior__(self, other):
        return self._become(self | other)

    def __iand__(self, other):
        return self._become(self & other)


def _count_elements(counts, things):
    """Count things in any mapping."""
    for thing in things:
        counts[thing] = counts.get(thing, 0) + 1


def _counts(things, named):
    if things is not None and hasattr(things, "items"):
        yield from list(things.items())
    elif things is not None:
        for thing in things:
            yield thing, 1
    yield from named.items()


def _positive(one, other, join):
    """The counts that `join` makes of both and that are positive."""
    if not isinstance(other, Counter):
        return NotImplemented
    result = Counter()
    for key in list(one) + [key for key in other if key not in one]:
        count = join(one[key], other[key])
        if count > 0:
            result[key] = count
    return result


_attrs = {
    "ChainMap": "_mappings", "UserDict": "_mappings",
    "UserList": "_sequences", "UserString": "_sequences",
}  # fmt: skip
"""What each module is loaded for: an image has those whose names are spoken of."""


def __getattr__(name):
    if name not in _attrs:
        raise AttributeError(name)
    return getattr(__import__("collections." + _attrs[name], None, None, [name]), name)
