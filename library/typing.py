"""What annotations say, as objects that know what they were made of. Nothing is checked."""

import collections as _collections
from abc import ABCMeta as _ABCMeta
from collections import abc as _abc
from types import FunctionType as _function

from _modern import GenericAlias, UnionType, _made
from _modern import mro as _mro
from _modern import version_info as _version
from _modern.errors import running as _running
from _modern.unions import _type_name

__all__ = (
    "IO",
    "TYPE_CHECKING",
    "AbstractSet",
    "Annotated",
    "Any",
    "AnyStr",
    "AsyncContextManager",
    "AsyncGenerator",
    "AsyncIterable",
    "AsyncIterator",
    "Awaitable",
    "BinaryIO",
    "ByteString",
    "Callable",
    "ChainMap",
    "ClassVar",
    "Collection",
    "Concatenate",
    "Container",
    "ContextManager",
    "Coroutine",
    "Counter",
    "DefaultDict",
    "Deque",
    "Dict",
    "Final",
    "ForwardRef",
    "FrozenSet",
    "Generator",
    "Generic",
    "Hashable",
    "ItemsView",
    "Iterable",
    "Iterator",
    "KeysView",
    "List",
    "Literal",
    "LiteralString",
    "Mapping",
    "MappingView",
    "Match",
    "MutableMapping",
    "MutableSequence",
    "MutableSet",
    "NamedTuple",
    "Never",
    "NewType",
    "NoReturn",
    "NotRequired",
    "Optional",
    "OrderedDict",
    "ParamSpec",
    "ParamSpecArgs",
    "ParamSpecKwargs",
    "Pattern",
    "Protocol",
    "Required",
    "Reversible",
    "Self",
    "Sequence",
    "Set",
    "Sized",
    "SupportsAbs",
    "SupportsBytes",
    "SupportsComplex",
    "SupportsFloat",
    "SupportsIndex",
    "SupportsInt",
    "SupportsRound",
    "Text",
    "TextIO",
    "Tuple",
    "Type",
    "TypeAlias",
    "TypeGuard",
    "TypeVar",
    "TypeVarTuple",
    "TypedDict",
    "Union",
    "Unpack",
    "ValuesView",
    "assert_never",
    "assert_type",
    "cast",
    "clear_overloads",
    "dataclass_transform",
    "final",
    "get_args",
    "get_origin",
    "get_overloads",
    "get_type_hints",
    "is_typeddict",
    "no_type_check",
    "no_type_check_decorator",
    "overload",
    "reveal_type",
    "runtime_checkable",
)  # fmt: skip


TYPE_CHECKING = False


class _Final:
    """A base of special forms."""

    def __init_subclass__(cls, *args, **keywords):
        pass


class _SpecialForm(_Final):
    """A special form: `Any`, `Literal`; made by its name, or by the function that subscripts it."""

    def __init__(self, name, origin=None):
        self._getitem = None if isinstance(name, str) else name
        self._name = name if isinstance(name, str) else name.__name__
        self.__name__ = self.__qualname__ = self._name
        self._origin = None if self._getitem else origin
        self.__origin__ = self._origin

    def __getitem__(self, args):
        if self._getitem is not None:
            return self._getitem(self, args)
        args = args if isinstance(args, tuple) else (args,)
        if self._name not in ("Literal", "Annotated"):
            args = tuple([ForwardRef(one) if isinstance(one, str) else one for one in args])
        if self._name == "Optional":
            return Union[args[0], None]
        if self._name == "Union":
            return _union(args)
        if self._name == "Annotated":
            return _AnnotatedAlias(args[0], args[1:])
        if self._name != "Literal":
            args = tuple([type(None) if one is None else one for one in args])
        origin = self._origin if self._origin is not None else self
        kind = _ALIASES.get(self._name, _GenericAlias)
        return kind(origin, args, form=self)

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
        return "<class 'typing.Annotated'>" if self is Annotated else "typing." + self._name


class _BaseGenericAlias(GenericAlias):
    """What subscripted forms, and typing's names of classes, are."""


class _GenericAlias(_BaseGenericAlias):
    """A form with what it is subscripted by."""

    __iter__ = None

    def __init__(self, origin, args, *, inst=True, name=None, form=None):
        super().__init__(origin, args)
        self._form = origin if form is None else form
        self._name, self._inst = name or getattr(self._form, "_name", None), inst
        self.__parameters__ = _collect_parameters(self.__args__)

    def copy_with(self, args):
        return type(self)(self.__origin__, args, name=self._name, form=self._form)

    def __getitem__(self, args):
        args = args if isinstance(args, tuple) else (args,)
        given = dict(zip(self.__parameters__, args))
        return self.copy_with(
            tuple(
                [given.get(one, one) if isinstance(one, TypeVar) else one for one in self.__args__]
            )
        )

    def __call__(self, *args, **named):
        made = self.__origin__(*args, **named)
        try:
            made.__orig_class__ = self
        except AttributeError:  # a native one, which has no attributes
            pass
        return made

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __instancecheck__(self, value):
        raise TypeError("Subscripted generics cannot be used with class and instance checks")

    def __subclasscheck__(self, cls):
        raise TypeError("Subscripted generics cannot be used with class and instance checks")

    def __eq__(self, other):
        return (
            isinstance(other, _GenericAlias)
            and self._form is other._form
            and self.__origin__ is other.__origin__
            and self.__args__ == other.__args__
        )

    def __hash__(self):
        return hash(len(self.__args__)) ^ hash(id(self._form))

    def __repr__(self):
        form = _shown(self._form) if isinstance(self._form, type) else repr(self._form)
        return "%s[%s]" % (form, ", ".join([_shown(one) for one in self.__args__]))


def _shown(value):
    if value is ...:
        return "..."
    if isinstance(value, type):
        return _type_name(value)
    return (
        "[%s]" % ", ".join([_shown(one) for one in value])
        if isinstance(value, list)
        else repr(value)
    )


class _UnionGenericAlias(_GenericAlias):
    _is_union = True

    def __instancecheck__(self, value):
        return isinstance(value, self.__args__)

    def __subclasscheck__(self, cls):
        return issubclass(cls, self.__args__)

    def __eq__(self, other):
        return getattr(other, "_is_union", False) and set(self.__args__) == set(other.__args__)

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
        for each in one.__args__ if isinstance(one, (_UnionGenericAlias, UnionType)) else (one,):
            if each not in found:
                found.append(each)
    return found[0] if len(found) == 1 else _UnionGenericAlias(Union, tuple(found))


class _AnnotatedAlias(_GenericAlias):
    def __init__(self, origin, metadata):
        if isinstance(origin, _AnnotatedAlias):
            metadata, origin = origin.__metadata__ + tuple(metadata), origin.__origin__
        super().__init__(origin, (origin,), name="Annotated", form=Annotated)
        self.__metadata__ = tuple(metadata)

    def copy_with(self, args):
        return _AnnotatedAlias(args[0], self.__metadata__)

    def __eq__(self, other):
        return (
            isinstance(other, _AnnotatedAlias)
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


class _ConcatenateGenericAlias(_GenericAlias):
    """`Concatenate[…]`."""


class _LiteralGenericAlias(_GenericAlias):
    """`Literal[…]`."""


class _CallableGenericAlias(_GenericAlias):
    """`Callable[…]`."""


class _UnpackGenericAlias(_GenericAlias):
    """`Unpack[…]`."""


class _SpecialGenericAlias(_BaseGenericAlias):
    """A class by typing's name; those of this module are special forms."""

    def __init__(self, origin, nparams, *, inst=True, name=None, **_):
        super().__init__(origin, ())
        self._nparams, self._inst = nparams, inst
        self._name = name or origin.__name__

    def __getitem__(self, args):
        return _GenericAlias(self.__origin__, args, form=self)

    def __repr__(self):
        return "typing." + self._name


_ALIASES = {
    "Concatenate": _ConcatenateGenericAlias,
    "Literal": _LiteralGenericAlias,
    "Callable": _CallableGenericAlias,
    "Unpack": _UnpackGenericAlias,
}


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


class ForwardRef(_Final):
    """A type that is named by its text."""

    __slots__ = ("__forward_arg__", "__forward_is_argument__", "__forward_is_class__")

    def __init__(self, arg, is_argument=True, module=None, *, is_class=False):
        self.__forward_arg__, self.__forward_evaluated__ = arg, False
        self.__forward_code__ = self.__forward_value__ = None
        self.__forward_is_argument__, self.__forward_is_class__ = is_argument, is_class
        self.__forward_module__ = module

    def __eq__(self, other):
        return isinstance(other, ForwardRef) and self.__forward_arg__ == other.__forward_arg__

    def __hash__(self):
        return hash(self.__forward_arg__)

    def __repr__(self):
        return "ForwardRef(%r)" % self.__forward_arg__


class Generic:
    """The base of classes that are generic."""

    __parameters__ = ()

    @classmethod
    def __class_getitem__(cls, args):
        args = args if isinstance(args, tuple) else (args,)
        if cls is Generic or cls is Protocol:
            name = cls.__name__
            if any(isinstance(one, (type, str, int)) for one in args):
                raise TypeError(
                    "Parameters to %s[...] must all be type variables or parameter specification "
                    "variables." % name
                )
            if len(set(args)) != len(args):
                raise TypeError("Parameters to %s[...] must all be unique" % name)
        return _GenericAlias(cls, args)

    def __init_subclass__(cls, *args, **keywords):
        super().__init_subclass__(*args, **keywords)
        found = []
        for one in cls.__dict__.get("__orig_bases__", ()):
            origin = getattr(one, "__origin__", None)
            if origin is Generic or origin is Protocol:
                found = list(one.__parameters__)
                break
            for each in getattr(one, "__parameters__", ()) if origin is not None else ():
                if each not in found:
                    found.append(each)
        cls.__parameters__ = tuple(found)


class _ProtocolMeta(_ABCMeta):
    """Classes of protocols: what has their members is one, if they are `runtime_checkable`."""

    def __call__(cls, *args, **named):
        if _is_protocol(cls) and "__init__" not in cls.__dict__:
            raise TypeError("Protocols cannot be instantiated")
        return _ABCMeta.__call__(cls, *args, **named)

    def __instancecheck__(cls, value):
        if not _is_protocol(cls):
            return _ABCMeta.__instancecheck__(cls, value)
        members = _checkable(cls)
        if cls in _mro(type(value)):
            return True
        return bool(members) and all(
            hasattr(value, one)
            and (getattr(value, one) is not None or not callable(getattr(cls, one, None)))
            for one in members
        )

    def __subclasscheck__(cls, other):
        if not isinstance(other, type):
            raise TypeError("issubclass() arg 1 must be a class")
        if cls in _mro(other) or not _is_protocol(cls):
            return _ABCMeta.__subclasscheck__(cls, other)
        members = _checkable(cls)
        if not all(callable(getattr(cls, one, None)) for one in members):
            raise TypeError("Protocols with non-method members don't support issubclass()")
        return bool(members) and all(getattr(other, one, None) is not None for one in members)


def _is_protocol(cls):
    return cls is Protocol or Protocol in cls.__bases__


def _checkable(cls):
    """The members of a protocol. Raises TypeError."""
    if cls is not Protocol and not getattr(cls, "_is_runtime_protocol", False):
        raise TypeError(
            "Instance and class checks can only be used with @runtime_checkable protocols"
        )
    return _members(cls)


def _members(cls):
    found = []
    for one in _mro(cls):
        if one is object or one.__name__ in ("Protocol", "Generic"):
            continue
        found += [
            name
            for name in list(one.__dict__) + list(one.__dict__.get("__annotations__", ()))
            if name not in EXCLUDED_ATTRIBUTES
        ]
    return found


EXCLUDED_ATTRIBUTES = (
    "__module__",
    "__qualname__",
    "__metaclass__",
    "__annotations__",
    "__init__",
    "__slots__",
    "__class_getitem__",
    "__orig_bases__",
    "__parameters__",
    "__doc__",
    "__init_subclass__",
    "_is_protocol",
    "_is_runtime_protocol",
    "__abstractmethods__",
    "_abc_registry",
)


class Protocol(Generic, metaclass=_ProtocolMeta):
    """A base for classes that say what others must have."""

    _is_protocol = True

    def __init_subclass__(cls, *args, **keywords):
        super().__init_subclass__(*args, **keywords)
        cls._is_protocol = Protocol in cls.__bases__


def runtime_checkable(cls):
    """Lets `isinstance` and `issubclass` ask for a protocol."""
    if not isinstance(cls, type) or not getattr(cls, "_is_protocol", False):
        raise TypeError(
            "@runtime_checkable can be only applied to protocol classes, got %r" % (cls,)
        )
    cls._is_runtime_protocol = True
    return cls


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


class _TypedDictMeta(type):
    def __init__(cls, name, bases, names, total=True):
        annotations, required, optional = {}, set(), set()
        for base in bases:
            annotations.update(getattr(base, "__annotations__", {}))
            required |= getattr(base, "__required_keys__", set())
            optional |= getattr(base, "__optional_keys__", set())
        for key, kind in names.get("__annotations__", {}).items():
            annotations[key] = kind
            needed = (total or _says(kind, "Required")) and not _says(kind, "NotRequired")
            (required if needed else optional).add(key)
        cls.__annotations__, cls.__total__ = annotations, total
        cls.__required_keys__, cls.__optional_keys__ = frozenset(required), frozenset(optional)

    def __call__(cls, *args, **named):
        return (_typed_dict if cls is TypedDict else dict)(*args, **named)

    def __instancecheck__(cls, value):
        raise TypeError("TypedDict does not support instance and class checks")


def _says(kind, name):
    """Whether an annotation, or its text, is `Required[…]` or `NotRequired[…]`."""
    if isinstance(kind, str):
        return kind.rpartition("[")[0].split("[")[0].rpartition(".")[2] == name
    return getattr(kind, "_name", None) == name


def _typed_dict(name, fields=None, *, total=True, **named):
    names = {"__annotations__": dict(fields or named), "__class_keywords__": {"total": total}}
    return type(name, (TypedDict,), names)


class TypedDict(dict, metaclass=_TypedDictMeta):
    """A dict whose keys and their types are said; those who make one get a dict."""


Any = _SpecialForm("Any")
Union, Optional, Annotated = (
    _SpecialForm("Union"),
    _SpecialForm("Optional"),
    _SpecialForm("Annotated"),
)
Callable = _SpecialForm("Callable", _abc.Callable)
ClassVar, Concatenate, Final, Literal = (
    _SpecialForm("ClassVar"),
    _SpecialForm("Concatenate"),
    _SpecialForm("Final"),
    _SpecialForm("Literal"),
)
LiteralString, Never, NoReturn = (
    _SpecialForm("LiteralString"),
    _SpecialForm("Never"),
    _SpecialForm("NoReturn"),
)
NotRequired, Required, ReadOnly, Self = (
    _SpecialForm("NotRequired"),
    _SpecialForm("Required"),
    _SpecialForm("ReadOnly"),
    _SpecialForm("Self"),
)
TypeAlias, TypeGuard, TypeIs, Unpack = (
    _SpecialForm("TypeAlias"),
    _SpecialForm("TypeGuard"),
    _SpecialForm("TypeIs"),
    _SpecialForm("Unpack"),
)
Dict, List, Set, FrozenSet = (
    _SpecialForm("Dict", dict),
    _SpecialForm("List", list),
    _SpecialForm("Set", set),
    _SpecialForm("FrozenSet", frozenset),
)
Tuple, Type = _SpecialForm("Tuple", tuple), _SpecialForm("Type", type)
Counter, ChainMap = (
    _SpecialForm("Counter", _collections.Counter),
    _SpecialForm("ChainMap", _collections.ChainMap),
)
DefaultDict, Deque = (
    _SpecialForm("DefaultDict", _collections.defaultdict),
    _SpecialForm("Deque", _collections.deque),
)
OrderedDict = _SpecialForm("OrderedDict", _collections.OrderedDict)
AbstractSet, AsyncGenerator = (
    _SpecialForm("AbstractSet", _abc.Set),
    _SpecialForm("AsyncGenerator", _abc.AsyncGenerator),
)
AsyncIterable, AsyncIterator = (
    _SpecialForm("AsyncIterable", _abc.AsyncIterable),
    _SpecialForm("AsyncIterator", _abc.AsyncIterator),
)
Awaitable, ByteString = (
    _SpecialForm("Awaitable", _abc.Awaitable),
    _SpecialForm("ByteString", _abc.ByteString),
)
Collection, Container = (
    _SpecialForm("Collection", _abc.Collection),
    _SpecialForm("Container", _abc.Container),
)
Coroutine, Generator = (
    _SpecialForm("Coroutine", _abc.Coroutine),
    _SpecialForm("Generator", _abc.Generator),
)
Hashable, ItemsView, Iterable = (
    _SpecialForm("Hashable", _abc.Hashable),
    _SpecialForm("ItemsView", _abc.ItemsView),
    _SpecialForm("Iterable", _abc.Iterable),
)
Iterator, KeysView, Mapping = (
    _SpecialForm("Iterator", _abc.Iterator),
    _SpecialForm("KeysView", _abc.KeysView),
    _SpecialForm("Mapping", _abc.Mapping),
)
MappingView, MutableMapping = (
    _SpecialForm("MappingView", _abc.MappingView),
    _SpecialForm("MutableMapping", _abc.MutableMapping),
)
MutableSequence, MutableSet = (
    _SpecialForm("MutableSequence", _abc.MutableSequence),
    _SpecialForm("MutableSet", _abc.MutableSet),
)
Reversible, Sequence, Sized = (
    _SpecialForm("Reversible", _abc.Reversible),
    _SpecialForm("Sequence", _abc.Sequence),
    _SpecialForm("Sized", _abc.Sized),
)
ValuesView = _SpecialForm("ValuesView", _abc.ValuesView)


class _Manager:
    """A context manager."""

    @classmethod
    def __class_getitem__(cls, args):
        return GenericAlias(cls, args)


ContextManager, AsyncContextManager = (
    _SpecialForm("ContextManager", _Manager),
    _SpecialForm("AsyncContextManager", _Manager),
)


class IO(_Manager):
    """A file."""


class TextIO(IO):
    """A file of text."""


class BinaryIO(IO):
    """A file of bytes."""


Pattern, Match = _SpecialForm("Pattern"), _SpecialForm("Match")
Text = str
AnyStr = TypeVar("AnyStr", bytes, str)
T, KT, VT = TypeVar("T"), TypeVar("KT"), TypeVar("VT")
T_co, KT_co, V_co, VT_co = [
    TypeVar(_name, covariant=True) for _name in ("T_co", "KT_co", "V_co", "VT_co")
]
T_contra = TypeVar("T_contra", contravariant=True)


@runtime_checkable
class SupportsInt(Protocol):
    def __int__(self):
        pass


@runtime_checkable
class SupportsFloat(Protocol):
    def __float__(self):
        pass


@runtime_checkable
class SupportsComplex(Protocol):
    def __complex__(self):
        pass


@runtime_checkable
class SupportsBytes(Protocol):
    def __bytes__(self):
        pass


@runtime_checkable
class SupportsIndex(Protocol):
    def __index__(self):
        pass


@runtime_checkable
class SupportsAbs(Protocol):
    def __abs__(self):
        pass


@runtime_checkable
class SupportsRound(Protocol):
    def __round__(self):
        pass


class NewType:
    """A name for a type that checkers tell from it: called, it gives what it is given."""

    def __init__(self, name, tp):
        self.__qualname__, self.__supertype__ = name, tp
        self.__name__ = name.rpartition(".")[2]
        self.__module__ = _running(1).f_globals.get("__name__", "__main__")

    def __call__(self, value):
        return value

    def __mro_entries__(self, bases):
        raise TypeError(
            "Cannot subclass an instance of NewType. Perhaps you were looking for: "
            "`%s = NewType(%r, %s)`" % ("Dummy", "Dummy", self.__name__)
        )

    def __reduce__(self):
        return self.__qualname__

    def __or__(self, other):
        return Union[self, other]

    def __ror__(self, other):
        return Union[other, self]

    def __repr__(self):
        return self.__module__ + "." + self.__qualname__


class TypeAliasType:
    def __init__(self, name, value, *, type_params=()):
        self.__name__, self.__value__, self.__type_params__ = name, value, type_params


def cast(_, value):
    """The value."""
    return value


def _same(function):
    return function


runtime = runtime_checkable
final = no_type_check = overload = override = _same
no_type_check_decorator = _same


def dataclass_transform(**_):
    return _same


def get_type_hints(thing, globalns=None, localns=None, include_extras=False):
    """What was annotated. What is known as text is read, and stays text if it says more than names,
    subscripts and `|`, or a name that is not known."""
    found = {}
    if isinstance(thing, type):
        for one in reversed(_mro(thing)):
            names = globalns or _names_of(one.__dict__.get("__module__"))
            for name, value in one.__dict__.get("__annotations__", {}).items():
                found[name] = _read(value, names, localns)
    else:
        names = globalns or _names_of(getattr(thing, "__module__", None))
        for name, value in (getattr(thing, "__annotations__", None) or {}).items():
            found[name] = _read(value, names, localns)
    if not include_extras:
        found = {name: _stripped(value) for name, value in found.items()}
    return found


def _names_of(module):
    import sys

    module = sys.modules.get(module or "__main__")
    return module.__dict__ if module is not None else {}


def _stripped(value):
    """Without what `Annotated`, `Required` and `NotRequired` say."""
    return value.__origin__ if isinstance(value, _AnnotatedAlias) else value


def _read(told, names, more):
    """What an annotation says, in which text stands for what is not known yet."""
    if told is None:
        return type(None)
    if isinstance(told, str):
        try:
            reader = _Reader(told, names, more or {})
            value = reader.union()
            return told if reader.rest() else type(None) if value is None else value
        except (LookupError, AttributeError, SyntaxError):
            return told
    if isinstance(told, ForwardRef):
        return _read(told.__forward_arg__, names, more)
    args = getattr(told, "__args__", None)
    if not isinstance(args, tuple) or isinstance(told, _LiteralGenericAlias):
        return told
    found = tuple([_read(one, names, more) if _is_text(one) else one for one in args])
    if all(one is other for one, other in zip(args, found)):
        return told
    if isinstance(told, UnionType):
        return UnionType(found)
    if isinstance(told, _GenericAlias):
        return _union(found) if isinstance(told, _UnionGenericAlias) else told.copy_with(found)
    return type(told)(told.__origin__, found)


def _is_text(one):
    """Whether there may be text in it."""
    return isinstance(one, (str, ForwardRef, GenericAlias, UnionType))


class _Reader:
    """Reads an annotation's text."""

    def __init__(self, text, names, more):
        self._text, self._names, self._more = text, names, more
        self._literal = False

    def rest(self):
        self._text = self._text.strip()
        return self._text

    def _skip(self, one):
        found = self.rest()[:1] == one
        if found:
            self._text = self._text[1:]
        return found

    def union(self):
        found = self._item()
        while self._skip("|"):
            found = found | self._item()
        return found

    def _item(self):
        text = self.rest()
        if self._skip("["):
            return list(self._items("]"))
        if text[:3] == "...":
            self._text = text[3:]
            return ...
        if text[:1] in ("'", '"'):
            at = text.index(text[0], 1)
            self._text = text[at + 1 :]
            return text[1:at] if self._literal else _read(text[1:at], self._names, self._more)
        size = 0
        while size < len(text) and (
            text[size].isalpha() or text[size].isdigit() or text[size] in "_."
        ):
            size += 1
        if not size:
            raise SyntaxError(text)
        self._text = text[size:]
        found = self._named(text[:size])
        if self._skip("["):
            outside, self._literal = self._literal, found in (Literal, Annotated)
            items = self._items("]")
            self._literal = outside
            found = found[items[0] if len(items) == 1 else items]
        return found

    def _items(self, end):
        found = []
        while not self._skip(end):
            found.append(self.union())
            if not self._skip(",") and self.rest()[:1] != end:
                raise SyntaxError(self._text)
        return tuple(found)

    def _named(self, name):
        import builtins

        if name.isdigit():
            return int(name)
        if name in ("None", "True", "False"):
            return {"None": None, "True": True, "False": False}[name]
        first, *parts = name.split(".")
        if first in self._more:
            found = self._more[first]
        elif first in self._names:
            found = self._names[first]
        elif hasattr(builtins, first):
            found = getattr(builtins, first)
        else:
            raise KeyError(name)
        for one in parts:
            found = getattr(found, one)
        return found


def get_origin(alias):
    """`list` of `list[int]`."""
    if isinstance(alias, _AnnotatedAlias):
        return Annotated
    if isinstance(alias, UnionType):
        return UnionType
    if isinstance(alias, _GenericAlias):
        return alias.__origin__
    if isinstance(alias, GenericAlias):
        return alias.__origin__
    return Generic if alias is Generic else None


def get_args(alias):
    """`(int,)` of `list[int]`."""
    if isinstance(alias, _AnnotatedAlias):
        return (alias.__origin__,) + alias.__metadata__
    if isinstance(alias, (GenericAlias, UnionType)):
        args = alias.__args__
        if getattr(alias, "_form", None) is Callable and args and isinstance(args[0], list):
            return args
        return args
    return ()


def is_typeddict(kind):
    return isinstance(kind, _TypedDictMeta)


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


# What packages take of typing that is not public.


def _type_convert(arg, module=None, *, allow_special_forms=False):
    """What an argument stands for: None, and text, for a type."""
    if arg is None:
        return type(None)
    return ForwardRef(arg, module=module) if isinstance(arg, str) else arg


def _type_check(arg, msg, is_argument=True, module=None, *, allow_special_forms=False):
    """What an argument stands for, if it can be a type."""
    arg = _type_convert(arg, module)
    if isinstance(arg, (int, float, bytes, list, dict)):
        raise TypeError("%s Got %r." % (msg, arg))
    return arg


def _type_repr(value):
    """How a type is shown in others."""
    return "..." if value is ... else _shown(value)


def _collect_parameters(args):
    """The names for types in the arguments of a form."""
    found = []
    for one in args:
        for each in (one,) if isinstance(one, TypeVar) else getattr(one, "__parameters__", ()):
            if each not in found:
                found.append(each)
    return tuple(found)


def _deduplicate(args):
    return tuple([one for n, one in enumerate(args) if one not in args[:n]])


def _flatten_literal_params(args):
    found = []
    for one in args:
        found += one.__args__ if isinstance(one, _LiteralGenericAlias) else (one,)
    return tuple(found)


def _is_param_expr(arg):
    return arg is ... or isinstance(arg, (tuple, list, ParamSpec, _ConcatenateGenericAlias))


def _is_dunder(name):
    return name.startswith("__") and name.endswith("__")


def _check_generic(cls, parameters, count):
    if len(parameters) != count:
        raise TypeError("%r takes %d parameters, not %d" % (cls, count, len(parameters)))


def _tp_cache(function=None, /, *, typed=False):
    return _tp_cache if function is None else function


def _eval_type(kind, globalns, localns, *args, **named):
    return kind


def _overload_dummy(*args, **named):
    raise NotImplementedError("You should not call an overloaded function.")


def _get_protocol_attrs(cls):
    return set(_members(cls))


def _allow_reckless_class_checks(depth=3):
    return True


def _no_init_or_replace_init(self, *args, **named):
    pass


_special = ("__module__", "__name__", "__annotations__")
_prohibited = ("__new__", "__init__", "__slots__", "__getnewargs__", "_fields", "_field_defaults")
_prohibited += ("_field_types", "_make", "_replace", "_asdict", "_source")
