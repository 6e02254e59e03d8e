"""What annotations say, as objects that know what they were made of. Nothing is checked."""

from typing._aliases import (
    IO,
    AbstractSet,
    AsyncContextManager,
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Awaitable,
    BinaryIO,
    ByteString,
    ChainMap,
    Collection,
    Container,
    ContextManager,
    Coroutine,
    Counter,
    DefaultDict,
    Deque,
    Dict,
    FrozenSet,
    Generator,
    Hashable,
    ItemsView,
    Iterable,
    Iterator,
    KeysView,
    List,
    Mapping,
    MappingView,
    Match,
    MutableMapping,
    MutableSequence,
    MutableSet,
    OrderedDict,
    Pattern,
    Reversible,
    Sequence,
    Set,
    Sized,
    TextIO,
    Tuple,
    Type,
    ValuesView,
)
from typing._forms import (
    _ALIASES,
    Annotated,
    Any,
    Callable,
    ClassVar,
    Concatenate,
    Final,
    ForwardRef,
    Literal,
    LiteralString,
    Never,
    NoReturn,
    NotRequired,
    Optional,
    ParamSpec,
    ParamSpecArgs,
    ParamSpecKwargs,
    ReadOnly,
    Required,
    Self,
    TypeAlias,
    TypeGuard,
    TypeIs,
    TypeVar,
    TypeVarTuple,
    Union,
    Unpack,
    _AnnotatedAlias,
    _BaseGenericAlias,
    _CallableGenericAlias,
    _collect_parameters,
    _ConcatenateGenericAlias,
    _Final,
    _GenericAlias,
    _LiteralGenericAlias,
    _shown,
    _SpecialForm,
    _SpecialGenericAlias,
    _union,
    _UnionGenericAlias,
    _UnpackGenericAlias,
)
from typing._generics import (
    EXCLUDED_ATTRIBUTES,
    Generic,
    Protocol,
    SupportsAbs,
    SupportsBytes,
    SupportsComplex,
    SupportsFloat,
    SupportsIndex,
    SupportsInt,
    SupportsRound,
    _members,
    _ProtocolMeta,
    runtime_checkable,
)
from typing._hints import (
    get_args,
    get_origin,
    get_type_hints,
)
from typing._internals import (
    _allow_reckless_class_checks,
    _check_generic,
    _deduplicate,
    _eval_type,
    _flatten_literal_params,
    _get_protocol_attrs,
    _is_dunder,
    _is_param_expr,
    _no_init_or_replace_init,
    _overload_dummy,
    _prohibited,
    _special,
    _tp_cache,
    _type_check,
    _type_convert,
    _type_repr,
)
from typing._records import (
    NamedTuple,
    TypedDict,
    _NamedTuple,
    _NamedTupleMaker,
    _NamedTupleMeta,
    _TypedDictMeta,
)

from _modern import GenericAlias
from _modern.errors import running as _running

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
Text = str
AnyStr = TypeVar("AnyStr", bytes, str)
T, KT, VT = TypeVar("T"), TypeVar("KT"), TypeVar("VT")
T_co, KT_co, V_co, VT_co = [
    TypeVar(_name, covariant=True) for _name in ("T_co", "KT_co", "V_co", "VT_co")
]
T_contra = TypeVar("T_contra", contravariant=True)


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
