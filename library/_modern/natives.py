"""Further attributes of native types."""

import _more

from _modern.calls import _object_format, merged
from _modern.classes import _bases, _made, _mro, _nothing, mro, subclasses
from _modern.code import _Code, _defaults, _keyword_defaults
from _modern.errors import add_note, traceback_of, with_traceback
from _modern.strings import *
from _modern.unions import GenericAlias, _union


def bit_length(self):
    return len(bin(abs(self))) - 2 if self else 0


def bit_count(self):
    return bin(self).count("1")


def as_integer_ratio(self):
    if isinstance(self, int):
        return (int(self), 1)
    below = 1
    while self != int(self):
        self *= 2
        below *= 2
    return (int(self), below)


def is_integer(self):
    return self == int(self)


def isdisjoint(self, other):
    return not any(one in self for one in other)


def _module_of(cls):
    return "builtins"


def _same(one, other):
    return one is other or NotImplemented


def _different(one, other):
    return one is not other


def _object_repr(self):
    """What a thing is written as whatever its class says: `object.__repr__`, `dict.__repr__`."""
    if isinstance(self, BaseException):
        args = self.args
        return type(self).__name__ + ("(%r)" % args if len(args) == 1 else repr(args))
    for kind in PLAIN:
        if isinstance(self, kind):
            return repr(self if type(self) is kind else kind(self))
    return "<%s object at 0x%x>" % (type(self).__name__, id(self))


PLAIN = (str, int, float, bytes, list, tuple, dict, set, frozenset, BaseException)


def _initialiser(cls):
    """What `Class.__init__` is where no class defines it: the native part's."""
    for one in mro(cls):
        if one in PLAIN:
            return one.__init__
    return object.__init__


def _reduce_ex(self, _=2):
    """How a thing is made again: what its class says, else a new one with its attributes and items."""
    own = getattr(type(self), "__reduce__", None)
    if own is not None and own is not _reduce:
        return self.__reduce__()
    return _reduce(self)


def _reduce(self):
    import copyreg

    return copyreg.reduced(self, PLAIN)


def _set_item(self, key, value):
    self[key] = value


def _delete_item(self, key):
    del self[key]


def _super_call(self):
    """`super().__call__` of a metaclass: makes an instance of the class."""
    cls = _more.owner(self)
    if not isinstance(cls, type):
        raise AttributeError("'super' object has no attribute '__call__'")
    return _more.bound(_more.instantiate, cls)


def _is_abstract(function):
    return getattr(function, "__isabstractmethod__", False) is True


OF_METHODS = {
    "__func__": property(_more.function), "__wrapped__": property(_more.function),
    "__isabstractmethod__": property(lambda self: _is_abstract(_more.function(self))),
}  # fmt: skip
SIZED = {
    "__len__": lambda self: len(self),
    "__iter__": lambda self: iter(self),
    "__contains__": lambda self, value: value in self,
}
ITEMS = merged(SIZED, {"__getitem__": lambda self, key: self[key]})
CHANGED = merged(ITEMS, {"__setitem__": _set_item, "__delitem__": _delete_item})
for _type in (list, dict):
    _more.extend(_type, CHANGED)
_more.extend(tuple, ITEMS)
_more.extend(str, merged(TEXT, ITEMS, {
    "casefold": casefold, "capitalize": capitalize, "swapcase": swapcase, "title": title,
    "istitle": istitle, "isalnum": isalnum, "isdecimal": isdecimal, "isnumeric": isdecimal,
    "isprintable": isprintable, "isidentifier": isidentifier, "format_map": format_map,
}))  # fmt: skip
_more.extend(bytes, merged(TEXT, ITEMS, of_bytes()))
_more.extend(bytearray, merged(TEXT, CHANGED, of_bytes(), {"copy": lambda self: self[:]}))
for _type in (int, bool):
    _more.extend(_type, {
        "bit_length": bit_length, "bit_count": bit_count, "as_integer_ratio": as_integer_ratio,
        "real": property(int), "imag": 0, "numerator": property(int), "denominator": 1,
        "conjugate": lambda self: int(self), "__index__": lambda self: int(self),
        "is_integer": lambda self: True,
    })  # fmt: skip
_more.extend(
    float,
    {
        "is_integer": is_integer,
        "as_integer_ratio": as_integer_ratio,
        "real": property(lambda self: self),
        "imag": 0.0,
        "conjugate": lambda self: self,
    },
)
_more.extend(property, {
    "fget": property(lambda self: _more.accessors(self)[0]), "fset": property(lambda self: _more.accessors(self)[1]),
    "fdel": property(lambda self: _more.accessors(self)[2]), "__doc__": None,
    "__isabstractmethod__": property(lambda self: any(map(_is_abstract, _more.accessors(self)))),
})  # fmt: skip
_more.extend(staticmethod, OF_METHODS)
_more.extend(classmethod, OF_METHODS)
_more.extend(set, merged(SIZED, {"isdisjoint": isdisjoint}))
_more.extend(frozenset, merged(SIZED, {"isdisjoint": isdisjoint}))
_more.extend(range, SIZED)
_more.extend(type(one for one in ()), {"__iter__": iter})
_more.extend(memoryview, {
    "nbytes": property(len), "tobytes": lambda self: bytes(self), "tolist": lambda self: list(self), "release": lambda self: None,
    "format": "B", "readonly": False, "contiguous": True, "ndim": 1, "__iter__": iter,
    "__enter__": lambda self: self, "__exit__": lambda self, *_: None,
    "cast": lambda self, *_: self,
})  # fmt: skip
_more.extend(BaseException, {
    "__cause__": None, "__context__": None, "__suppress_context__": False,
    "__traceback__": property(traceback_of), "with_traceback": with_traceback, "add_note": add_note,
})  # fmt: skip
_more.extend(type(merged), {
    "__module__": None, "__doc__": None, "__qualname__": property(lambda self: self.__name__),
    "__defaults__": property(_defaults), "__kwdefaults__": property(_keyword_defaults), "__code__": property(_Code), "__annotations__": property(lambda self: {}),
    "__dict__": property(lambda self: _more.attributes(self) or {}), "__closure__": None,
    "__name__": property(lambda self: "<lambda>"),
})  # fmt: skip
_more.extend(type("".join), {
    "__func__": property(_more.function), "__self__": property(_more.owner),
    "__name__": property(lambda self: _more.function(self).__name__), "__doc__": None,
})  # fmt: skip
_more.extend(
    super, {"__init_subclass__": _nothing, "__repr__": repr, "__call__": property(_super_call)}
)
_more.extend(type, {
    "__mro__": property(_mro), "mro": mro, "__subclasses__": lambda cls: list(subclasses.get(cls, ())),
    "__qualname__": property(lambda cls: cls.__name__), "__module__": property(_module_of), "__doc__": None,
    "__init_subclass__": _nothing, "__annotations__": property(lambda cls: {}), "__abstractmethods__": frozenset(),
    "__new__": property(lambda cls: str.__new__), "__init__": property(_initialiser),
    "__setattr__": property(lambda cls: object.__setattr__), "__delattr__": property(lambda cls: object.__delattr__),
    "__eq__": property(lambda cls: _same), "__ne__": property(lambda cls: _different), "__hash__": property(lambda cls: hash),
    "__format__": property(lambda cls: _object_format), "__repr__": property(lambda cls: _object_repr), "__str__": property(lambda cls: str), "__getattribute__": property(lambda cls: getattr),
    "maketrans": property(lambda cls: maketrans),
    "__instancecheck__": lambda cls, value: isinstance(value, cls),
    "__subclasscheck__": lambda cls, other: issubclass(other, cls), "__call__": _more.instantiate,
    "__base__": property(lambda cls: cls.__bases__[0])
})  # fmt: skip
_more.extend(object, {
    "__doc__": None, "__format__": _object_format, "__reduce__": _reduce, "__reduce_ex__": _reduce_ex,
    "__init_subclass__": _nothing, "__getattribute__": getattr, "__repr__": _object_repr, "__str__": str,
})  # fmt: skip
_more.classes(_bases, _made, GenericAlias, _union)
