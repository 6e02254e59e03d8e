"""Abstract base classes. A class with abstract methods is not instantiated; other classes can be
registered with one."""

import _modern


class ABCMeta(type):
    """The metaclass of abstract classes."""

    def __init__(cls, name, bases, names, /, **keywords):
        cls._abc_registry = []
        update_abstractmethods(cls)

    def __call__(cls, *args, **named):
        missing = cls.__abstractmethods__
        if missing:
            listed = ", ".join(sorted(missing))
            plural = "s" if len(missing) > 1 else ""
            raise TypeError(
                "Can't instantiate abstract class %s with abstract method%s %s"
                % (cls.__name__, plural, listed)
            )
        return _modern._more.instantiate(cls, *args, **named)

    def register(cls, other):
        cls._abc_registry.append(other)
        return other

    def __instancecheck__(cls, value):
        return issubclass(type(value), cls)

    def __subclasscheck__(cls, other):
        if cls in _modern.mro(other):
            return True
        hook = getattr(cls, "__subclasshook__", None)
        if hook is not None:
            told = hook(other)
            if told is not NotImplemented:
                return told
        if any(issubclass(other, one) for one in cls.__dict__.get("_abc_registry", ())):
            return True
        return any(one is not cls and issubclass(other, one) for one in cls.__subclasses__())


def abstractmethod(function):
    """Marks a method that subclasses define."""
    function.__isabstractmethod__ = True
    return function


def _is_abstract(value):
    return bool(getattr(value, "__isabstractmethod__", False))


def update_abstractmethods(cls):
    """Find out anew which methods of a class are abstract."""
    if not hasattr(cls, "_abc_registry"):
        return cls
    found = [one for one, value in cls.__dict__.items() if _is_abstract(value)]
    for base in cls.__bases__:
        for one in getattr(base, "__abstractmethods__", ()):
            if one not in found and _is_abstract(getattr(cls, one, None)):
                found.append(one)
    cls.__abstractmethods__ = frozenset(found)
    return cls


class ABC(metaclass=ABCMeta):
    """A base for abstract classes."""

    __slots__ = ()


def get_cache_token():
    return 0


def abstractclassmethod(function):
    return classmethod(abstractmethod(function))


def abstractstaticmethod(function):
    return staticmethod(abstractmethod(function))


def abstractproperty(*accessors):
    return property(abstractmethod(accessors[0]), *accessors[1:])
