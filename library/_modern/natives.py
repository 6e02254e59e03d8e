"""Further attributes of native types."""

import builtins
import sys
from array import array

import _more
from _more import native
from uio import BytesIO, StringIO

from _modern.calls import _object_format, annotations_of, merged
from _modern.classes import _bases, _made, _nothing, subclasses
from _modern.code import _Code, _defaults, _keyword_defaults, _module, globals_of
from _modern.encodings import coded
from _modern.errors import add_note, traceback_of, with_traceback
from _modern.numbers import (
    COMPARED,
    DICT_IN_PLACE,
    EQUAL,
    FORMATTED,
    HASHED,
    LIST_IN_PLACE,
    OPERATORS,
    SEQUENCE,
    SET_IN_PLACE,
    SETS,
    UNITED,
    WHOLE,
    from_hex,
    hex_of,
    is_integer,
    power,
)  # fmt: skip
from _modern.order import _mro, mro
from _modern.slots import state
from _modern.streams import IN_MEMORY
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


def _index_in(self, value):
    """`range.index`."""
    for number, one in enumerate(self):
        if one == value:
            return number
    raise ValueError("%r is not in %s" % (value, type(self).__name__))


def _pop_byte(self, index=-1):
    found = self[index]
    del self[index]
    return found


def _insert_byte(self, index, value):
    self[index:index] = bytes((value,))


def _remove_byte(self, value):
    index = self.find(bytes((value,)))
    if index < 0:
        raise ValueError("value not found in bytearray")
    del self[index]


def _reverse_bytes(self):
    self[:] = self[::-1]


def _clear_bytes(self):
    self[:] = b""


def _module_of(cls):
    return "builtins"


def _native_name(function):
    """What a native function is called: those that are built in are known."""
    for name in dir(builtins):
        if getattr(builtins, name) is function:
            return name
    return "<lambda>"


def _same(one, other):
    return one is other or NotImplemented


def _different(one, other):
    """What `object.__ne__` makes of the object's own `__eq__`."""
    equal = type(one).__eq__(one, other)
    return equal if equal is NotImplemented else not equal


def _not_ordered(one, other):
    return NotImplemented


def _identity_hash(one):
    return id(one)


def _text_of(self):
    """`object.__str__`: of a native part that is text or an exception, that's; else what `repr` says."""
    part = native(self)
    return str(part) if isinstance(part, (str, BaseException)) else repr(self)


OF_OBJECTS = {
    "__eq__": _same, "__ne__": _different, "__hash__": _identity_hash,
    "__lt__": _not_ordered, "__le__": _not_ordered, "__gt__": _not_ordered, "__ge__": _not_ordered,
    "__str__": _text_of,
}  # fmt: skip
TABLES = {}
"""By the id of a type, what it has more."""


def _extend(kind, members):
    TABLES[id(kind)] = members
    _more.extend(kind, members)


def _of_class(name):
    """A property of classes: the method that a class's objects have by a native type, or by `object`."""

    def find(cls):
        for one in mro(cls):
            found = TABLES.get(id(one))
            if (
                found is not None and name in found and one is not type
            ):  # which has it as objects do
                return found[name]
        return OF_OBJECTS[name]

    return property(find)


def _shown():
    return lambda self: object.__repr__(self)


OWN_REPR = {
    id(kind): _shown() for kind in (dict, list, tuple, set, frozenset, str, bytes, bytearray)
}
"""By the id of a type, a `__repr__` of its own: pprint tells types by it."""


def _repr_of(cls):
    for one in mro(cls):
        if id(one) in OWN_REPR:
            return OWN_REPR[id(one)]
    return object.__repr__


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


def _set_state(self, state):
    """Give a thing the attributes that it had when it was pickled or copied."""
    slots = None
    if isinstance(state, tuple) and len(state) == 2:
        state, slots = state
    for one in (state, slots):
        for name, value in (one or {}).items():
            object.__setattr__(self, name, value)


def _set_item(self, key, value):
    native(self)[key] = value


def _delete_item(self, key):
    del native(self)[key]


def _doc_of_property(self):
    """What it was given, or its getter has."""
    getter, _, _, given = _more.accessors(self)
    return getattr(getter, "__doc__", None) if given is None else given


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
_extend(
    list,
    merged(
        CHANGED,
        SEQUENCE,
        LIST_IN_PLACE,
        {"__hash__": None, "__reversed__": lambda self: iter(self[::-1])},
    ),
)
_extend(
    dict,
    merged(
        CHANGED,
        UNITED,
        DICT_IN_PLACE,
        {"__hash__": None},
    ),
)
_extend(tuple, merged(ITEMS, SEQUENCE, HASHED))
_extend(str, merged(TEXT, ITEMS, SEQUENCE, FORMATTED, HASHED, OF_STR))
_extend(bytes, merged(TEXT, ITEMS, SEQUENCE, FORMATTED, HASHED, OF_BYTES))
_extend(bytearray, merged(TEXT, CHANGED, SEQUENCE, FORMATTED, OF_BYTES, {
    "copy": lambda self: self[:], "pop": _pop_byte, "insert": _insert_byte, "remove": _remove_byte,
    "reverse": _reverse_bytes, "clear": _clear_bytes, "__hash__": None,
}))  # fmt: skip
for _type in (int, bool):
    _extend(_type, merged({
        "bit_length": bit_length, "bit_count": bit_count, "as_integer_ratio": as_integer_ratio,
        "real": property(int), "imag": 0, "numerator": property(int), "denominator": 1,
        "conjugate": lambda self: int(self), "__index__": lambda self: int(self),
        "is_integer": lambda self: True,
    }, OPERATORS, WHOLE))  # fmt: skip
_extend(float, merged({
    "is_integer": is_integer, "as_integer_ratio": as_integer_ratio, "hex": hex_of, "fromhex": from_hex,
    "real": property(lambda self: self), "imag": 0.0, "conjugate": lambda self: self,
}, OPERATORS))  # fmt: skip
_extend(complex, {"conjugate": lambda self: complex(self.real, -self.imag)})


def _insert_item(self, index, value):
    self[index:index] = array(_more.typecode(self), [value])


def _remove_item(self, value):
    del self[_index_in(self, value)]


def _reverse_items(self):
    self[:] = array(_more.typecode(self), list(self)[::-1])


def _byte_swapped(self):
    size = self.itemsize
    data = bytes(self)
    self[:] = array(
        _more.typecode(self),
        b"".join([data[at : at + size][::-1] for at in range(0, len(data), size)]),
    )


_extend(array, {
    "index": _index_in, "count": lambda self, value: sum([1 for one in self if one == value]),
    "insert": _insert_item, "pop": _pop_byte, "remove": _remove_item, "reverse": _reverse_items, "byteswap": _byte_swapped,
    "tobytes": lambda self: bytes(self), "tolist": lambda self: list(self),
    "frombytes": lambda self, data: self.extend(array(_more.typecode(self), bytes(data))),
    "fromlist": lambda self, items: self.extend(array(_more.typecode(self), items)),
    "typecode": property(_more.typecode), "itemsize": property(_item_size),
})  # fmt: skip
_extend(property, {
    "fget": property(lambda self: _more.accessors(self)[0]), "fset": property(lambda self: _more.accessors(self)[1]),
    "fdel": property(lambda self: _more.accessors(self)[2]), "__doc__": property(_doc_of_property),
    "__isabstractmethod__": property(lambda self: any(map(_is_abstract, _more.accessors(self)[:3]))),
})  # fmt: skip
_extend(staticmethod, OF_METHODS)
_extend(classmethod, OF_METHODS)
_extend(set, merged(SIZED, SETS, SET_IN_PLACE, {"__hash__": None}))
_extend(frozenset, merged(SIZED, SETS, HASHED))
_extend(range, merged(SIZED, EQUAL, HASHED, {
    "index": _index_in, "count": lambda self, value: int(value in self), "__getitem__": lambda self, key: self[key],
    "__reversed__": lambda self: iter(self[::-1]),
}))  # fmt: skip
for _type in (type({}.keys()),):
    _extend(_type, merged(SIZED, {"isdisjoint": isdisjoint}))
_extend(type(one for one in ()), {"__iter__": iter})
_extend(memoryview, {
    "nbytes": property(lambda self: len(self) * _item_size(self)), "itemsize": property(_item_size),
    "tobytes": lambda self: bytes(self),
    "tolist": lambda self: list(self), "release": _more.release, "cast": lambda self, code, *_: _more.view(self, code),
    "format": property(_more.typecode), "readonly": property(_more.readonly), "contiguous": True, "c_contiguous": True, "ndim": 1, "__iter__": iter,
    "shape": property(lambda self: (len(self),)), "strides": property(lambda self: (_item_size(self),)), "suboffsets": (),
    "__enter__": lambda self: self, "__exit__": lambda self, *_: _more.release(self),
})  # fmt: skip
_extend(BaseException, {
    "__cause__": None, "__context__": None, "__suppress_context__": False,
    "__traceback__": property(traceback_of), "with_traceback": with_traceback, "add_note": add_note,
})  # fmt: skip
_extend(BytesIO, IN_MEMORY)
_extend(type(sys.stdout), {"closed": False})
_extend(
    StringIO,
    merged(
        IN_MEMORY, {"encoding": None, "errors": None, "newlines": None, "line_buffering": False}
    ),
)
_extend(AttributeError, {"name": None, "obj": None})
_extend(NameError, {"name": None})
_extend(SystemExit, {"code": property(_only_argument)})
_extend(ImportError, {"msg": property(_only_argument), "name": None, "path": None})
_extend(type(merged), {
    "__module__": property(_module), "__globals__": property(globals_of), "__doc__": None, "__qualname__": property(lambda self: self.__name__),
    "__defaults__": property(_defaults), "__kwdefaults__": property(_keyword_defaults), "__code__": property(_Code), "__annotations__": property(annotations_of),
    "__dict__": property(_more.attributes), "__closure__": None,
    "__name__": property(_native_name), "__call__": property(lambda self: self),
})  # fmt: skip
_extend(type("".join), {
    "__func__": property(_more.function), "__self__": property(_more.owner), "__call__": property(lambda self: self),
    "__name__": property(lambda self: _more.function(self).__name__), "__doc__": None,
})  # fmt: skip
_extend(type(one for one in ()), {"__await__": iter})
_extend(super, {"__init_subclass__": _nothing, "__call__": property(_super_call)})
_extend(type, merged({
    "__mro__": property(_mro), "mro": mro, "__subclasses__": lambda cls: list(subclasses.get(id(cls), ())),
    "__qualname__": property(lambda cls: cls.__name__), "__module__": property(_module_of), "__doc__": None,
    "__init_subclass__": _nothing, "__annotations__": property(lambda cls: {}), "__abstractmethods__": frozenset(),
    "__new__": property(lambda cls: str.__new__), "__init__": property(_initialiser),
    "__setattr__": property(lambda cls: object.__setattr__), "__delattr__": property(lambda cls: object.__delattr__),
    "__format__": property(lambda cls: _object_format), "__repr__": property(_repr_of), "__getattribute__": property(lambda cls: _more.attribute),
    "maketrans": property(lambda cls: maketrans),
    "__getstate__": property(lambda cls: state), "__reduce__": property(lambda cls: _reduce),
    "__reduce_ex__": property(lambda cls: _reduce_ex),
    "__instancecheck__": lambda cls, value: isinstance(value, cls),
    "__subclasscheck__": lambda cls, other: issubclass(other, cls), "__call__": _more.instantiate,
    "__base__": property(lambda cls: cls.__bases__[0])
}, {name: _of_class(name) for name in OF_OBJECTS}))  # fmt: skip
_extend(object, merged(OF_OBJECTS, {
    "__new__": property(lambda self: type(self).__new__),
    "__doc__": None, "__format__": _object_format, "__reduce__": _reduce, "__reduce_ex__": _reduce_ex, "__getstate__": state, "__setstate__": _set_state,
    "__init_subclass__": _nothing, "__getattribute__": _more.attribute,
}))  # fmt: skip
try:
    _extend(type(compile("0", "", "eval")), {
        "co_filename": "<string>", "co_name": "<module>", "replace": lambda self, **_: self,
    })  # fmt: skip
except (NameError, NotImplementedError):  # the image compiles nothing
    pass
_more.natives(coded, power)
_more.classes(_bases, _made, GenericAlias, _union)
