"""Generic classes and protocols."""

from abc import ABCMeta as _ABCMeta
from typing._forms import _GenericAlias

from _modern import mro as _mro


class Generic:
    """The base of classes that are generic."""

    __slots__ = ()
    __module__ = "typing"

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

    __slots__ = ()
    __module__ = "typing"

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


@runtime_checkable
class SupportsInt(Protocol):
    __module__ = "typing"

    def __int__(self):
        pass


@runtime_checkable
class SupportsFloat(Protocol):
    __module__ = "typing"

    def __float__(self):
        pass


@runtime_checkable
class SupportsComplex(Protocol):
    __module__ = "typing"

    def __complex__(self):
        pass


@runtime_checkable
class SupportsBytes(Protocol):
    __module__ = "typing"

    def __bytes__(self):
        pass


@runtime_checkable
class SupportsIndex(Protocol):
    __module__ = "typing"

    def __index__(self):
        pass


@runtime_checkable
class SupportsAbs(Protocol):
    __module__ = "typing"

    def __abs__(self):
        pass


@runtime_checkable
class SupportsRound(Protocol):
    __module__ = "typing"

    def __round__(self):
        pass
