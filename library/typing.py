"""What annotations say, as objects that know what they were made of. Nothing is checked."""

import collections as _collections
from collections import abc as _abc
from types import FunctionType as _function

from _modern import GenericAlias, UnionType, _made
from _modern import mro as _mro
from _modern import version_info as _version

TYPE_CHECKING = False


class _Form:
    """A special form: `Any`, `Literal`."""

    def __init__(self, name, origin=None):
        self._name, self._origin = name, origin
        self.__origin__ = origin

    def __getitem__(self, args):
        args = args if isinstance(args, tuple) else (args,)
        if self._name == "Optional":
            return Union[args[0], None]
        if self._name == "Union":
            return _union(args)
        if self._name == "Annotated":
            return _Annotated(args[0], args[1:])
        return _Alias(self, self._origin if self._origin is not None else self, args)

    def __call__(self, *args, **named):
        if self._origin is None:
            raise TypeError("Cannot instantiate %r" % self)
        return self._origin(*args, **named)

    def __mro_entries__(self, bases):
        return (self._origin,) if self._origin is not None else ()

    def __instancecheck__(self, value):
        return isinstance(value, self._checked())

    def __subclasscheck__(self, cls):
        return issubclass(cls, self._checked())

    def _checked(self):
        if self._origin is None:
            raise TypeError("%r cannot be used with isinstance()" % self)
        return self._origin

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        return "typing." + self._name


class _Alias(GenericAlias):
    """A form with what it is subscripted by."""

    def __init__(self, form, origin, args):
        super().__init__(origin, args)
        self._form = form
        self.__parameters__ = tuple([one for one in self.__args__ if isinstance(one, TypeVar)])

    def __getitem__(self, args):
        args = args if isinstance(args, tuple) else (args,)
        given = dict(zip(self.__parameters__, args))
        return type(self)(
            self._form,
            self.__origin__,
            tuple(
                [given.get(one, one) if isinstance(one, TypeVar) else one for one in self.__args__]
            ),
        )

    def __call__(self, *args, **named):
        return self.__origin__(*args, **named)

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __instancecheck__(self, value):
        raise TypeError("Subscripted generics cannot be used with class and instance checks")

    def __eq__(self, other):
        return (
            isinstance(other, _Alias)
            and self._form is other._form
            and self.__origin__ is other.__origin__
            and self.__args__ == other.__args__
        )

    def __hash__(self):
        return hash(len(self.__args__)) ^ hash(id(self._form))

    def __repr__(self):
        return "%r[%s]" % (self._form, ", ".join([_shown(one) for one in self.__args__]))


def _shown(value):
    if value is type(None):
        return "None"
    if value is ...:
        return "..."
    if isinstance(value, type):
        return value.__name__
    return (
        "[%s]" % ", ".join([_shown(one) for one in value])
        if isinstance(value, list)
        else repr(value)
    )


class _UnionAlias(_Alias):
    def __instancecheck__(self, value):
        return isinstance(value, self.__args__)

    def __eq__(self, other):
        return isinstance(other, (_UnionAlias, UnionType)) and set(self.__args__) == set(
            other.__args__
        )

    def __hash__(self):
        return hash(len(self.__args__))

    def __repr__(self):
        rest = [one for one in self.__args__ if one is not type(None)]
        if len(rest) == 1 and len(self.__args__) == 2:
            return "typing.Optional[%s]" % _shown(rest[0])
        return "typing.Union[%s]" % ", ".join([_shown(one) for one in self.__args__])


def _union(args):
    found = []
    for one in args:
        one = type(None) if one is None else one
        for each in one.__args__ if isinstance(one, (_UnionAlias, UnionType)) else (one,):
            if each not in found:
                found.append(each)
    return found[0] if len(found) == 1 else _UnionAlias(Union, Union, tuple(found))


class _Annotated(_Alias):
    def __init__(self, origin, metadata):
        if isinstance(origin, _Annotated):
            metadata, origin = origin.__metadata__ + tuple(metadata), origin.__origin__
        super().__init__(Annotated, origin, (origin,))
        self.__metadata__ = tuple(metadata)

    def __eq__(self, other):
        return (
            isinstance(other, _Annotated)
            and self.__origin__ == other.__origin__
            and self.__metadata__ == other.__metadata__
        )

    def __hash__(self):
        return hash(self.__metadata__)

    def __repr__(self):
        return "typing.Annotated[%s, %s]" % (
            _shown(self.__origin__),
            ", ".join(map(repr, self.__metadata__)),
        )


class TypeVar:
    """A name for a type."""

    def __init__(self, name, *constraints, bound=None, covariant=False, contravariant=False, **_):
        self.__name__, self.__constraints__, self.__bound__ = name, constraints, bound
        self.__covariant__, self.__contravariant__ = covariant, contravariant
        self.__default__ = None

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        return (
            "+" if self.__covariant__ else "-" if self.__contravariant__ else "~"
        ) + self.__name__


class TypeVarTuple(TypeVar):
    """A name for several types."""

    def __iter__(self):
        yield self


class ParamSpec(TypeVar):
    """A name for the parameters of a function."""

    args = kwargs = None


ParamSpecArgs = ParamSpecKwargs = ParamSpec


class ForwardRef:
    """A type that is named by its text."""

    def __init__(self, arg, is_argument=True, module=None, **_):
        self.__forward_arg__, self.__forward_evaluated__ = arg, False

    def __repr__(self):
        return "ForwardRef(%r)" % self.__forward_arg__


class Generic:
    """The base of classes that are generic."""

    @classmethod
    def __class_getitem__(cls, args):
        return GenericAlias(cls, args)


class _ProtocolMeta(type):
    def __instancecheck__(cls, value):
        return issubclass(type(value), cls) or (
            all(hasattr(value, one) for one in _members(cls)) and bool(_members(cls))
        )

    def __subclasscheck__(cls, other):
        return cls in _mro(other) or (
            bool(_members(cls)) and all(hasattr(other, one) for one in _members(cls))
        )


def _members(cls):
    found = []
    for one in _mro(cls):
        if one is object or one.__name__ in ("Protocol", "Generic"):
            continue
        found += [
            name
            for name in list(one.__dict__) + list(one.__dict__.get("__annotations__", ()))
            if name not in _OWN
        ]
    return found


_OWN = (
    "__module__",
    "__qualname__",
    "__metaclass__",
    "__annotations__",
    "__init__",
    "__slots__",
    "__class_getitem__",
    "__doc__",
    "__init_subclass__",
    "_is_protocol",
    "__abstractmethods__",
    "_abc_registry",
)


class Protocol(metaclass=_ProtocolMeta):
    """A base for classes that say what others must have."""

    _is_protocol = True

    @classmethod
    def __class_getitem__(cls, args):
        return GenericAlias(cls, args)


class _NamedTupleMeta(type):
    def __new__(meta, name, bases, names, **keywords):
        annotations = names.get("__annotations__", {})
        if not annotations:
            return type.__new__(meta, name, bases, names)
        fields = list(annotations)
        made = _collections.namedtuple(
            name, fields, defaults=[names[one] for one in fields if one in names]
        )
        rest = {
            one: value
            for one, value in names.items()
            if one not in annotations and one not in ("__metaclass__", "__dict__")
        }
        for one, value in rest.items():
            setattr(made, one, value)
        return made


class _NamedTuple(metaclass=_NamedTupleMeta):
    """The class that `class Point(NamedTuple)` is made by."""


class _NamedTupleMaker:
    """`NamedTuple`, as a function and as a base."""

    def __call__(self, name, fields=None, **named):
        pairs = list(fields or ()) + list(named.items())
        made = _collections.namedtuple(name, [one for one, _ in pairs])
        made.__annotations__ = dict(pairs)
        return made

    def __mro_entries__(self, bases):
        return (_NamedTuple,)


NamedTuple = _NamedTupleMaker()


class TypedDict(dict):
    """A dict; its keys and their types are not known."""

    def __init_subclass__(cls, total=True, **_):
        cls.__total__ = total


Any = _Form("Any")
Union, Optional, Annotated = _Form("Union"), _Form("Optional"), _Form("Annotated")
Callable = _Form("Callable", _abc.Callable)
ClassVar, Concatenate, Final, Literal = (
    _Form("ClassVar"),
    _Form("Concatenate"),
    _Form("Final"),
    _Form("Literal"),
)
LiteralString, Never, NoReturn = _Form("LiteralString"), _Form("Never"), _Form("NoReturn")
NotRequired, Required, ReadOnly, Self = (
    _Form("NotRequired"),
    _Form("Required"),
    _Form("ReadOnly"),
    _Form("Self"),
)
TypeAlias, TypeGuard, TypeIs, Unpack = (
    _Form("TypeAlias"),
    _Form("TypeGuard"),
    _Form("TypeIs"),
    _Form("Unpack"),
)
Dict, List, Set, FrozenSet = (
    _Form("Dict", dict),
    _Form("List", list),
    _Form("Set", set),
    _Form("FrozenSet", frozenset),
)
Tuple, Type = _Form("Tuple", tuple), _Form("Type", type)
Counter, ChainMap = _Form("Counter", _collections.Counter), _Form("ChainMap", _collections.ChainMap)
DefaultDict, Deque = (
    _Form("DefaultDict", _collections.defaultdict),
    _Form("Deque", _collections.deque),
)
OrderedDict = _Form("OrderedDict", _collections.OrderedDict)
AbstractSet, AsyncGenerator = (
    _Form("AbstractSet", _abc.Set),
    _Form("AsyncGenerator", _abc.AsyncGenerator),
)
AsyncIterable, AsyncIterator = (
    _Form("AsyncIterable", _abc.AsyncIterable),
    _Form("AsyncIterator", _abc.AsyncIterator),
)
Awaitable, ByteString = _Form("Awaitable", _abc.Awaitable), _Form("ByteString", _abc.ByteString)
Collection, Container = _Form("Collection", _abc.Collection), _Form("Container", _abc.Container)
Coroutine, Generator = _Form("Coroutine", _abc.Coroutine), _Form("Generator", _abc.Generator)
Hashable, ItemsView, Iterable = (
    _Form("Hashable", _abc.Hashable),
    _Form("ItemsView", _abc.ItemsView),
    _Form("Iterable", _abc.Iterable),
)
Iterator, KeysView, Mapping = (
    _Form("Iterator", _abc.Iterator),
    _Form("KeysView", _abc.KeysView),
    _Form("Mapping", _abc.Mapping),
)
MappingView, MutableMapping = (
    _Form("MappingView", _abc.MappingView),
    _Form("MutableMapping", _abc.MutableMapping),
)
MutableSequence, MutableSet = (
    _Form("MutableSequence", _abc.MutableSequence),
    _Form("MutableSet", _abc.MutableSet),
)
Reversible, Sequence, Sized = (
    _Form("Reversible", _abc.Reversible),
    _Form("Sequence", _abc.Sequence),
    _Form("Sized", _abc.Sized),
)
ValuesView = _Form("ValuesView", _abc.ValuesView)


class _Manager:
    """A context manager."""

    @classmethod
    def __class_getitem__(cls, args):
        return GenericAlias(cls, args)


ContextManager, AsyncContextManager = (
    _Form("ContextManager", _Manager),
    _Form("AsyncContextManager", _Manager),
)


class IO(_Manager):
    """A file."""


class TextIO(IO):
    """A file of text."""


class BinaryIO(IO):
    """A file of bytes."""


Pattern, Match = _Form("Pattern"), _Form("Match")
Text = str
AnyStr = TypeVar("AnyStr", bytes, str)


class SupportsInt(Protocol):
    def __int__(self):
        pass


class SupportsFloat(Protocol):
    def __float__(self):
        pass


class SupportsComplex(Protocol):
    def __complex__(self):
        pass


class SupportsBytes(Protocol):
    def __bytes__(self):
        pass


class SupportsIndex(Protocol):
    def __index__(self):
        pass


class SupportsAbs(Protocol):
    def __abs__(self):
        pass


class SupportsRound(Protocol):
    def __round__(self):
        pass


def NewType(name, kind):
    """The type itself: calling it makes a value of it."""
    return kind


class TypeAliasType:
    def __init__(self, name, value, *, type_params=()):
        self.__name__, self.__value__, self.__type_params__ = name, value, type_params


def cast(_, value):
    """The value."""
    return value


def _same(function):
    return function


final = no_type_check = overload = override = runtime_checkable = runtime = _same


def dataclass_transform(**_):
    return _same


def get_type_hints(thing, globalns=None, localns=None, include_extras=False):
    """What was annotated, as text where it is known as text."""
    found = {}
    for one in reversed(_mro(thing)) if isinstance(thing, type) else ():
        found.update(one.__dict__.get("__annotations__", {}))
    return found


def get_origin(alias):
    """`list` of `list[int]`."""
    if isinstance(alias, _Annotated):
        return Annotated
    if isinstance(alias, UnionType):
        return UnionType
    if isinstance(alias, _Alias):
        return alias.__origin__
    if isinstance(alias, GenericAlias):
        return alias.__origin__
    return Generic if alias is Generic else None


def get_args(alias):
    """`(int,)` of `list[int]`."""
    if isinstance(alias, _Annotated):
        return (alias.__origin__,) + alias.__metadata__
    if isinstance(alias, (GenericAlias, UnionType)):
        args = alias.__args__
        if getattr(alias, "_form", None) is Callable and args and isinstance(args[0], list):
            return args
        return args
    return ()


def is_typeddict(kind):
    return isinstance(kind, type) and issubclass(kind, TypedDict)


def get_overloads(_):
    return []


def clear_overloads():
    return None


def reveal_type(value):
    return value


def assert_type(value, _):
    return value


def assert_never(value):
    """Fails: what cannot be is."""
    raise AssertionError("Expected code to be unreachable, but got: %r" % (value,))


NoDefault = None
