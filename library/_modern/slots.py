"""`__slots__`: classes whose objects have the attributes that they name, and no others."""

import _more

from _modern.order import mro

_WITHOUT_DICT = (
    object, int, bool, float, complex, str, bytes, bytearray, list, tuple, dict, set, frozenset,
)  # fmt: skip
"""Native types whose objects take no attributes."""


class member_descriptor:
    """What a class has under the name of a slot."""

    def __init__(self, cls, name):
        self.__objclass__, self.__name__ = cls, name

    def __get__(self, one, cls=None):
        return self if one is None else _more.attribute(one, self.__name__)

    def __set__(self, one, value):
        object.__setattr__(one, self.__name__, value)

    def __delete__(self, one):
        object.__delattr__(one, self.__name__)

    def __repr__(self):
        return "<member %r of %r objects>" % (self.__name__, self.__objclass__.__name__)


def _own(cls):
    """The slots that a class itself names, as its objects have them."""
    given = cls.__dict__.get("__slots__", ())
    found = []
    for name in (given,) if isinstance(given, str) else given:
        if not isinstance(name, str):
            raise TypeError("__slots__ items must be strings, not %r" % type(name).__name__)
        if name[:2] == "__" and name[-2:] != "__":
            name = "_%s%s" % (cls.__name__.lstrip("_"), name)
        found.append(name)
    return found


def slot_names(cls):
    """The slots of objects of a class."""
    return [
        name for one in mro(cls) for name in _own(one) if name not in ("__dict__", "__weakref__")
    ]


def _has_dict(cls):
    """Whether objects of a class take any attribute."""
    if any(cls is one for one in _WITHOUT_DICT):
        return False
    given = cls.__dict__.get("__slots__")
    return given is None or "__dict__" in given or any(map(_has_dict, cls.__bases__))


def restrict(cls):
    """Let the objects of a class that has `__slots__` have no other attributes, if no class above
    lets them."""
    if _has_dict(cls):
        return
    found = {}
    for one in reversed(mro(cls)):
        for name in _own(one):
            found[name] = member_descriptor(one, name)
    _more.slots(cls, found)


def slotted(cls):
    """What CPython does with `__slots__` when it makes a class."""
    own = cls.__dict__
    if not hasattr(own["__slots__"], "__len__"):
        cls.__slots__ = tuple(own["__slots__"])
    for name in _own(cls):
        if name in own and name[:2] != "__":
            raise ValueError("%r in __slots__ conflicts with class variable" % name)
    restrict(cls)


def state(one):
    """`object.__getstate__`: the attributes of an object, and those that are slots apart from them."""
    own = dict(getattr(one, "__dict__", {}))
    slots = {}
    for name in slot_names(type(one)):
        value = own.pop(name, slots) if own else _value(one, name, slots)
        if value is not slots:
            slots[name] = value
    return (own or None, slots) if slots else own or None


def _value(one, name, default):
    try:
        return _more.attribute(one, name)
    except AttributeError:
        return default
