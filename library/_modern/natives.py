"""Further attributes of native types."""

from array import array

import _more
from _more import native
from uio import BytesIO, StringIO

from _modern.calls import _object_format, merged
from _modern.classes import _bases, _made, _mro, _nothing, mro, subclasses
from _modern.code import _Code, _defaults, _keyword_defaults, _module, globals_of
from _modern.encodings import coded
from _modern.errors import add_note, traceback_of, with_traceback
from _modern.numbers import (
    OPERATORS,
    SEQUENCE,
    WHOLE,
    from_hex,
    hex_of,
    is_integer,
    operators_of,
    power,
)
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


def _only_argument(error):
    found = error.args
    return found[0] if len(found) == 1 else found or None


def _item_size(self):
    """Of an array or a memoryview."""
    return {"h": 2, "e": 2, "i": 4, "f": 4, "l": 8, "q": 8, "d": 8}.get(
        _more.typecode(self).lower(), 1
    )


def isdisjoint(self, other):
    return not any(one in self for one in other)


def _module_of(cls):
    return "builtins"


def _same(one, other):
    return one is other or NotImplemented


def _different(one, other):
    return one is not other


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
    native(self)[key] = value


def _delete_item(self, key):
    del native(self)[key]


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
    "__len__": lambda self: len(native(self)),
    "__iter__": lambda self: iter(native(self)),
    "__contains__": lambda self, value: value in native(self),
}
ITEMS = merged(SIZED, {"__getitem__": lambda self, key: native(self)[key]})
CHANGED = merged(ITEMS, {"__setitem__": _set_item, "__delitem__": _delete_item})
FORMAT = {"__mod__": lambda self, values: native(self) % values}
_more.extend(list, merged(CHANGED, SEQUENCE))
_more.extend(dict, merged(CHANGED, operators_of(("or",), ("or",))))
_more.extend(tuple, merged(ITEMS, SEQUENCE))
_more.extend(str, merged(TEXT, ITEMS, SEQUENCE, FORMAT, {
    "casefold": casefold, "capitalize": capitalize, "swapcase": swapcase, "title": title,
    "istitle": istitle, "isalnum": isalnum, "isdecimal": isdecimal, "isnumeric": isdecimal,
    "isprintable": isprintable, "isidentifier": isidentifier, "format_map": format_map,
}))  # fmt: skip
_more.extend(bytes, merged(TEXT, ITEMS, SEQUENCE, FORMAT, of_bytes()))
_more.extend(bytearray, merged(TEXT, CHANGED, of_bytes(), {"copy": lambda self: self[:]}))
for _type in (int, bool):
    _more.extend(_type, merged({
        "bit_length": bit_length, "bit_count": bit_count, "as_integer_ratio": as_integer_ratio,
        "real": property(int), "imag": 0, "numerator": property(int), "denominator": 1,
        "conjugate": lambda self: int(self), "__index__": lambda self: int(self),
        "is_integer": lambda self: True,
    }, OPERATORS, WHOLE))  # fmt: skip
_more.extend(float, merged({
    "is_integer": is_integer, "as_integer_ratio": as_integer_ratio, "hex": hex_of, "fromhex": from_hex,
    "real": property(lambda self: self), "imag": 0.0, "conjugate": lambda self: self,
}, OPERATORS))  # fmt: skip
_more.extend(complex, {"conjugate": lambda self: complex(self.real, -self.imag)})
_more.extend(array, {
    "tobytes": lambda self: bytes(self), "tolist": lambda self: list(self),
    "frombytes": lambda self, data: self.extend(array(_more.typecode(self), bytes(data))),
    "fromlist": lambda self, items: self.extend(array(_more.typecode(self), items)),
    "typecode": property(_more.typecode), "itemsize": property(_item_size),
})  # fmt: skip
_more.extend(property, {
    "fget": property(lambda self: _more.accessors(self)[0]), "fset": property(lambda self: _more.accessors(self)[1]),
    "fdel": property(lambda self: _more.accessors(self)[2]), "__doc__": None,
    "__isabstractmethod__": property(lambda self: any(map(_is_abstract, _more.accessors(self)))),
})  # fmt: skip
_more.extend(staticmethod, OF_METHODS)
_more.extend(classmethod, OF_METHODS)
SETS = operators_of(
    ("and", "or", "xor", "sub", "lt", "le", "gt", "ge"), ("and", "or", "xor", "sub")
)
for _type in (set, frozenset):
    _more.extend(_type, merged(SIZED, SETS, {"isdisjoint": isdisjoint}))
_more.extend(range, SIZED)
_more.extend(type(one for one in ()), {"__iter__": iter})
_more.extend(memoryview, {
    "nbytes": property(lambda self: len(self) * _item_size(self)), "itemsize": property(_item_size),
    "tobytes": lambda self: bytes(self),
    "tolist": lambda self: list(self), "release": lambda self: None, "cast": lambda self, code, *_: _more.view(self, code),
    "format": property(_more.typecode), "readonly": False, "contiguous": True, "ndim": 1, "__iter__": iter,
    "__enter__": lambda self: self, "__exit__": lambda self, *_: None,
})  # fmt: skip
_more.extend(BaseException, {
    "__cause__": None, "__context__": None, "__suppress_context__": False,
    "__traceback__": property(traceback_of), "with_traceback": with_traceback, "add_note": add_note,
})  # fmt: skip
for _type in (StringIO, BytesIO):
    _more.extend(_type, {"readlines": lambda self, hint=-1: list(self), "__iter__": iter})
_more.extend(SystemExit, {"code": property(_only_argument)})
_more.extend(ImportError, {"msg": property(_only_argument), "name": None, "path": None})
_more.extend(type(merged), {
    "__module__": property(_module), "__globals__": property(globals_of), "__doc__": None, "__qualname__": property(lambda self: self.__name__),
    "__defaults__": property(_defaults), "__kwdefaults__": property(_keyword_defaults), "__code__": property(_Code), "__annotations__": property(lambda self: {}),
    "__dict__": property(lambda self: _more.attributes(self) or {}), "__closure__": None,
    "__name__": property(lambda self: "<lambda>"),
})  # fmt: skip
_more.extend(type("".join), {
    "__func__": property(_more.function), "__self__": property(_more.owner),
    "__name__": property(lambda self: _more.function(self).__name__), "__doc__": None,
})  # fmt: skip
_more.extend(super, {"__init_subclass__": _nothing, "__call__": property(_super_call)})
_more.extend(type, {
    "__mro__": property(_mro), "mro": mro, "__subclasses__": lambda cls: list(subclasses.get(cls, ())),
    "__qualname__": property(lambda cls: cls.__name__), "__module__": property(_module_of), "__doc__": None,
    "__init_subclass__": _nothing, "__annotations__": property(lambda cls: {}), "__abstractmethods__": frozenset(),
    "__new__": property(lambda cls: str.__new__), "__init__": property(_initialiser),
    "__setattr__": property(lambda cls: object.__setattr__), "__delattr__": property(lambda cls: object.__delattr__),
    "__eq__": property(lambda cls: _same), "__ne__": property(lambda cls: _different), "__hash__": property(lambda cls: hash),
    "__format__": property(lambda cls: _object_format), "__repr__": property(lambda cls: object.__repr__), "__str__": property(lambda cls: str), "__getattribute__": property(lambda cls: getattr),
    "maketrans": property(lambda cls: maketrans),
    "__instancecheck__": lambda cls, value: isinstance(value, cls),
    "__subclasscheck__": lambda cls, other: issubclass(other, cls), "__call__": _more.instantiate,
    "__base__": property(lambda cls: cls.__bases__[0])
})  # fmt: skip
_more.extend(object, {
    "__doc__": None, "__format__": _object_format, "__reduce__": _reduce, "__reduce_ex__": _reduce_ex,
    "__init_subclass__": _nothing, "__getattribute__": getattr, "__str__": str,
})  # fmt: skip
try:
    _more.extend(type(compile("0", "", "eval")), {
        "co_filename": "<string>", "co_name": "<module>", "replace": lambda self, **_: self,
    })  # fmt: skip
except (NameError, NotImplementedError):  # the image compiles nothing
    pass
_more.natives(coded, power)
_more.classes(_bases, _made, GenericAlias, _union)
