"""Data classes, as in CPython: fields are what a class annotates. The types are as they were written."""

import re
import sys
from copy import copy as _copy
from copy import deepcopy as _deepcopy
from types import MappingProxyType as _proxy

from _modern import member_descriptor as _descriptor
from _modern import mro as _mro
from _modern import restrict as _restrict
from _modern import slot_names as _slot_names

__all__ = (
    "KW_ONLY",
    "MISSING",
    "Field",
    "FrozenInstanceError",
    "InitVar",
    "asdict",
    "astuple",
    "dataclass",
    "field",
    "fields",
    "is_dataclass",
    "make_dataclass",
    "replace",
)  # fmt: skip


class FrozenInstanceError(AttributeError):
    """An attribute of a frozen instance is set."""


class _Missing:
    def __repr__(self):
        return "<dataclasses._MISSING_TYPE object>"


class _KeywordOnly:
    """What stands before fields that are given by name only."""


MISSING = _Missing()
KW_ONLY = _KeywordOnly()
_CLASS_VARIABLE = re.compile(r"(\w+\.)*ClassVar\b")
_INIT_VARIABLE = re.compile(r"(\w+\.)*InitVar\b")
_MARKER = re.compile(r"(\w+\.)*KW_ONLY$")


class InitVar:
    """A parameter of `__init__` that is no field."""

    def __init__(self, kind):
        self.type = kind

    def __class_getitem__(cls, kind):
        return InitVar(kind)

    def __repr__(self):
        return "dataclasses.InitVar[%s]" % getattr(self.type, "__name__", repr(self.type))


class Field:
    """A field of a data class."""

    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = self.type = None
        self.default, self.default_factory, self.init, self.repr = (
            default,
            default_factory,
            init,
            repr,
        )
        self.hash, self.compare, self.kw_only = hash, compare, kw_only
        self.metadata = _proxy({} if metadata is None else metadata)
        self._field_type = "field"

    def __repr__(self):
        parts = ["%s=%r" % (one, getattr(self, one)) for one in _PARTS]
        return "Field(%s)" % ",".join(parts)

    def _optional(self):
        return self.default is not MISSING or self.default_factory is not MISSING


_PARTS = (
    "name",
    "type",
    "default",
    "default_factory",
    "init",
    "repr",
    "hash",
    "compare",
    "metadata",
    "kw_only",
)


def field(
    *,
    default=MISSING,
    default_factory=MISSING,
    init=True,
    repr=True,
    hash=None,
    compare=True,
    metadata=None,
    kw_only=MISSING,
):
    """Say more of a field than its type and default."""
    if default is not MISSING and default_factory is not MISSING:
        raise ValueError("cannot specify both default and default_factory")
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def dataclass(
    cls=None,
    *,
    init=True,
    repr=True,
    eq=True,
    order=False,
    unsafe_hash=False,
    frozen=False,
    match_args=True,
    kw_only=False,
    slots=False,
    weakref_slot=False,
):
    """Make a data class."""

    def made(cls):
        _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only)
        if weakref_slot and not slots:
            raise TypeError("weakref_slot is True but slots is False")
        return _slotted(cls) if slots else cls

    return made if cls is None else made(cls)


class _Params:
    def __init__(self, init, repr, eq, order, unsafe_hash, frozen):
        self.init, self.repr, self.eq, self.order, self.unsafe_hash, self.frozen = (
            init,
            repr,
            eq,
            order,
            unsafe_hash,
            frozen,
        )


def _fields_of(cls, kw_only):
    found = {}
    for base in reversed(_mro(cls)[1:]):
        for one in base.__dict__.get("__dataclass_fields__", {}).values():
            found[one.name] = one
    own = cls.__dict__
    for name, kind in own.get("__annotations__", {}).items():
        if kind is KW_ONLY or (isinstance(kind, str) and _MARKER.match(kind)):
            kw_only = True
            continue
        default = getattr(cls, name, MISSING)  # what a descriptor says, or a class above has
        if isinstance(default, _descriptor):
            default = MISSING
        one = default if isinstance(default, Field) else field(default=default)
        one.name, one.type = name, kind
        if isinstance(kind, str):
            if _CLASS_VARIABLE.match(kind):
                one._field_type = "class"
            elif _INIT_VARIABLE.match(kind):
                one._field_type = "init"
        elif isinstance(kind, InitVar) or kind is InitVar:
            one._field_type = "init"
        elif _is_class_variable(kind):
            one._field_type = "class"
        if one.kw_only is MISSING:
            one.kw_only = kw_only
        is_mutable = getattr(type(one.default), "__hash__", one) is None
        if is_mutable and one._field_type not in ("class", "init"):
            raise ValueError(
                "mutable default %s for field %s is not allowed: use default_factory"
                % (type(one.default), name)
            )
        if isinstance(default, Field):
            if one.default is MISSING:
                delattr(cls, name)
            else:
                setattr(cls, name, one.default)
        found[name] = one
    return found


def _is_class_variable(kind):
    typing = sys.modules.get("typing")
    variable = getattr(typing, "ClassVar", None)
    return variable is not None and variable in (kind, getattr(kind, "__origin__", None))


_told = set()
"""Of which is being told: what is inside of itself is told once."""


def _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only):
    own = cls.__dict__
    found = _fields_of(cls, kw_only)
    cls.__dataclass_fields__ = found
    cls.__dataclass_params__ = _Params(init, repr, eq, order, unsafe_hash, frozen)
    fields = [one for one in found.values() if one._field_type == "field"]
    given = [one for one in found.values() if one._field_type != "class"]
    seen = None
    for one in given:
        if one.init and not one.kw_only:
            if one._optional():
                seen = one.name
            elif seen is not None:
                raise TypeError("non-default argument %r follows default argument" % one.name)
    parents_frozen = [base for base in _mro(cls)[1:] if "__dataclass_params__" in base.__dict__]
    if any(base.__dataclass_params__.frozen for base in parents_frozen) and not frozen:
        raise TypeError("cannot inherit non-frozen dataclass from a frozen one")
    if frozen and any(not base.__dataclass_params__.frozen for base in parents_frozen):
        raise TypeError("cannot inherit frozen dataclass from a non-frozen one")
    if init:
        _put(cls, own, "__init__", _initialiser(cls, given, frozen))
    if repr:
        shown = [one.name for one in fields if one.repr]

        def __repr__(self):
            if id(self) in _told:
                return "..."
            _told.add(id(self))
            try:
                values = ["%s=%r" % (name, getattr(self, name)) for name in shown]
            finally:
                _told.discard(id(self))
            return "%s(%s)" % (type(self).__qualname__, ", ".join(values))

        _put(cls, own, "__repr__", __repr__)
    compared = [one.name for one in fields if one.compare]

    def key(self):
        return tuple([getattr(self, name) for name in compared])

    if eq:

        def __eq__(self, other):
            return key(self) == key(other) if type(other) is type(self) else NotImplemented

        _put(cls, own, "__eq__", __eq__)
    if order:
        for name, test in _ORDER:
            if name in own:
                raise TypeError(
                    "Cannot overwrite attribute %s in class %s. Consider using functools.total_ordering"
                    % (name, cls.__name__)
                )
            setattr(cls, name, _comparison(key, test))
    hashes = own.get("__hash__") is not None or ("__hash__" in own and "__eq__" not in own)
    if unsafe_hash or (eq and frozen and not hashes):
        hashed = [one.name for one in fields if (one.compare if one.hash is None else one.hash)]

        def __hash__(self):
            return hash(tuple([getattr(self, name) for name in hashed]))

        cls.__hash__ = __hash__
    elif eq and not hashes:
        cls.__hash__ = None
    if frozen:
        names = [one.name for one in fields]

        def __setattr__(self, name, value):
            if type(self) is cls or name in names:
                raise FrozenInstanceError("cannot assign to field %r" % name)
            object.__setattr__(self, name, value)

        def __delattr__(self, name):
            if type(self) is cls or name in names:
                raise FrozenInstanceError("cannot delete field %r" % name)
            object.__delattr__(self, name)

        cls.__setattr__, cls.__delattr__ = __setattr__, __delattr__
    if match_args and "__match_args__" not in own:
        cls.__match_args__ = tuple([one.name for one in given if one.init and not one.kw_only])
    return cls


def _slotted(cls):
    """The class with `__slots__`: its objects take no other attributes."""
    if "__slots__" in cls.__dict__:
        raise TypeError("%s already specifies __slots__" % cls.__name__)
    inherited = _slot_names(cls)
    cls.__slots__ = tuple([one.name for one in fields(cls) if one.name not in inherited])
    for name in cls.__slots__:
        if name in cls.__dict__:
            delattr(cls, name)  # its default
    _restrict(cls)
    return cls


def _put(cls, own, name, value):
    if name not in own:
        setattr(cls, name, value)


_ORDER = (
    ("__lt__", lambda one, two: one < two),
    ("__le__", lambda one, two: one <= two),
    ("__gt__", lambda one, two: one > two),
    ("__ge__", lambda one, two: one >= two),
)


def _comparison(key, test):
    def compare(self, other):
        return test(key(self), key(other)) if type(other) is type(self) else NotImplemented

    return compare


def _initialiser(cls, given, frozen):
    keep = object.__setattr__ if frozen else setattr
    positional = [one for one in given if one.init and not one.kw_only]
    every = [one for one in given if one.init]
    names = [one.name for one in every]
    post = hasattr(cls, "__post_init__")

    def __init__(self, *args, **named):
        if len(args) > len(positional):
            optional = sum([one._optional() for one in positional])
            most = len(positional) + 1
            takes = "from %d to %d" % (most - optional, most) if optional else most
            raise TypeError(
                "%s.__init__() takes %s positional arguments but %d were given"
                % (cls.__name__, takes, len(args) + 1)
            )
        values = {}
        for one, value in zip(positional, args):
            values[one.name] = value
        for name, value in named.items():
            if name not in names:
                raise TypeError(
                    "%s.__init__() got an unexpected keyword argument '%s'" % (cls.__name__, name)
                )
            if name in values:
                raise TypeError(
                    "%s.__init__() got multiple values for argument '%s'" % (cls.__name__, name)
                )
            values[name] = value
        absent = []
        for one in every:
            if one.name not in values:
                if one.default is not MISSING:
                    values[one.name] = one.default
                elif one.default_factory is not MISSING:
                    values[one.name] = one.default_factory()
                else:
                    absent.append(repr(one.name))
        if absent:
            told = (
                absent[0]
                if len(absent) == 1
                else " and ".join(absent)
                if len(absent) == 2
                else ", ".join(absent[:-1]) + ", and " + absent[-1]
            )
            kind = "positional" if positional else "keyword-only"
            raise TypeError(
                "%s.__init__() missing %d required %s argument%s: %s"
                % (cls.__name__, len(absent), kind, "s" if len(absent) > 1 else "", told)
            )
        for one in given:
            if one._field_type == "init":
                continue
            if one.name in values:
                keep(self, one.name, values[one.name])
            elif one.default_factory is not MISSING:
                keep(self, one.name, one.default_factory())
        if post:
            self.__post_init__(*[values[one.name] for one in given if one._field_type == "init"])

    __init__.__given__ = every
    return __init__


def fields(thing):
    """The fields of a data class, or of an instance."""
    found = getattr(thing, "__dataclass_fields__", None)
    if found is None:
        raise TypeError("must be called with a dataclass type or instance")
    return tuple([one for one in found.values() if one._field_type == "field"])


def is_dataclass(thing):
    return hasattr(thing if isinstance(thing, type) else type(thing), "__dataclass_fields__")


def asdict(thing, *, dict_factory=dict):
    if isinstance(thing, type) or not is_dataclass(thing):
        raise TypeError("asdict() should be called on dataclass instances")
    return _inner(
        thing,
        lambda each: dict_factory(
            [
                (one.name, _inner_value(getattr(each, one.name), dict_factory, True))
                for one in fields(each)
            ]
        ),
    )


def astuple(thing, *, tuple_factory=tuple):
    if isinstance(thing, type) or not is_dataclass(thing):
        raise TypeError("astuple() should be called on dataclass instances")
    return _inner(
        thing,
        lambda each: tuple_factory(
            [_inner_value(getattr(each, one.name), tuple_factory, False) for one in fields(each)]
        ),
    )


def _inner(thing, make):
    return make(thing)


def _inner_value(value, factory, named):
    if is_dataclass(value) and not isinstance(value, type):
        return (
            asdict(value, dict_factory=factory) if named else astuple(value, tuple_factory=factory)
        )
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*[_inner_value(one, factory, named) for one in value])
    if isinstance(value, (list, tuple)):
        return type(value)([_inner_value(one, factory, named) for one in value])
    if isinstance(value, dict):
        return {
            _inner_value(key, factory, named): _inner_value(one, factory, named)
            for key, one in value.items()
        }
    return _deepcopy(value)


def replace(thing, **changes):
    """The same with other values."""
    if isinstance(thing, type) or not is_dataclass(thing):
        raise TypeError("replace() should be called on dataclass instances")
    for one in thing.__dataclass_fields__.values():
        if one._field_type == "class":
            continue
        if not one.init:
            if one.name in changes:
                raise ValueError(
                    "field %s is declared with init=False, it cannot be specified with replace()"
                    % one.name
                )
        elif one.name not in changes:
            if one._field_type == "init" and one.default is MISSING:
                raise ValueError("InitVar %r must be specified with replace()" % one.name)
            changes[one.name] = getattr(thing, one.name)
    return type(thing)(**changes)


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    names, annotations = dict(namespace or {}), {}
    for one in fields:
        if isinstance(one, str):
            annotations[one] = "typing.Any"
        else:
            annotations[one[0]] = one[1]
            if len(one) == 3:
                names[one[0]] = one[2]
    names["__annotations__"] = annotations
    return dataclass(type(cls_name, tuple(bases), names), **options)
