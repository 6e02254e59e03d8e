"""Names for annotations. They stand for nothing: annotations are not kept in an image.

`Generic[T]` is a class, so that it can be a base; of `Protocol` and `TypedDict` the bare names are.
"""

from collections import namedtuple

TYPE_CHECKING = False


class _Form:
    """What can be subscripted, called and joined by `|` in an annotation."""

    def __getitem__(self, _):
        return self

    def __call__(self, *_, **__):
        return self

    def __or__(self, _):
        return self

    def __ror__(self, _):
        return self


class _Base:
    """The base of classes that are generic."""


class _Generic(_Form):
    def __getitem__(self, _):
        return _Base


class Protocol:
    """A base for classes that say what others must have."""


class TypedDict(dict):
    """A dict; its keys and their types are not known."""


class TypeVar(_Form):
    """A name for a type."""

    def __init__(self, name, *_, **__):
        self.__name__ = name


class ParamSpec(TypeVar):
    """A name for the parameters of a function."""

    args = kwargs = None


_form = _Form()
Annotated = Any = AnyStr = AsyncGenerator = AsyncIterable = AsyncIterator = _form
Awaitable = BinaryIO = ByteString = Callable = ClassVar = Collection = Concatenate = _form
Container = ContextManager = Coroutine = Counter = DefaultDict = Deque = Dict = Final = _form
FrozenSet = Generator = Hashable = IO = ItemsView = Iterable = Iterator = KeysView = List = _form
Literal = LiteralString = Mapping = MappingView = Match = MutableMapping = MutableSequence = _form
MutableSet = Never = NoReturn = NotRequired = Optional = OrderedDict = Pattern = Required = _form
Reversible = Self = Sequence = Set = Sized = SupportsFloat = SupportsInt = Text = TextIO = _form
Tuple = Type = TypeAlias = TypeGuard = Union = Unpack = ValuesView = AbstractSet = _form
AsyncContextManager = ChainMap = SupportsIndex = SupportsAbs = SupportsBytes = _form
Generic = _Generic()


def NamedTuple(name, fields):
    """A namedtuple whose fields have types."""
    return namedtuple(name, [field for field, _ in fields])


def NewType(_, kind):
    """The type itself: calling it makes a value of it."""
    return kind


def cast(_, value):
    """The value."""
    return value


def _same(function):
    return function


final = no_type_check = overload = override = runtime_checkable = _same


def get_type_hints(_, *__):
    """None are known."""
    return {}


def assert_never(value):
    """Fails: what cannot be is."""
    raise AssertionError("expected code to be unreachable, got %r" % (value,))
