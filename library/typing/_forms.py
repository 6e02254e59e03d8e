"""Special forms, what they are subscripted to, and names for types."""

from collections import abc as _abc

from _modern import GenericAlias, UnionType
from _modern.unions import _type_name


class _Final:
    """A base of special forms."""

    def __init_subclass__(cls, *args, **keywords):
        pass


class _SpecialForm(_Final):
    """A special form: `Any`, `Literal`; made by its name, or by the function that subscripts it."""

    __module__ = "typing"

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

    __module__ = "typing"

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

    __instancecheck__, __subclasscheck__ = UnionType.__instancecheck__, UnionType.__subclasscheck__
    __eq__, __hash__ = UnionType.__eq__, UnionType.__hash__

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

    __module__ = "typing"

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

    __module__ = "typing"

    def __iter__(self):
        yield self


class ParamSpec(TypeVar):
    """A name for the parameters of a function."""

    __module__ = "typing"

    args = kwargs = None


ParamSpecArgs = ParamSpecKwargs = ParamSpec


class ForwardRef(_Final):
    """A type that is named by its text."""

    __module__ = "typing"

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


def _collect_parameters(args):
    """The names for types in the arguments of a form."""
    found = []
    for one in args:
        for each in (one,) if isinstance(one, TypeVar) else getattr(one, "__parameters__", ()):
            if each not in found:
                found.append(each)
    return tuple(found)


Any = _SpecialForm("Any")
Union = _SpecialForm("Union")
Optional = _SpecialForm("Optional")
Annotated = _SpecialForm("Annotated")
Callable = _SpecialForm("Callable", _abc.Callable)
ClassVar = _SpecialForm("ClassVar")
Concatenate = _SpecialForm("Concatenate")
Final = _SpecialForm("Final")
Literal = _SpecialForm("Literal")
LiteralString = _SpecialForm("LiteralString")
Never = _SpecialForm("Never")
NoReturn = _SpecialForm("NoReturn")
NotRequired = _SpecialForm("NotRequired")
Required = _SpecialForm("Required")
ReadOnly = _SpecialForm("ReadOnly")
Self = _SpecialForm("Self")
TypeAlias = _SpecialForm("TypeAlias")
TypeGuard = _SpecialForm("TypeGuard")
TypeIs = _SpecialForm("TypeIs")
Unpack = _SpecialForm("Unpack")
