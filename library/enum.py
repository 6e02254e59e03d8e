"""Enumerations, as in CPython."""

from builtins import property

import _modern
from _modern import _more

__all__ = (
    "CONFORM",
    "CONTINUOUS",
    "EJECT",
    "KEEP",
    "NAMED_FLAGS",
    "STRICT",
    "UNIQUE",
    "Enum",
    "EnumCheck",
    "EnumMeta",
    "EnumType",
    "Flag",
    "FlagBoundary",
    "IntEnum",
    "IntFlag",
    "ReprEnum",
    "StrEnum",
    "auto",
    "global_enum",
    "member",
    "nonmember",
    "property",
    "unique",
    "verify",
)  # fmt: skip


_DATA = (int, str, float, bytes, tuple)
_OPERATORS = (
    "__or__",
    "__and__",
    "__xor__",
    "__invert__",
    "__ror__",
    "__rand__",
    "__rxor__",
    "__contains__",
    "__iter__",
    "__bool__",
    "__len__",
)


class auto:
    """A value that the enumeration chooses, once: the class's other values may be made of it."""

    value = None

    def _chosen(self, choose):
        if self.value is None:
            self.value = choose()
        return self.value

    def __or__(self, other):
        return _Made(lambda one, another: one | another, self, other)

    def __and__(self, other):
        return _Made(lambda one, another: one & another, self, other)

    def __xor__(self, other):
        return _Made(lambda one, another: one ^ another, self, other)

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__

    def __add__(self, other):
        return _Made(lambda one, another: one + another, self, other)

    def __sub__(self, other):
        return _Made(lambda one, another: one - another, self, other)

    def __invert__(self):
        return _Made(lambda one: ~one, self)


class _Made(auto):
    """A value that is computed from others, some of which the enumeration chooses."""

    def __init__(self, function, *operands):
        self._function, self._operands = function, operands

    def _chosen(self, choose):
        parts = [one._chosen(choose) if isinstance(one, auto) else one for one in self._operands]
        return self._function(*parts)


class nonmember:
    def __init__(self, value):
        self.value = value


class member:
    def __init__(self, value):
        self.value = value


def _is_member(name, value):
    if (
        name[:2] == "__"
        or (name[:1] == "_" and name[-1:] == "_")
        or isinstance(value, (property, classmethod, staticmethod, nonmember))
    ):
        return False
    if isinstance(value, member):
        return True
    return not (callable(value) and not isinstance(value, (auto, type))) and not hasattr(
        type(value), "__get__"
    )


class EnumType(type):
    """The metaclass of enumerations."""

    def __init__(cls, name, bases, names, boundary=None, **keywords):
        for base in bases:
            if getattr(base, "_member_map_", None):
                raise TypeError("<enum %r> cannot extend %r" % (name, base))
        cls._member_names_, cls._member_map_, cls._value2member_map_ = [], {}, []
        cls._unhashable_ = {}
        mixed = next((one for one in _modern.mro(cls) if one in _DATA), None)
        cls._member_type_ = mixed or object
        if boundary is not None:
            cls._boundary_ = boundary
        flag = _FLAG[0]
        is_flag = flag is not None and issubclass(cls, flag)
        for each in (
            ("__repr__", "__str__")
            + (_OPERATORS if is_flag else ())
            + ("__hash__", "__reduce_ex__", "__eq__")
        ):
            if mixed is not None and not any(
                each in one.__dict__ and one not in _BASES
                for one in _modern.mro(cls)[:-1]
                if one not in _DATA
            ):
                if each in ("__hash__", "__eq__"):
                    continue
                plain = each == "__str__" and any(
                    one in _BASES and one.__name__ in ("IntEnum", "StrEnum", "IntFlag", "ReprEnum")
                    for one in _modern.mro(cls)
                )
                for one in _modern.mro(cls):
                    if each in one.__dict__ and one in _BASES and one is not cls:
                        setattr(
                            cls,
                            each,
                            (lambda self: str(self._value_)) if plain else one.__dict__[each],
                        )
                        break
        if name in _BASE_NAMES and len(_BASES) < len(_BASE_NAMES):
            _BASES.append(cls)
            return
        ignored = names.get("_ignore_", ())
        ignored = ignored.replace(",", " ").split() if isinstance(ignored, str) else ignored
        last = []
        for each, value in names.items():
            if isinstance(value, nonmember):
                setattr(cls, each, value.value)
            if each in ignored or not _is_member(each, value):
                continue
            value = value.value if isinstance(value, member) else value
            if isinstance(value, tuple) and any(isinstance(one, auto) for one in value):
                value = tuple(
                    [cls._next(each, last, one) if isinstance(one, auto) else one for one in value]
                )
            elif isinstance(value, auto):
                value = cls._next(each, last, value)
            last.append(value)
            cls._add(each, value)

    def _next(cls, name, last, value):
        make = cls._generate_next_value_
        return value._chosen(lambda: make(name, 1, len(last), last))

    def _add(cls, name, value):
        args = value if isinstance(value, tuple) else (value,)
        mixed = cls._member_type_
        if mixed is tuple:
            args = (value,)
        own = next(
            (
                one.__dict__["__new__"]
                for one in _modern.mro(cls)
                if "__new__" in one.__dict__ and one not in _DATA and one is not object
            ),
            None,
        )
        if own is not None:
            made = cls.__new__(cls, *args)
        elif mixed is object:
            made = object.__new__(cls)
        else:
            made = mixed.__new__(cls, *args)
        if "_value_" not in made.__dict__:
            made._value_ = value if mixed is object or own is not None else mixed(*args)
        made._name_, made.__objclass__ = name, cls
        made._sort_order_ = len(cls._member_names_)
        start = next(
            (
                one.__dict__["__init__"]
                for one in _modern.mro(cls)
                if "__init__" in one.__dict__
                and one not in _DATA
                and one not in _BASES
                and one is not object
            ),
            None,
        )
        if start is not None:
            start(made, *args)
        for other in cls._member_map_.values():
            if other._value_ == made._value_ and type(other._value_) == type(made._value_):
                made = other
                break
        else:
            if not (
                _FLAG[0] is not None and issubclass(cls, _FLAG[0]) and not _is_single(made._value_)
            ):
                cls._member_names_.append(name)
            cls._value2member_map_.append(made)
        setattr(cls, name, made)
        cls._member_map_[name] = made

    def __setattr__(cls, name, value):
        if name in getattr(cls, "_member_map_", ()):
            raise AttributeError("cannot reassign member %r" % (name,))
        super().__setattr__(name, value)

    def __delattr__(cls, name):
        if name in cls._member_map_:
            raise AttributeError("%r cannot delete member %r." % (cls.__name__, name))
        super().__delattr__(name)

    def __call__(
        cls, value, names=None, *, module=None, qualname=None, type=None, start=1, boundary=None
    ):
        if names is not None:
            return _functional(cls, value, names, type, start)
        return cls._lookup(value)

    def _lookup(cls, value):
        for one in cls._value2member_map_:
            if one is value or one._value_ == value:
                return one
        found = cls._missing_(value)
        if isinstance(found, cls) or (cls._boundary_ is EJECT and isinstance(found, int)):
            return found
        if found is None:
            raise ValueError("%r is not a valid %s" % (value, cls.__name__))
        raise TypeError(
            "error in %s._missing_: returned %r instead of None or a valid member"
            % (cls.__name__, found)
        )

    def __iter__(cls):
        return iter([cls._member_map_[name] for name in cls._member_names_])

    def __reversed__(cls):
        return iter([cls._member_map_[name] for name in reversed(cls._member_names_)])

    def __len__(cls):
        return len(cls._member_names_)

    def __bool__(cls):
        return True

    def __contains__(cls, value):
        return (isinstance(value, cls) and value._name_ in cls._member_map_) or any(
            one._value_ == value for one in cls._value2member_map_
        )

    def __getitem__(cls, name):
        return cls._member_map_[name]

    @property
    def __members__(cls):
        return dict(cls._member_map_)

    def __repr__(cls):
        return "<enum %r>" % cls.__name__


EnumMeta = EnumType
_FLAG = [None]
_BASES = []
_BASE_NAMES = ("Enum", "ReprEnum", "IntEnum", "StrEnum", "Flag", "IntFlag")


def _is_single(value):
    return isinstance(value, int) and value > 0 and value & (value - 1) == 0


def _functional(cls, name, names, mixed, start):
    if isinstance(names, str):
        names = names.replace(",", " ").split()
    pairs = names.items() if hasattr(names, "items") else names
    body, last = {}, []
    for one in pairs:
        if isinstance(one, str):
            value = cls._generate_next_value_(one, start, len(last), last)
            one = (one, value)
        body[one[0]] = one[1]
        last.append(one[1])
    bases = (cls,) if mixed is None else (mixed, cls)
    return type(name, bases, body)


class Enum(metaclass=EnumType):
    """A class of named values."""

    _boundary_ = None

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return max(last_values) + 1 if last_values else start

    @classmethod
    def _missing_(cls, value):
        return None

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_

    def __repr__(self):
        return "<%s.%s: %r>" % (type(self).__name__, self._name_, self._value_)

    def __str__(self):
        return "%s.%s" % (type(self).__name__, self._name_)

    def __format__(self, spec):
        return _modern.format(str(self), spec)

    def __hash__(self):
        return hash(self._name_)

    def __eq__(self, other):
        return self is other

    def __reduce_ex__(self, _):
        return (type(self), (self._value_,))

    def __copy__(self):
        return self

    def __deepcopy__(self, _):
        return self

    def __dir__(self):
        return ["name", "value"]


class ReprEnum(Enum):
    """An enumeration whose members are written as their values."""


class IntEnum(int, Enum):
    """An enumeration whose members are ints."""


class StrEnum(str, Enum):
    """An enumeration whose members are strings."""

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


class Flag(Enum):
    """An enumeration whose members join."""

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        most = max(last_values) if last_values else 0
        return 1 << (len(bin(most)) - 2) if most else start

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int):
            return None
        known = 0
        for one in cls._value2member_map_:
            known |= one._value_
        if value < 0:
            value = known & value
        if value & ~known:
            boundary = cls._boundary_ or (KEEP if issubclass(cls, int) else STRICT)
            if boundary is STRICT:
                raise ValueError("%r is not a valid %s" % (value, cls.__name__))
            if boundary is EJECT:
                return value
            if boundary is CONFORM:
                return cls(value & known)
        made = int.__new__(cls, value) if cls._member_type_ is int else object.__new__(cls)
        made._value_ = value
        names = [one._name_ for one in cls if one._value_ & value]
        made._name_ = "|".join(names) or None
        cls._value2member_map_.append(made)
        return made

    def _other(self, other):
        return (
            other._value_
            if isinstance(other, Flag)
            else other
            if isinstance(other, int) and isinstance(self, int)
            else None
        )

    def _join(self, other, value):
        return NotImplemented if value is None else type(self)(value)

    def __or__(self, other):
        right = Flag._other(self, other)
        return NotImplemented if right is None else type(self)(self._value_ | right)

    def __and__(self, other):
        right = Flag._other(self, other)
        return NotImplemented if right is None else type(self)(self._value_ & right)

    def __xor__(self, other):
        right = Flag._other(self, other)
        return NotImplemented if right is None else type(self)(self._value_ ^ right)

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__

    def __invert__(self):
        known = 0
        for one in type(self):
            known |= one._value_
        return type(self)(known & ~self._value_)

    def __contains__(self, other):
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        return iter([one for one in type(self) if one._value_ & self._value_])

    def __len__(self):
        return bin(self._value_).count("1")

    def __bool__(self):
        return bool(self._value_)

    def __repr__(self):
        if self._name_ is None:
            return "<%s: %r>" % (type(self).__name__, self._value_)
        return "<%s.%s: %r>" % (type(self).__name__, self._name_, self._value_)

    def __str__(self):
        if self._name_ is None:
            return "%s(%r)" % (type(self).__name__, self._value_)
        return "%s.%s" % (type(self).__name__, self._name_)


_FLAG[0] = Flag


class IntFlag(int, Flag):
    """Flags that are ints."""


class FlagBoundary(StrEnum):
    STRICT = "strict"
    CONFORM = "conform"
    EJECT = "eject"
    KEEP = "keep"


STRICT, CONFORM, EJECT, KEEP = (
    FlagBoundary.STRICT,
    FlagBoundary.CONFORM,
    FlagBoundary.EJECT,
    FlagBoundary.KEEP,
)


class EnumCheck(StrEnum):
    CONTINUOUS = "no skipped integer values"
    NAMED_FLAGS = "multi-flag aliases may not contain unnamed flags"
    UNIQUE = "one name per value"


CONTINUOUS, NAMED_FLAGS, UNIQUE = EnumCheck.CONTINUOUS, EnumCheck.NAMED_FLAGS, EnumCheck.UNIQUE


def _simple_enum(etype=Enum, *, boundary=None, use_args=None):
    """Make an enumeration of a plain class."""

    def made(cls):
        names = {
            name: value
            for name, value in cls.__dict__.items()
            if name not in ("__qualname__", "__module__")
        }
        return type(cls.__name__, (etype,), names)

    return made


def _test_simple_enum(checked_enum, simple_enum):
    """Whether two enumerations have the same members. Raises TypeError."""
    one, other = [
        {name: each._value_ for name, each in cls.__members__.items()}
        for cls in (checked_enum, simple_enum)
    ]
    if one != other:
        raise TypeError("enum mismatch: %r, %r" % (one, other))


def unique(cls):
    """Refuses two names for a value."""
    twice = [(name, one._name_) for name, one in cls._member_map_.items() if name != one._name_]
    if twice:
        told = ", ".join(["%s -> %s" % pair for pair in twice])
        raise ValueError("duplicate values found in <enum %r>: %s" % (cls.__name__, told))
    return cls


def verify(*checks):
    """Refuses an enumeration that one of the checks does not hold of."""

    def checked(cls):
        values = {one._value_ for one in cls}
        for check in checks:
            if check is UNIQUE:
                unique(cls)
            elif check is CONTINUOUS and values:
                low, high = min(values), max(values)
                if issubclass(cls, Flag):
                    wanted = [1 << n for n in range(_bits(low) - 1, _bits(high))]
                else:
                    wanted = range(low, high + 1)
                missing = [one for one in wanted if one not in values]
                if missing:
                    told = ", ".join(map(str, missing))
                    raise ValueError(
                        "invalid %s %r: missing values %s"
                        % ("Flag" if issubclass(cls, Flag) else "Enum", cls.__name__, told)
                    )
        return cls

    return checked


def _bits(value):
    return len(bin(value)) - 2


def _iter_bits_lsb(num):
    """The bits of a number, the lowest first."""
    num = num._value_ if isinstance(num, Enum) else num
    if num < 0:
        raise ValueError("%r is not a positive integer" % num)
    while num:
        yield num & -num
        num &= num - 1


def _of_module(self):
    module = type(self).__module__.rpartition(".")[2]
    if self._name_ is None:
        return "%s.%s(%r)" % (module, type(self).__name__, self._value_)
    return "|".join(["%s.%s" % (module, one) for one in self._name_.split("|")])


def _by_name(self):
    if self._name_ is None:
        return "%s(%r)" % (type(self).__name__, self._value_)
    return self._name_


def global_enum(cls, update_str=False):
    """Makes an enumeration's members names of its module, too, and shows them so."""
    import sys

    cls.__repr__ = _of_module
    if update_str or not issubclass(cls, (ReprEnum, IntEnum, StrEnum, IntFlag)):
        cls.__str__ = _by_name
    module = sys.modules[cls.__module__]
    for name, one in cls.__members__.items():
        setattr(module, name, one)
    return cls


def show_flag_values(value):
    return [1 << n for n in range(len(bin(value)) - 2) if value >> n & 1]


DynamicClassAttribute = property
