"""Sequences over a list or a string, for classes that change some of it."""

from collections.abc import MutableSequence, Sequence


def _plain(value):
    """The list or string that a value of these classes keeps; any other as it is."""
    return value.data if isinstance(value, (UserList, UserString)) else value


class UserList(MutableSequence):
    """A sequence that keeps its items in the list `data`."""

    def __init__(self, values=None):
        self.data = [] if values is None else list(_plain(values))

    def __repr__(self):
        return repr(self.data)

    def __lt__(self, other):
        return self.data < _plain(other)

    def __le__(self, other):
        return self.data <= _plain(other)

    def __eq__(self, other):
        return self.data == _plain(other)

    def __gt__(self, other):
        return self.data > _plain(other)

    def __ge__(self, other):
        return self.data >= _plain(other)

    def __contains__(self, value):
        return value in self.data

    def __len__(self):
        return len(self.data)

    def __getitem__(self, at):
        return type(self)(self.data[at]) if isinstance(at, slice) else self.data[at]

    def __setitem__(self, at, value):
        self.data[at] = _plain(value)

    def __delitem__(self, at):
        del self.data[at]

    def __add__(self, other):
        return type(self)(self.data + list(_plain(other)))

    def __radd__(self, other):
        return type(self)(list(_plain(other)) + self.data)

    def __iadd__(self, other):
        self.data += list(_plain(other))
        return self

    def __mul__(self, times):
        return type(self)(self.data * times)

    __rmul__ = __mul__

    def __imul__(self, times):
        self.data *= times
        return self

    def __copy__(self):
        made = object.__new__(type(self))
        made.__dict__.update(self.__dict__)
        made.data = self.data[:]
        return made

    def append(self, item):
        self.data.append(item)

    def insert(self, i, item):
        self.data.insert(i, item)

    def pop(self, i=-1):
        return self.data.pop(i)

    def remove(self, item):
        self.data.remove(item)

    def clear(self):
        self.data.clear()

    def copy(self):
        return type(self)(self)

    def count(self, item):
        return self.data.count(item)

    def index(self, item, *limits):
        return self.data.index(item, *limits)

    def reverse(self):
        self.data.reverse()

    def sort(self, *, key=None, reverse=False):
        self.data.sort(key=key, reverse=reverse)

    def extend(self, other):
        self.data.extend(_plain(other))


class UserString(Sequence):
    """A string that is kept in `data`."""

    def __init__(self, value):
        self.data = value if isinstance(value, str) else str(_plain(value))

    def __str__(self):
        return str(self.data)

    def __repr__(self):
        return repr(self.data)

    def __int__(self):
        return int(self.data)

    def __float__(self):
        return float(self.data)

    def __complex__(self):
        return complex(self.data)

    def __hash__(self):
        return hash(self.data)

    def __getnewargs__(self):
        return (self.data[:],)

    def __eq__(self, other):
        return self.data == _plain(other)

    def __lt__(self, other):
        return self.data < _plain(other)

    def __le__(self, other):
        return self.data <= _plain(other)

    def __gt__(self, other):
        return self.data > _plain(other)

    def __ge__(self, other):
        return self.data >= _plain(other)

    def __contains__(self, part):
        return _plain(part) in self.data

    def __len__(self):
        return len(self.data)

    def __getitem__(self, at):
        return type(self)(self.data[at])

    def __add__(self, other):
        return type(self)(self.data + str(_plain(other)))

    def __radd__(self, other):
        return type(self)(str(_plain(other)) + self.data)

    def __mul__(self, times):
        return type(self)(self.data * times)

    __rmul__ = __mul__

    def __mod__(self, values):
        return type(self)(self.data % values)

    def __rmod__(self, template):
        return type(self)(str(template) % self.data)


def _like(name, kept):
    """The method of str of this name; what it gives is of the class of its string if it is `kept`."""

    def method(self, *args, **named):
        value = getattr(self.data, name)(*map(_plain, args), **named)
        return type(self)(value) if kept else value

    return method


_KEPT = (
    "capitalize", "casefold", "center", "expandtabs", "ljust", "lower", "lstrip", "removeprefix",
    "removesuffix", "replace", "rjust", "rstrip", "strip", "swapcase", "title", "translate",
    "upper", "zfill",
)  # fmt: skip
_PLAIN = (
    "count", "encode", "endswith", "find", "format", "format_map", "index", "isalnum", "isalpha",
    "isascii", "isdecimal", "isdigit", "isidentifier", "islower", "isnumeric", "isprintable",
    "isspace", "istitle", "isupper", "join", "partition", "rfind", "rindex", "rpartition", "rsplit",
    "split", "splitlines", "startswith",
)  # fmt: skip
for _names, _kept in ((_KEPT, True), (_PLAIN, False)):
    for _name in _names:
        setattr(UserString, _name, _like(_name, _kept))
UserString.maketrans = staticmethod(str.maketrans)
